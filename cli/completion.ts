import { Argument, Command } from 'commander';
import { ALL_ENGINES } from '../shared/catalogue/catalogue.ts';
import { CONNECTIONS } from '../shared/catalogue/engine.ts';
import { ACCESS_KINDS } from '../shared/catalogue/names.ts';
import { type Described, SHELLS, type Shell, scriptFor } from './completion/scripts.ts';

/** Options with a known set of values. Lists are completed word by word up to the first comma. */
const VALUES: Readonly<Record<string, readonly string[]>> = {
  '--engines': ['all', ...ALL_ENGINES],
  '--connections': CONNECTIONS,
  '--access': ACCESS_KINDS,
  '--side': ['owner', 'requester'],
};
const FILES: readonly string[] = ['--instance', '--requesters', '--accounts', '--html'];

/** `completion`: prints a script for a shell, made from the commands themselves. */
export const completionCommand = (program: Command): Command =>
  new Command('completion')
    .description('print a completion script for a shell')
    .addArgument(new Argument('<shell>').choices(SHELLS))
    .option('--debug', 'stack traces with errors')
    .addHelpText(
      'after',
      `
Examples:
  $ source <(npx dms-handshake completion bash)
  $ npx dms-handshake completion zsh > "\${fpath[1]}/_dms-handshake"
  $ npx dms-handshake completion fish > ~/.config/fish/completions/dms-handshake.fish`,
    )
    .action((shell: Shell) => {
      process.stdout.write(scriptFor(shell, describe(program)));
    });

function describe(program: Command): readonly Described[] {
  return program.commands.map((command) => ({
    name: command.name(),
    description: command.description(),
    options: command.options.flatMap(({ long, description, required, optional, hidden }) =>
      long === undefined || long === null || hidden
        ? []
        : [
            {
              flag: long,
              description,
              takes:
                !required && !optional ? 'nothing' : FILES.includes(long) ? 'file' : (VALUES[long] ?? 'text'),
            },
          ],
    ),
  }));
}
