import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** The files of the project as they are now, in a folder of their own, with the packages of this one. */
export function freshClone(): { readonly folder: string; remove(): void } {
  const folder = mkdtempSync(join(tmpdir(), 'dms-handshake-clone-'));
  const listed = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
    encoding: 'utf8',
  });
  for (const file of listed.split('\0').filter((name) => name !== '')) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    // A file that was deleted and not yet committed is not in a clone.
    cpSync(file, join(folder, file), { force: true, errorOnExist: false });
  }
  symlinkSync(join(process.cwd(), 'node_modules'), join(folder, 'node_modules'));
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}
