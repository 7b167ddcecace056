import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test, vi } from 'vitest';

const compared = vi.hoisted(() => ({ lengths: [] as [number, number][] }));
vi.mock('node:crypto', async (original) => {
  const real = await original<typeof import('node:crypto')>();
  return {
    ...real,
    timingSafeEqual: (a: Buffer, b: Buffer) => {
      compared.lengths.push([a.length, b.length]);
      return real.timingSafeEqual(a, b);
    },
  };
});

const { hasBearer } = await import('../../../shared/auth/bearer.ts');
const { hasHubSignature } = await import('../../../shared/auth/hub-signature.ts');
const { sameText } = await import('../../../shared/auth/same-text.ts');

const FOLDER = new URL('../../../shared/auth/', import.meta.url);

describe('the comparison of secrets', () => {
  test('is of digests of one length, whatever the texts are', () => {
    compared.lengths.length = 0;
    const verdicts = [
      ['', ''],
      ['a', 'a'],
      ['a', 'b'],
      ['short', 'a'.repeat(10_000)],
      ['', 'x'],
    ].map(([a = '', b = '']) => sameText(a, b));
    expect(verdicts).toEqual([true, true, false, false, false]);
    expect(compared.lengths).toEqual(verdicts.map(() => [32, 32]));
  });

  test('does not stop at the first that fits, nor skip one for a header that is missing', () => {
    const secrets = ['one', 'two', 'three'];
    const counts = ['Bearer one', 'Bearer three', 'Bearer none', ''].map((authorization) => {
      compared.lengths.length = 0;
      hasBearer(new Map([['authorization', authorization]]), secrets);
      hasHubSignature(new Map(), Buffer.from('{}'), secrets);
      return compared.lengths.length;
    });
    expect(counts).toEqual([6, 6, 6, 6]);
  });

  test('is the only one: no file compares what a sender sent with ===, and one alone calls timingSafeEqual', () => {
    const sources = readdirSync(FOLDER).map(
      (name) => [name, readFileSync(new URL(name, FOLDER), 'utf8')] as const,
    );
    expect(sources.filter(([, text]) => text.includes('timingSafeEqual(')).map(([name]) => name)).toEqual([
      'same-text.ts',
    ]);
    // Whether there is one at all may be asked; what it is may not.
    const equal = sources.flatMap(([name, text]) =>
      [...text.matchAll(/(secret|token|signature|mac|digest)\w* [!=]==(?! (''|null|undefined))/gi)].map(
        ([found]) => `${name}: ${found}`,
      ),
    );
    expect(equal).toEqual([]);
  });
});
