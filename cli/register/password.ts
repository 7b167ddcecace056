import { createReadStream } from 'node:fs';
import { text } from 'node:stream/consumers';
import { usageError } from '../failure.ts';

const VARIABLE = 'DMS_DATABASE_PASSWORD';

/**
 * The database's password: from a file descriptor if one is named, else from the environment, else typed in. Never from
 * the command line, which every user of the machine can read and every shell keeps.
 */
export async function databasePassword(fd: number | undefined, user: string, host: string): Promise<string> {
  if (fd !== undefined) return fromDescriptor(fd);
  const given = process.env[VARIABLE];
  if (given !== undefined && given !== '') return given;
  if (process.stdin.isTTY !== true || process.stderr.isTTY !== true)
    throw usageError(
      `no password: set ${VARIABLE}, or name a file descriptor with --password-fd; there is no terminal to ask on`,
    );
  const { default: ask } = await import('@inquirer/password');
  return ask({ message: `Password of ${user} at ${host}` }, { output: process.stderr });
}

/** One line, without its end. */
async function fromDescriptor(fd: number): Promise<string> {
  let read: string;
  try {
    read = await text(createReadStream('', { fd, autoClose: fd > 2 }));
  } catch {
    throw usageError(`file descriptor ${fd} cannot be read; open it, such as with ${fd}< file`);
  }
  const password = read.replace(/\r?\n$/, '');
  if (password === '') throw usageError(`file descriptor ${fd} holds no password`);
  return password;
}
