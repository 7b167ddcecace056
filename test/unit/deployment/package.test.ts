import { mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { strFromU8, unzipSync } from 'fflate';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { packed } from '../../../scripts/deployment/package.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'dms-handshake-package-'));
  writeFileSync(join(folder, 'index.js'), 'exports.handler = () => 1;');
  writeFileSync(join(folder, 'requesters.json'), '{}');
});
afterEach(() => rmSync(folder, { recursive: true }));

describe('the zip of a function', () => {
  it('holds its files', async () => {
    const files = unzipSync((await packed(folder)).zip);
    expect(Object.entries(files).map(([name, bytes]) => [name, strFromU8(bytes)])).toEqual([
      ['index.js', 'exports.handler = () => 1;'],
      ['requesters.json', '{}'],
    ]);
  });

  it('is the same for the same code, whenever it was built', async () => {
    const before = await packed(folder);
    // The least time that a zip can hold, and not the one of this moment.
    expect(Buffer.from(before.zip).readUInt32LE(10)).toBe(0x00_21_00_00);
    utimesSync(join(folder, 'index.js'), new Date(2020, 1, 1), new Date(2020, 1, 1));
    expect(await packed(folder)).toEqual(before);
    writeFileSync(join(folder, 'index.js'), 'exports.handler = () => 2;');
    expect((await packed(folder)).checksum).not.toBe(before.checksum);
  });
});
