import { zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { codeOf } from '../../../../local/cloud/fc/code.ts';
import { zipOf } from './setup.ts';

describe('a package', () => {
  /** A stored file whose entry in the directory claims another size. */
  const claiming = (...sizes: readonly number[]): Buffer => {
    const names = sizes.map((_, index) => `${index}.js`);
    const zip = Buffer.from(
      zipSync(Object.fromEntries(names.map((name) => [name, [new Uint8Array(1), { level: 0 }]]))),
    );
    let at = 0;
    for (const size of sizes) {
      at = zip.indexOf('PK\x01\x02', at + 1, 'latin1');
      zip.writeUInt32LE(size, at + 24);
    }
    return zip;
  };
  const LIMIT = 500 * 1024 * 1024;

  it('is read one time, however often it comes', async () => {
    const zip = zipOf('');
    expect(await codeOf(zip)).toBe(await codeOf(zip));
  });

  it('has no folders among its files', async () => {
    const zip = Buffer.from(zipSync({ 'a/': new Uint8Array(0), 'a/b.js': new Uint8Array(1) }));
    expect([...(await codeOf(zip)).files.keys()]).toEqual(['a/b.js']);
  });

  it('may unpack to 500 MB, all files together', async () => {
    expect((await codeOf(claiming(LIMIT))).files.size).toBe(1);
    for (const zip of [claiming(LIMIT + 1), claiming(LIMIT - 1, 2)])
      await expect(codeOf(zip)).rejects.toMatchObject({
        code: 'InvalidArgument',
        message: 'code: the zip unpacks to more than 524288000 bytes',
      });
  });

  it('may have 100 MB', async () => {
    const limit = 100 * 1024 * 1024;
    const refused = (size: number) => codeOf(Buffer.alloc(size));
    await expect(refused(limit + 1)).rejects.toThrow('code: the zip has more than 104857600 bytes');
    await expect(refused(limit)).rejects.toThrow('code: it is not a zip file');
  });
});
