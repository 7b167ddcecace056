import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PROBLEM_CODES, PROBLEM_TITLES, problem, problemSchema } from '../../../events/problem.ts';
import { xmlSafeJson } from '../../../events/xml-safe-json.ts';

describe('JSON that is safe inside XML', () => {
  it('shows no markup', () => {
    expect(xmlSafeJson({ reference: '<b>A & B</b>' })).toBe(
      '{"reference":"\\u003cb\\u003eA \\u0026 B\\u003c/b\\u003e"}',
    );
  });

  it('is read back by any JSON parser, and holds no character that XML gives a meaning to or forbids', () => {
    fc.assert(
      fc.property(fc.jsonValue({ stringUnit: 'binary', maxDepth: 3 }), (value) => {
        const text = xmlSafeJson(value);
        expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(value)));
        expect(text).not.toMatch(FORBIDDEN);
      }),
      { numRuns: 500 },
    );
  });

  it.each([
    ['the noncharacters', '\ufffe\uffff'],
    ['control characters', '\u0000\u0001\u0008\u000b\u000c\u001f'],
    ['half of a surrogate pair', '\ud800 \udfff'],
    ['the end of a CDATA section', ']]>'],
    ['escapes that were there before', '\\u003c \\\\u0026'],
  ])('takes %s', (_what, text) => {
    const safe = xmlSafeJson({ reference: text });
    expect(safe).not.toMatch(FORBIDDEN);
    expect(JSON.parse(safe)).toEqual({ reference: text });
  });

  it('keeps what people write as it is', () => {
    expect(xmlSafeJson({ reference: 'Ticket „42" – 数据库 🙂' })).toBe(
      JSON.stringify({ reference: 'Ticket „42" – 数据库 🙂' }),
    );
  });
});

/** Markup, and what is no `Char` of XML 1.0: control characters, lone surrogates, U+FFFE and U+FFFF. */
const FORBIDDEN = /[<>&\p{Cs}\ufffe\uffff]|[^\P{Cc}\u007f-\u009f]/u;

describe('a problem', () => {
  it.each(PROBLEM_CODES)('%s has a title', (code) => {
    expect(PROBLEM_TITLES[code].length).toBeGreaterThan(5);
    expect(problemSchema.parse(problem(code, 'detail'))).toEqual({
      code,
      title: PROBLEM_TITLES[code],
      detail: 'detail',
      retryable: false,
    });
  });

  it('has the codes of the contract', () => {
    expect([...PROBLEM_CODES].sort()).toEqual(
      [
        'invalid-request',
        'unknown-engine',
        'requester-not-allowed',
        'engine-not-allowed',
        'access-not-allowed',
        'sender-mismatch',
        'signature-invalid',
        'own-account',
        'wrong-account',
        'role-not-owned',
        'superseded',
        'expired',
        'quota-exceeded',
        'throttled',
        'permission-missing',
        'verification-failed',
        'internal',
        'not-approved',
      ].sort(),
    );
  });
});
