import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readText } from '../../../events/text.ts';

const MARK = [0xef, 0xbb, 0xbf];
const bytes = (...parts: readonly (string | readonly number[])[]): Buffer =>
  Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part) : Buffer.from(part))));
const bad = (of: Uint8Array): string => {
  const read = readText(of);
  return 'bad' in read ? read.bad : `taken: ${read.text}`;
};

describe('bytes', () => {
  it.each([
    ['of ASCII', bytes('abc'), 'abc'],
    ['of none', bytes(), ''],
    ['with a byte order mark', bytes(MARK, 'abc'), 'abc'],
    ['with a mark and nothing else', bytes(MARK), ''],
    ['with two marks, of which the second is text', bytes(MARK, MARK, 'a'), '\ufeffa'],
    ['of Chinese', bytes('数据库'), '数据库'],
    ['of an emoji', bytes('👩‍👧'), '👩‍👧'],
    ['with the replacement character itself', bytes('a\ufffdb'), 'a\ufffdb'],
    ['with a NUL inside', bytes('ab\0c'), 'ab\0c'],
  ])('%s are text', (_what, given, text) => {
    expect(readText(given)).toEqual({ text });
  });

  it.each([
    [
      'GBK on the fourth line',
      bytes('a: b\nc: d\ne: f\nname: ', [0xb6, 0xa9]),
      'byte 0xb6 at line 4, column 7',
    ],
    ['Latin-1', bytes('caf', [0xe9], ' noir'), 'byte 0xe9 at line 1, column 4 (byte 4)'],
    ['a character cut off at the end', bytes('a\n', [0xe6, 0x95]), 'byte 0xe6 at line 2, column 1 (byte 3)'],
    ['an overlong form', bytes([0xc0, 0xaf]), 'byte 0xc0 at line 1, column 1'],
    ['half of a pair', bytes('x', [0xed, 0xa0, 0x80]), 'byte 0xed at line 1, column 2'],
    [
      'a bad byte after a genuine replacement',
      bytes('\ufffd\r\n', [0xff]),
      'byte 0xff at line 2, column 1 (byte 6)',
    ],
    ['a bad byte after a mark', bytes(MARK, 'a', [0xff]), 'byte 0xff at line 1, column 2 (byte 5)'],
    ['UTF-16, little-endian', Buffer.from('\ufeff{"a":1}', 'utf16le'), 'is UTF-16 (little-endian)'],
    ['UTF-16, big-endian', Buffer.from('\ufeff{"a":1}', 'utf16le').swap16(), 'is UTF-16 (big-endian)'],
    ['UTF-16 without its mark', Buffer.from('{"a":1}', 'utf16le'), 'is UTF-16 (little-endian)'],
    ['UTF-16, big-endian, without its mark', Buffer.from('{"a":1}', 'utf16le').swap16(), 'is UTF-16 (big'],
    ['UTF-32', bytes([0xff, 0xfe, 0, 0, 0x61, 0, 0, 0]), 'is UTF-32'],
  ])('%s are refused', (_what, given, why) => {
    expect(bad(given)).toContain(why);
    expect(bad(given)).toContain('UTF-8');
  });

  it('of any text come back as that text, and of any bytes as text or a place', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        expect(readText(bytes(MARK, text))).toEqual({ text });
      }),
    );
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 40 }), (given) => {
        const read = readText(given);
        if ('bad' in read)
          expect(read.bad).toMatch(/^is (not UTF-8: byte 0x[0-9a-f]{2} at line \d+|UTF-(16|32))/);
        else expect(Buffer.from(read.text).length).toBeGreaterThanOrEqual(given.length - 3);
      }),
    );
  });
});
