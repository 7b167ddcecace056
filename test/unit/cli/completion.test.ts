import { expect, it, vi } from 'vitest';
import { buildProgram } from '../../../cli/commands.ts';
import { ALL_ENGINES } from '../../../shared/catalogue/catalogue.ts';

/** What a shell's script says. */
async function printed(shell: string): Promise<string> {
  let text = '';
  const write = vi.spyOn(process.stdout, 'write').mockImplementation((part) => {
    text += String(part);
    return true;
  });
  await buildProgram('0.0.0').parseAsync(['node', 'dms-handshake', 'completion', shell]);
  write.mockRestore();
  return text;
}

/** As a shell writes it in quotes. */
const describedOf = (name: string): string =>
  (
    buildProgram('0.0.0')
      .commands.find((command) => command.name() === name)
      ?.description() ?? ''
  ).replaceAll("'", '’');

const ENGINES = `engines -x -a 'all ${ALL_ENGINES.join(' ')}'`;
const CLOUD = ['local', 'region -x', 'owner -x', 'profile -x', 'json', 'debug'];

it.each([
  ['completion', ['debug']],
  ['local', ['requesters -r -F', 'empty', 'tls', 'name -x', 'keep -x', 'port -x', 'json', 'debug']],
  ['register', ['arn -x', 'instance -r -F', 'password-fd -x', 'dry-run', ...CLOUD]],
  ['doctor', ["side -x -a 'owner requester'", 'failed', 'all', 'prove', 'live', 'requester -x', ...CLOUD]],
  [
    'policy',
    [
      ...[
        'instances -x',
        'read-only',
        ENGINES,
        'requester -x',
        'owner -x',
        "access -x -a 'register console'",
      ],
      ...[
        "connections -x -a 'dedicated-line vpc'",
        'requesters -r -F',
        'probe -x',
        'format -x',
        'json',
        'debug',
      ],
    ],
  ],
  [
    'verify',
    ['requester -x', 'all', 'accounts -r -F', "access -x -a 'register console'", 'html -r -F', ...CLOUD],
  ],
])('completion offers the options of %s, with what is typed behind each', async (command, options) => {
  const lines = (await printed('fish')).split('\n');
  expect(lines).toContain(
    `complete -c dms-handshake -n __fish_use_subcommand -f -a ${command} -d '${describedOf(command)}'`,
  );
  expect(
    lines
      .filter((line) => line.includes(` -n '__fish_seen_subcommand_from ${command}' `))
      .map((line) => line.replace(/^.* -l ([\w-]+) -d '[^']*'/, '$1')),
  ).toEqual(options);
});

it('completion shows no option that help hides', async () => {
  for (const shell of ['bash', 'zsh', 'fish']) expect(await printed(shell)).not.toContain('local-name');
});
