import { createReadStream } from 'node:fs';
import { text } from 'node:stream/consumers';
import { usageError } from '../failure.ts';

const VARIABLE = 'DMS_DATABASE_PASSWORD';

interface Stream {
  readonly isTTY?: boolean;
}

/** Where a person can be asked, and how: without showing what is typed. */
interface Console {
  readonly stdin: Stream;
  readonly stderr: Stream & NodeJS.WritableStream;
  readonly ask?: typeof import('@inquirer/password').default;
}

/**
 * The database's password: from a file descriptor if one is named, else from the environment, else typed in. Never from
 * the command line, which every user of the machine can read and every shell keeps.
 */
export async function databasePassword(
  fd: number | undefined,
  user: string,
  host: string,
  { stdin, stderr, ask }: Console = process,
): Promise<string> {
  if (fd !== undefined) return fromDescriptor(fd);
  const given = process.env[VARIABLE] ?? '';
  if (given !== '') return given;
  if (stdin.isTTY !== true || stderr.isTTY !== true)
    throw usageError(
      `no password: set ${VARIABLE}, or name a file descriptor with --password-fd; there is no terminal to ask on`,
    );
  const askHidden = ask ?? (await import('@inquirer/password')).default;
  return askHidden({ message: `Password of ${user} at ${host}` }, { output: stderr });
}

/** One line, without its end. The descriptor stays open: whoever opened it closes it. */
async function fromDescriptor(fd: number): Promise<string> {
  let read: string;
  try {
    read = await text(createReadStream('', { fd, autoClose: false }));
  } catch {
    throw usageError(`file descriptor ${fd} cannot be read; open it, such as with ${fd}< file`);
  }
  const password = read.replace(/\r?\n$/, '');
  if (password === '') throw usageError(`file descriptor ${fd} holds no password`);
  return password;
}
