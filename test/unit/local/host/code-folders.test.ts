import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { CodeFolders } from '../../../../local/host/code-folders.ts';

const codeOf = (text: string) => ({
  zip: Buffer.alloc(0),
  checksum: '',
  digest: `digest-of-${text}`,
  files: new Map([
    ['index.js', Buffer.from(text)],
    ['lib/deep/other.js', Buffer.from(`${text}, deep`)],
  ]),
});

function folders() {
  const made = new CodeFolders();
  onTestFinished(() => made.remove());
  return made;
}

const read = (folder: string, path = 'index.js') => readFileSync(join(folder, path), 'utf8');

describe('the code of a function', () => {
  it('is unpacked into the temporary folder, with the folders in it', () => {
    const folder = folders().folderOf('1/f', codeOf('one'));
    expect([read(folder), read(folder, 'lib/deep/other.js')]).toEqual(['one', 'one, deep']);
    expect(folder.startsWith(join(tmpdir(), 'dms-handshake-code-'))).toBe(true);
  });

  it('is unpacked a single time', () => {
    const all = folders();
    const folder = all.folderOf('1/f', codeOf('one'));
    writeFileSync(join(folder, 'index.js'), 'written by the function');
    for (let n = 0; n < 3; n += 1) expect(all.folderOf('1/f', codeOf('one'))).toBe(folder);
    expect(read(folder)).toBe('written by the function');
  });

  it('stays for the two revisions that ran last, and for no other', () => {
    const all = folders();
    const of = (text: string) => all.folderOf('1/f', codeOf(text));
    const [one, two] = [of('one'), of('two')];
    // Back to the first: it is the present one now.
    expect(of('one')).toBe(one);
    const three = of('three');
    expect([one, two, three].map((folder) => existsSync(folder))).toEqual([true, false, true]);
    expect(read(of('two'))).toBe('two');
    expect([one, two, three].map((folder) => existsSync(folder))).toEqual([false, true, true]);
  });

  it('stays whatever becomes of other functions', () => {
    const all = folders();
    const mine = all.folderOf('1/f', codeOf('one'));
    const others = ['1/g', '1/h', '2/f', '1/ff'].map((name) => all.folderOf(name, codeOf('one')));
    for (const text of ['two', 'three']) all.folderOf('1/g', codeOf(text));
    expect(new Set([mine, ...others]).size).toBe(5);
    expect([mine, ...others].map((folder) => existsSync(folder))).toEqual([true, false, true, true, true]);
  });

  it('may have been taken away by the function itself', () => {
    const all = folders();
    const of = (text: string) => all.folderOf('1/f', codeOf(text));
    rmSync(of('one'), { recursive: true });
    of('two');
    expect(read(of('three'))).toBe('three');
  });

  it('is taken away as a whole, and unpacked again where it is asked for afterwards', () => {
    const all = folders();
    all.remove();
    const folder = all.folderOf('1/f', codeOf('one'));
    const root = dirname(dirname(dirname(folder)));
    all.remove();
    expect(existsSync(root)).toBe(false);
    all.remove();
    const again = all.folderOf('1/f', codeOf('one'));
    expect(again).not.toBe(folder);
    expect(read(again)).toBe('one');
  });
});
