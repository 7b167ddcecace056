import crypto from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { hasBearer } from '../../../../shared/admission/authenticate/bearer.ts';
import { hasHubSignature } from '../../../../shared/admission/authenticate/hub-signature.ts';
import { timingSafeEqual } from '../../../../shared/admission/authenticate/timing-safe-equal.ts';

const compared = vi.spyOn(crypto, 'timingSafeEqual');
// Modules that imported the function by its name see the spy, too.
syncBuiltinESMExports();
afterAll(() => {
  compared.mockRestore();
  syncBuiltinESMExports();
});

const FOLDER = new URL('../../../../shared/admission/authenticate/', import.meta.url);

describe('the comparison of secrets', () => {
  it('is of digests of one length, whatever the texts are', () => {
    compared.mockClear();
    const verdicts = [
      ['', ''],
      ['a', 'a'],
      ['a', 'b'],
      ['short', 'a'.repeat(10_000)],
      ['', 'x'],
    ].map(([a = '', b = '']) => timingSafeEqual(a, b));
    expect(verdicts).toEqual([true, true, false, false, false]);
    expect(compared.mock.calls.map(([a, b]) => [a.byteLength, b.byteLength])).toEqual(
      verdicts.map(() => [32, 32]),
    );
  });

  it('does not stop at the first that fits, nor skip one for a header that is missing', () => {
    const secrets = ['one', 'two', 'three'];
    const counts = ['Bearer one', 'Bearer three', 'Bearer none', ''].map((authorization) => {
      compared.mockClear();
      hasBearer(new Map([['authorization', authorization]]), secrets);
      hasHubSignature(new Map(), Buffer.from('{}'), secrets);
      return compared.mock.calls.length;
    });
    expect(counts).toEqual([6, 6, 6, 6]);
  });

  it('is the only one: no file compares with === what was sent, and one alone imports that of Node.js', () => {
    const sources = readdirSync(FOLDER).map(
      (name) => [name, readFileSync(new URL(name, FOLDER), 'utf8')] as const,
    );
    expect(
      sources.filter(([, text]) => /timingSafeEqual[^;]*'node:crypto'/.test(text)).map(([name]) => name),
    ).toEqual(['timing-safe-equal.ts']);
    // Whether there is one at all may be asked; what it is may not.
    const equal = sources.flatMap(([name, text]) =>
      [...text.matchAll(/(secret|token|signature|mac|digest)\w* [!=]==(?! (''|null|undefined))/gi)].map(
        ([found]) => `${name}: ${found}`,
      ),
    );
    expect(equal).toEqual([]);
  });
});
