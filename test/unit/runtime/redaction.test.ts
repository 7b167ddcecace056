import { buffer } from 'node:stream/consumers';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { redacting } from '../../../scripts/deployment/hidden-output.ts';
import { redactor } from '../../../shared/runtime/redaction.ts';

const SECRET = 'plant/token+0123 "quoted"';

describe('what the tool writes', () => {
  it.each([
    ['as it is', `TOKEN: ${SECRET}\n`],
    ['as JSON', JSON.stringify({ TOKEN: SECRET })],
    ['in a URL', `?token=${encodeURIComponent(SECRET)}&x=1`],
    ['in base64', Buffer.from(SECRET).toString('base64')],
    ['folded at a space', `TOKEN: >-\n  plant/token+0123\n  "quoted"\n`],
  ])('hides a secret %s', (_how, text) => {
    const shown = redactor([SECRET])(text);
    expect(shown).toContain('[hidden]');
    expect(shown).not.toContain('token+0123');
  });

  it.each([
    ['with spaces around it that the text has not', [' plant\n'], 'a "plant"', 'a "[hidden]"'],
    ['as JSON, within a longer text', ['a\n"b"'], '{"x":"1 a\\n\\"b\\" 2"}', '{"x":"1 [hidden] 2"}'],
    [
      'of eight letters in a phrase, and no shorter one',
      ['open the sesame12'],
      'open sesame12',
      'open [hidden]',
    ],
    ['between several spaces of a phrase', ['open  the\n\tsesame12'], 'the sesame12', 'the [hidden]'],
    ['in base64 for URLs', ['??>>~~'], 'Pz8-Pn5-', '[hidden]'],
  ])('hides a secret %s', (_how, secrets, text, shown) => {
    expect(redactor(secrets)(text)).toBe(shown);
  });

  it('leaves everything else', () => {
    expect(redactor([SECRET, 'abc', ''])('deploy abc plant token')).toBe('deploy abc plant token');
  });

  it('hides the longer of two values of which one holds the other', () => {
    expect(redactor(['token', 'token-two'])('a token-two b token')).toBe('a [hidden] b [hidden]');
  });

  it('hides a secret wherever the stream is cut', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.string({ minLength: 4, maxLength: 12, unit: fc.constantFrom('a', 'b', 'ü') }),
        fc.array(fc.string({ maxLength: 6, unit: fc.constantFrom('a', 'b', 'ü', ' ') }), { maxLength: 6 }),
        fc.integer({ min: 1, max: 5 }),
        async (secret, texts, size) => {
          const whole = Buffer.from(texts.join(secret));
          const stream = redacting([secret]);
          for (let at = 0; at < whole.length; at += size) stream.write(whole.subarray(at, at + size));
          stream.end();
          const shown = (await buffer(stream)).toString('utf8');
          expect(shown).not.toContain(secret);
        },
      ),
    );
  });
});
