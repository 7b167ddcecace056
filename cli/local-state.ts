import { rmSync } from 'node:fs';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { answers, localCloudFile } from '../client/local-cloud-file.ts';
import { usageError } from './failure.ts';

/** Where others find a running local cloud. */
export interface Announced {
  /** What to say after `--local=`; undefined for the one that `--local` alone finds. */
  readonly name: string | undefined;
  readonly file: string;
  withdraw(): Promise<void>;
}

/**
 * Leaves the ready line where `--local` finds it, readable by this user only: it holds keys, if only of a cloud that
 * exists nowhere else. It takes nobody's place: without a name the first free one of none, 2, 3, ... is taken, and one
 * that is given and in use is refused. What a cloud that died has left counts as free. At the latest the file goes when
 * the process exits. Throws a usage error.
 */
export async function announce(ready: object, wanted?: string): Promise<Announced> {
  const name = await freeName(wanted);
  const file = localCloudFile(process.env, name);
  const text = `${JSON.stringify(ready)}\n`;
  await mkdir(dirname(file), { recursive: true, mode: 0o700 });
  const fresh = `${file}.${process.pid}`;
  const onExit = (): void => {
    rmSync(fresh, { force: true });
    rmSync(file, { force: true });
  };
  process.on('exit', onExit);
  await writeFile(fresh, text, { mode: 0o600, flag: 'wx' });
  await rename(fresh, file);
  return {
    name,
    file,
    async withdraw() {
      process.off('exit', onExit);
      // Another local cloud may have put its own there since.
      if ((await readFile(file, 'utf8').catch(() => '')) === text) await rm(file, { force: true });
    },
  };
}

async function freeName(wanted: string | undefined): Promise<string | undefined> {
  if (!(await isTaken(wanted))) return wanted;
  if (wanted !== undefined)
    throw usageError(`a local cloud named ${wanted} is running; stop it, or give this one another --name`);
  for (let number = 2; ; number += 1) if (!(await isTaken(String(number)))) return String(number);
}

async function isTaken(name: string | undefined): Promise<boolean> {
  const text = await readFile(localCloudFile(process.env, name), 'utf8').catch(() => null);
  const endpoint = text === null ? undefined : endpointIn(text);
  return endpoint !== undefined && (await answers(endpoint));
}

function endpointIn(text: string): string | undefined {
  try {
    const { owner } = JSON.parse(text) as { readonly owner?: { readonly endpoint?: unknown } };
    const endpoint = owner?.endpoint;
    return typeof endpoint === 'string' && URL.canParse(endpoint) ? endpoint : undefined;
  } catch {
    return undefined;
  }
}
