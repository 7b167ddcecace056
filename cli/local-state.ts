import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { localCloudFile } from '../client/local-cloud.ts';

/**
 * Leaves the ready line where `--local` finds it, readable by this user only: it holds keys, if only of a cloud that
 * exists nowhere else. Of two local clouds the later one is found. Answers how to take it away again.
 */
export async function announce(ready: object): Promise<{ readonly file: string; withdraw(): Promise<void> }> {
  const file = localCloudFile(process.env);
  const text = `${JSON.stringify(ready)}\n`;
  await mkdir(dirname(file), { recursive: true, mode: 0o700 });
  const fresh = `${file}.${process.pid}`;
  await writeFile(fresh, text, { mode: 0o600, flag: 'wx' });
  await rename(fresh, file);
  return {
    file,
    async withdraw() {
      // Another local cloud may have put its own there since.
      if ((await readFile(file, 'utf8').catch(() => '')) === text) await rm(file, { force: true });
    },
  };
}
