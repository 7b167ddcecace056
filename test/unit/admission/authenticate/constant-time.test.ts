import crypto from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { hasBearer } from '../../../../shared/admission/authenticate/bearer.ts';
import { hasHubSignature } from '../../../../shared/admission/authenticate/hub-signature.ts';
import { isSigned } from '../../../../shared/admission/authenticate/standard-webhooks.ts';
import { timingSafeEqual } from '../../../../shared/admission/authenticate/timing-safe-equal.ts';
import { hasZendeskSignature } from '../../../../shared/admission/authenticate/zendesk.ts';
import { millis } from '../../../../shared/runtime/clock.ts';

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

  it('is made with every secret of every scheme, also where the first one fits', () => {
    const now = millis(Date.UTC(2026, 10, 23));
    const keys = [1, 2, 3].map((n) => Buffer.alloc(32, n));
    const [key = Buffer.of()] = keys;
    const secrets = keys.map((one) => `whsec_${one.toString('base64')}`);
    const [secret = ''] = secrets;
    const body = Buffer.from('{}');
    const time = new Date(now).toISOString();
    const parts = { id: 'm', timestamp: String(now / 1_000) };
    const hub = `sha256=${crypto.createHmac('sha256', secret).update(body).digest('hex')}`;
    const zendesk = crypto.createHmac('sha256', secret).update(`${time}{}`).digest('base64');
    const mac = crypto.createHmac('sha256', key).update(`m.${parts.timestamp}.{}`).digest('base64');
    const counted = [
      () => hasHubSignature(new Map([['x-hub-signature-256', hub]]), body, secrets),
      () =>
        hasZendeskSignature(
          new Map([
            ['x-zendesk-webhook-signature', zendesk],
            ['x-zendesk-webhook-signature-timestamp', time],
          ]),
          body,
          secrets,
          now,
        ),
      () => isSigned({ ...parts, signature: `v1,${mac} v1,none` }, body, secrets, now),
    ].map((proves) => {
      compared.mockClear();
      return [proves(), compared.mock.calls.length];
    });
    // Two signatures were given to the last.
    expect(counted).toEqual([
      [true, 3],
      [true, 3],
      [true, 6],
    ]);
  });

  it('is the only one: no file compares with === what was sent, and one alone imports that of Node.js', () => {
    const sources = readdirSync(FOLDER).map(
      (name) => [name, readFileSync(new URL(name, FOLDER), 'utf8')] as const,
    );
    expect(
      sources.filter(([, text]) => /timingSafeEqual[^;]*'node:crypto'/.test(text)).map(([name]) => name),
    ).toEqual(['timing-safe-equal.ts']);
    // Whether there is one at all may be asked; what it is may not. A new line here is a decision.
    const comparing =
      /[!=]==? (?!null\b|undefined\b|true\b|'|\d)|\.(includes|indexOf|equals|localeCompare)\(/;
    const lines = sources.flatMap(([name, text]) =>
      text.split('\n').flatMap((line) => (comparing.test(line) ? [`${name}: ${line.trim()}`] : [])),
    );
    expect(lines).toEqual([
      'clients.ts: ...(secret.length === valueIn(environment, variable).length',
      expect.stringMatching(
        /^signed-message\.ts: .* Object\.keys\(json\)\.sort\(\)\.join\(\) !== FIELDS\) return plain;$/,
      ),
      "standard-webhooks.ts: return bytes.toString('base64') === base64 ? bytes : null;",
      expect.stringMatching(/^zendesk\.ts: if \(TIME\.exec\(timestamp\)\?\.\[0\] !== timestamp \|\| /),
    ]);
  });
});
