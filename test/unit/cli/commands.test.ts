import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { buildProgram } from '../../../cli/commands.ts';
import { scriptFor } from '../../../cli/completion/scripts.ts';
import { OUTPUT_SCHEMAS } from '../../../cli/output-schemas.ts';
import * as client from '../../../client/index.ts';
import { localCloudFile } from '../../../client/local-cloud-file.ts';

const commands = buildProgram('0.0.0').commands.filter((command) => command.name() !== 'help');

describe('every command', () => {
  it.each(commands.map((command) => [command.name(), command] as const))('%s', (name, command) => {
    const flags = command.options.map(({ long }) => long);
    expect(command.description()).not.toBe('');
    expect(command.helpGroup()).toMatch(/:$/);
    expect(flags).toContain('--debug');
    if (name !== 'completion') expect(flags).toContain('--json');
    expect(flags.every((flag) => /^--[a-z][a-z-]*$/.test(flag ?? ''))).toBe(true);
    expect(flags.some((flag) => flag === '--password')).toBe(false);
  });

  it('that prints JSON has a published shape', () => {
    const printing = commands
      .filter((command) => command.options.some(({ long }) => long === '--json'))
      .map((command) => command.name());
    // The ready line of `local` is published in docs/use/local-cloud.md.
    expect(Object.keys(OUTPUT_SCHEMAS).sort()).toEqual(printing.filter((name) => name !== 'local').sort());
  });
});

describe('completion', () => {
  const described = commands.map((command) => ({
    name: command.name(),
    description: command.description(),
    options: command.options.map(({ long, description }) => ({
      flag: long ?? '',
      description,
      takes:
        long === '--engines'
          ? ['all', 'redis', 'rds']
          : long === '--instance'
            ? ('file' as const)
            : ('nothing' as const),
    })),
  }));
  const complete = (...words: readonly string[]): readonly string[] => {
    const quoted = words.map((word) => `'${word}'`).join(' ');
    const script = `${scriptFor('bash', described)}
COMP_WORDS=(${quoted}); COMP_CWORD=${words.length - 1}; _dms_handshake; printf '%s\\n' "\${COMPREPLY[@]}"`;
    return execFileSync('bash', ['-c', script], { encoding: 'utf8' }).split('\n').filter(Boolean);
  };

  it('of bash completes commands, options and values', () => {
    expect(complete('dms-handshake', 're')).toEqual(['request', 'revoke', 'reply', 'register', 'review']);
    expect(complete('dms-handshake', 'request', '--en')).toEqual(['--engines']);
    expect(complete('dms-handshake', 'request', '--engines', 'r')).toEqual(['redis', 'rds']);
    expect(complete('dms-handshake', 'list', '--')).toContain('--json');
  });

  /** What a script says of a command: where it is offered, and what it offers behind it. */
  const PARTS = {
    zsh: (script: string, name: string) => ({
      offered: script.includes(`\n    '${name}:`),
      options: script.split(`\n    ${name})\n`)[1]?.split(';;')[0] ?? '',
    }),
    fish: (script: string, name: string) => ({
      offered: script.includes(` -n __fish_use_subcommand -f -a ${name} -d `),
      options: script
        .split('\n')
        .filter((line) => line.includes(` -n '__fish_seen_subcommand_from ${name}' `))
        .join('\n'),
    }),
  };

  it.each(['zsh', 'fish'] as const)(
    'of %s names every command, and behind it each of its options',
    (shell) => {
      const script = scriptFor(shell, described);
      for (const { name, options } of described) {
        const found = PARTS[shell](script, name);
        expect(found.offered, name).toBe(true);
        for (const { flag } of options)
          expect(found.options, name).toContain(shell === 'fish' ? ` -l ${flag.slice(2)} ` : `'${flag}[`);
      }
    },
  );
});

describe('the file of a running local cloud', () => {
  it.each([
    [{ DMS_HANDSHAKE_LOCAL: '/x/y.json', XDG_STATE_HOME: '/state' }, '/x/y.json'],
    [{ DMS_HANDSHAKE_LOCAL: '', XDG_STATE_HOME: '/state' }, '/state/dms-handshake/local.json'],
    [
      { XDG_STATE_HOME: 'relative' },
      expect.stringMatching(/^\/.*\.local\/state\/dms-handshake\/local\.json$/),
    ],
    [{}, expect.stringMatching(/\.local\/state\/dms-handshake\/local\.json$/)],
  ])('%j', (environment, expected) => {
    expect(localCloudFile(environment)).toEqual(expected);
  });
});

describe('the documents', () => {
  it('show how the client is called as the client is: every value that it exports', () => {
    const page = readFileSync('docs/use/client.md', 'utf8');
    const names = Object.keys(client);
    expect(names).toContain('createRequester');
    expect(names.filter((name) => !page.includes(name))).toEqual([]);
  });

  it('call nothing of the client that it does not export', () => {
    const page = readFileSync('docs/use/client.md', 'utf8');
    const imported = [...page.matchAll(/import \{([^}]+)\} from 'dms-handshake\/client'/g)]
      .flatMap(([, names = '']) => names.split(','))
      .map((name) => name.trim())
      .filter((name) => name !== '' && !name.startsWith('type '));
    const errors = [...page.matchAll(/`(\w+Error)`/g)].map(([, name = '']) => name);
    expect(imported.length).toBeGreaterThan(0);
    expect(errors.length).toBeGreaterThan(0);
    expect([...imported, ...errors].filter((name) => !(name in client))).toEqual([]);
  });
});
