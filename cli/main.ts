import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CommanderError } from 'commander';
import { buildProgram } from './commands.ts';
import { EXIT, report } from './failure.ts';
import { withLocalName } from './options.ts';
import { handleEnds, statusOfUsage, wasInterrupted } from './process-ends.ts';
import { packageRoot } from './root.ts';

const { version } = JSON.parse(readFileSync(join(packageRoot, 'package.json'), 'utf8')) as {
  version: string;
};
/** Runs one command line, and leaves its status in `process.exitCode`. */
export async function main(words: readonly string[]): Promise<void> {
  const program = buildProgram(version);

  // Subcommands inherit settings of the program only when they are made by it.
  for (const command of [program, ...program.commands]) {
    // Thrown, as an exit right here would not wait until the help is written, or cannot be.
    command.exitOverride();
    command.showHelpAfterError('(add --help for the options)').showSuggestionAfterError(true);
  }

  handleEnds('dms-handshake');

  try {
    await program.parseAsync(withLocalName(words));
  } catch (error) {
    if (wasInterrupted(error)) process.exitCode = EXIT.interrupted;
    else if (error instanceof CommanderError) process.exitCode = statusOfUsage(error);
    else await report(error, words.includes('--debug'));
  }
}
