import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** What this process has made in the temporary folder and not taken away yet. */
const made = new Set<string>();

const removeAll = (): void => {
  for (const folder of made) rmSync(folder, { recursive: true, force: true });
};

/** Makes a folder `dms-handshake-<what>-…`. At the latest it goes when the process exits, however it comes to that. */
export function makeTempFolder(what: string): string {
  const folder = mkdtempSync(join(tmpdir(), `dms-handshake-${what}-`));
  if (made.size === 0 && !process.listeners('exit').includes(removeAll)) process.on('exit', removeAll);
  made.add(folder);
  return folder;
}

export function removeTempFolder(folder: string): void {
  rmSync(folder, { recursive: true, force: true });
  made.delete(folder);
}
