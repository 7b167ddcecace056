import { closeSync, mkdtempSync, openSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { databasePassword } from '../../cli/register/password.ts';

/**
 * Where the password of a database may come from. That it is asked for on a real terminal:
 * test/integration/cli-register.
 */

const VARIABLE = 'DMS_DATABASE_PASSWORD';
const NOBODY_TO_ASK =
  'no password: set DMS_DATABASE_PASSWORD, or name a file descriptor with --password-fd; there is no terminal to ask on';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'dms-handshake-passwords-'));
  vi.stubEnv(VARIABLE, undefined);
});

afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true });
});

/** What comes of it, and what somebody was asked for, on which stream. */
async function passwordFrom(fd: number | undefined, terminals: { stdin?: boolean; stderr?: boolean } = {}) {
  const { stdin, stderr } = terminals;
  const output = Object.assign(new PassThrough(), stderr === undefined ? {} : { isTTY: stderr });
  const asked: unknown[] = [];
  const ended = await databasePassword(fd, 'dms_reader', 'r-bp1.redis.rds.aliyuncs.com', {
    stdin: stdin === undefined ? {} : { isTTY: stdin },
    stderr: output,
    ask: async ({ message }, where) => {
      asked.push([message, where?.output === output]);
      return 'typed in';
    },
  }).catch(({ message, exitCode }) => ({ message, exitCode }));
  return { ended, asked };
}

/** Of a file with these bytes. */
async function fromFile(bytes: string) {
  const file = join(folder, 'password');
  writeFileSync(file, bytes);
  const fd = openSync(file, 'r');
  try {
    return { fd, ...(await passwordFrom(fd)) };
  } finally {
    closeSync(fd);
  }
}

describe('a password in a file descriptor', () => {
  it.each([
    ['hunter2', 'hunter2'],
    ['hunter2\n', 'hunter2'],
    ['hunter2\r\n', 'hunter2'],
    // One end of a line is taken off; whatever else stands there may be part of it.
    ['hunter2\n\n', 'hunter2\n'],
    ['two\nlines\n', 'two\nlines'],
    [' hunter2 \n', ' hunter2 '],
    ['hunter2\r', 'hunter2\r'],
    ['数据库\n', '数据库'],
  ])('of a file that holds %j is %j', async (bytes, password) => {
    expect((await fromFile(bytes)).ended).toBe(password);
  });

  it.each(['', '\n', '\r\n'])('is none where it holds %j', async (bytes) => {
    const { fd, ended } = await fromFile(bytes);
    expect(ended).toEqual({ message: `file descriptor ${fd} holds no password`, exitCode: 2 });
  });

  it('that is not open is named, with how it is opened', async () => {
    expect((await passwordFrom(9_999)).ended).toEqual({
      message: 'file descriptor 9999 cannot be read; open it, such as with 9999< file',
      exitCode: 2,
    });
  });

  it('goes before the environment and the terminal', async () => {
    vi.stubEnv(VARIABLE, 'from the environment');
    expect((await fromFile('from the file\n')).ended).toBe('from the file');
    expect((await passwordFrom(9_999, { stdin: true, stderr: true })).asked).toEqual([]);
  });

  it('leaves the descriptor open, for whoever opened it', async () => {
    const file = join(folder, 'password');
    writeFileSync(file, 'hunter2\n');
    const fd = openSync(file, 'r');
    await passwordFrom(fd);
    const again = await passwordFrom(fd);
    closeSync(fd);
    expect(again.ended).toEqual({ message: `file descriptor ${fd} holds no password`, exitCode: 2 });
  });
});

describe('a password in the environment', () => {
  it('is taken as it stands, and nobody is asked', async () => {
    vi.stubEnv(VARIABLE, ' with spaces\n');
    const everybody = { stdin: true, stderr: true };
    expect(await passwordFrom(undefined, everybody)).toEqual({ ended: ' with spaces\n', asked: [] });
    expect(await passwordFrom(undefined)).toEqual({ ended: ' with spaces\n', asked: [] });
  });
});

describe.each([
  ['without a variable', undefined],
  ['with an empty variable', ''],
])('a password that is nowhere, %s', (_what, value) => {
  beforeEach(() => vi.stubEnv(VARIABLE, value));

  it('is asked for on the terminal, on standard error, for that account at that host', async () => {
    expect(await passwordFrom(undefined, { stdin: true, stderr: true })).toEqual({
      ended: 'typed in',
      asked: [['Password of dms_reader at r-bp1.redis.rds.aliyuncs.com', true]],
    });
  });

  it.each([
    ['neither is a terminal', {}],
    ['only standard input is one', { stdin: true }],
    ['only standard error is one', { stderr: true }],
    ['standard error is none', { stdin: true, stderr: false }],
    ['standard input is none', { stdin: false, stderr: true }],
  ])('is wrong usage where %s', async (_which, terminals) => {
    expect(await passwordFrom(undefined, terminals)).toEqual({
      ended: { message: NOBODY_TO_ASK, exitCode: 2 },
      asked: [],
    });
  });
});
