import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { buildProgram } from '../../../cli/commands.ts';
import { scriptFor } from '../../../cli/completion/scripts.ts';
import { OUTPUT_SCHEMAS } from '../../../cli/output-schemas.ts';
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

  it.each(['zsh', 'fish'] as const)('of %s names every command and option', (shell) => {
    const script = scriptFor(shell, described);
    for (const { name, options } of described) {
      expect(script).toContain(name);
      for (const { flag } of options)
        expect(script).toContain(shell === 'fish' ? `-l ${flag.slice(2)}` : flag);
    }
  });
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
  it('show how the client is called as the client is', () => {
    const page = readFileSync('docs/use/client.md', 'utf8');
    for (const word of [
      'createRequester',
      'localCloud',
      'NotDoneError',
      'NoReplyError',
      'InvalidRequestError',
      'CloudCallError',
    ])
      expect(page).toContain(word);
  });
});
