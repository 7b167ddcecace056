import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readText } from '../../../events/text.ts';

const MARK = [0xef, 0xbb, 0xbf];
const bytes = (...parts: readonly (string | readonly number[])[]): Buffer =>
  Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part) : Buffer.from(part))));

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

  const notUtf8 = (byte: string, line: number, column: number, offset: number) =>
    `is not UTF-8: byte ${byte} at line ${line}, column ${column} (byte ${offset}); save or send it as UTF-8`;
  const encoded = (as: string) => `is ${as} from its first byte on; save or send it as UTF-8`;
  const utf16 = (text: string) => Buffer.from(text, 'utf16le');
  it.each([
    ['GBK on the fourth line', bytes('a: b\nc: d\ne: f\nname: ', [0xb6, 0xa9]), notUtf8('0xb6', 4, 7, 22)],
    ['Latin-1', bytes('caf', [0xe9], ' noir'), notUtf8('0xe9', 1, 4, 4)],
    ['a character cut off at the end', bytes('a\n', [0xe6, 0x95]), notUtf8('0xe6', 2, 1, 3)],
    ['an overlong form', bytes([0xc0, 0xaf]), notUtf8('0xc0', 1, 1, 1)],
    ['half of a pair', bytes('x', [0xed, 0xa0, 0x80]), notUtf8('0xed', 1, 2, 2)],
    ['a bad byte after a genuine replacement', bytes('\ufffd\r\n', [0xff]), notUtf8('0xff', 2, 1, 6)],
    ['a bad byte after two of them', bytes('\ufffd数\ufffd\r', [0xff]), notUtf8('0xff', 2, 1, 11)],
    ['a bad byte that a replacement follows', bytes('a', [0xef], '\ufffd'), notUtf8('0xef', 1, 2, 2)],
    ['the first two bytes of a replacement', bytes([0xef, 0xbf], 'a'), notUtf8('0xef', 1, 1, 1)],
    ['the first byte of a replacement', bytes('a', [0xef], 'a', [0xbd]), notUtf8('0xef', 1, 2, 2)],
    ['a bad byte after a mark', bytes(MARK, 'a', [0xff]), notUtf8('0xff', 1, 2, 5)],
    ['a byte of one digit', bytes('a', [0xc0, 0x01]), notUtf8('0xc0', 1, 2, 2)],
    ['UTF-16, little-endian', utf16('\ufeff{"a":1}'), encoded('UTF-16 (little-endian)')],
    ['UTF-16, big-endian', utf16('\ufeff{"a":1}').swap16(), encoded('UTF-16 (big-endian)')],
    ['a mark of UTF-16 alone', bytes([0xfe, 0xff]), encoded('UTF-16 (big-endian)')],
    ['UTF-16 without its mark', utf16('{"a":1}'), encoded('UTF-16 (little-endian)')],
    ['UTF-16, big-endian, without its mark', utf16('{"a":1}').swap16(), encoded('UTF-16 (big-endian)')],
    ['two characters of UTF-16', utf16('{}'), encoded('UTF-16 (little-endian)')],
    ['UTF-32', bytes([0xff, 0xfe, 0, 0, 0x61, 0, 0, 0]), encoded('UTF-32')],
    ['UTF-32, big-endian', bytes([0, 0, 0xfe, 0xff, 0, 0, 0, 0x61]), encoded('UTF-32')],
    ['UTF-16 of a zero', bytes([0xff, 0xfe, 0, 0x61]), encoded('UTF-16 (little-endian)')],
    ['the half of a mark, little-endian', bytes([0xff, 0x61]), notUtf8('0xff', 1, 1, 1)],
    ['the half of a mark, big-endian', bytes([0xfe, 0x61]), notUtf8('0xfe', 1, 1, 1)],
    ['no mark of UTF-32', bytes([0, 0, 0xfe, 0x61]), notUtf8('0xfe', 1, 3, 3)],
    ['a mark of UTF-32 but for its second byte', bytes([0, 1, 0xfe, 0xff]), notUtf8('0xfe', 1, 3, 3)],
    ['a mark of UTF-32 but for its third byte', bytes([0, 0, 1, 0xff]), notUtf8('0xff', 1, 4, 4)],
    ['a mark of UTF-16 but for its first byte', bytes([0x61, 0xfe]), notUtf8('0xfe', 1, 2, 2)],
    ['the other one but for its first byte', bytes([0x61, 0xff]), notUtf8('0xff', 1, 2, 2)],
    ['a replacement but for its first byte', bytes('a', [0xf0, 0xbf, 0xbd], 'b'), notUtf8('0xf0', 1, 2, 2)],
    ['no mark of UTF-32 either', bytes([0x61, 0, 0xfe, 0xff]), notUtf8('0xfe', 1, 3, 3)],
  ])('%s are refused', (_what, given, why) => {
    expect(readText(given)).toEqual({ bad: why });
  });

  it.each([
    ['a zero beside ASCII, in three bytes', bytes('a\0b'), 'a\0b'],
    ['zeros alone', bytes('\0\0\0\0'), '\0\0\0\0'],
    ['a zero in the fourth byte', bytes('abc\0'), 'abc\0'],
  ])('%s are text', (_what, given, text) => {
    expect(readText(given)).toEqual({ text });
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
