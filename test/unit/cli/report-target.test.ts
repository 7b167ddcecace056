import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { requireWritable, writeTarget } from '../../../cli/report/target.ts';

let folder: string;
const at = (name: string) => join(folder, name);
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'dms-handshake-target-'));
  await mkdir(at('folder'));
  await mkdir(at('closed'));
  await writeFile(at('there.html'), 'before');
  await writeFile(at('fixed.html'), 'before');
  await chmod(at('fixed.html'), 0o400);
  await chmod(at('closed'), 0o500);
});
afterAll(async () => {
  await chmod(at('closed'), 0o700);
  await rm(folder, { recursive: true });
});

const refused = (name: string, code: string) => ({
  exitCode: 1,
  message: `${at(name)} cannot be written (${code})`,
  cause: expect.objectContaining({ code }),
});
/** Nothing is closed to root. */
const isRoot = process.getuid?.() === 0;

describe('a file that a page is to be written to', () => {
  it.each(['new.html', 'there.html'])('may be %s, which is left as it is', async (name) => {
    await requireWritable(at(name));
    expect(await readFile(at('there.html'), 'utf8')).toBe('before');
    await expect(readFile(at('new.html'))).rejects.toThrow('ENOENT');
  });

  it.each<readonly [name: string, code: string]>([
    ['folder', 'EISDIR'],
    ['nowhere/x.html', 'ENOENT'],
    ['there.html/x.html', 'ENOTDIR'],
    ...(isRoot ? [] : ['fixed.html', 'closed/x.html']).map((name) => [name, 'EACCES'] as const),
  ])('is refused before anything is asked for: %s', async (name, code) => {
    await expect(requireWritable(at(name))).rejects.toMatchObject(refused(name, code));
  });

  it('that is a folder is told as one', async () => {
    await expect(requireWritable(at('folder'))).rejects.toMatchObject({ cause: { message: 'a folder' } });
  });

  it('is written, over what was there', async () => {
    await writeTarget(at('written.html'), 'one');
    await writeTarget(at('written.html'), 'two');
    expect(await readFile(at('written.html'), 'utf8')).toBe('two');
  });

  it('is named with the reason where writing fails', async () => {
    await expect(writeTarget(at('folder'), 'x')).rejects.toMatchObject(refused('folder', 'EISDIR'));
  });
});
