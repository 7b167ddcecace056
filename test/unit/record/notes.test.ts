import { describe, expect, it } from 'vitest';
import { formatNotes, NO_NOTES, type Notes, readNotes } from '../../../shared/record/notes.ts';
import { decode, encode } from '../../../shared/record/tag-text.ts';
import { millis } from '../../../shared/runtime/millis.ts';

const read = (value: string) => readNotes(new Map([['dms-notes', value]]));
const notes = (some: Partial<Notes>): Notes => ({ ...NO_NOTES, ...some });
const time = (text: string) => millis(Number.parseInt(text, 36));

const FULL: Notes = {
  reviewedAt: time('a'),
  askedAt: time('b'),
  toldAt: time('c'),
  usedAt: time('d'),
  idleAt: time('e'),
  seen: { status: 'failed', at: time('f2') },
  further: new Map([
    ['was', 'x~y'],
    ['ask', 'p.q_r-s~T0'],
  ]),
  reference: 'OPS 42/a ref:x',
};
const FULL_TEXT =
  'reviewed:a asked:b told:c ask:p.q_r-s~T0 was:x~y idle:e used:d seen:f~f2 ref:OPS 42%2Fa ref%3Ax';

describe('notes', () => {
  it.each<readonly [string, Notes, string]>([
    ['all of them', FULL, FULL_TEXT],
    ['none', NO_NOTES, ''],
    ['a time alone', notes({ toldAt: time('c') }), 'told:c'],
    ['a word alone', notes({ further: new Map([['ask', '']]) }), 'ask:'],
    ['what verify found alone', notes({ seen: { status: 'verified', at: time('g') } }), 'seen:v~g'],
    ['a use alone', notes({ usedAt: time('d') }), 'used:d'],
    ['that nobody uses it alone', notes({ idleAt: time('e') }), 'idle:e'],
    ['a reference alone', notes({ reference: 'OPS-42' }), 'ref:OPS-42'],
    ['an empty reference', notes({ reference: '' }), 'ref:'],
  ])('%s are written and read again', (_what, some, text) => {
    expect(formatNotes(some)).toBe(text);
    expect(read(text)).toStrictEqual(some);
  });

  it.each<readonly [string, string, Partial<Notes>]>([
    ['words of other people', 'hello told:c', { toldAt: time('c') }],
    ['a key in capitals', 'Told:c', {}],
    ['a character that no value has', 'ask:a/b xask:a/b', {}],
    ['a word with something before it', '-told:c', {}],
    ['times that are none', 'told:C reviewed:- asked: used:+1 idle:0x', {}],
    ['a finding of another kind', 'seen:x~f', {}],
    ['a finding without its time', 'seen:v seen:', {}],
    ['a finding with more before it', 'seen:xv~f', {}],
    ['a finding at no time', 'seen:v~F', {}],
    ['a finding at two times', 'seen:v~f~f', {}],
    ['a finding without what was found', 'seen:~f', {}],
    ['a reference within a word', 'told:cref:x', {}],
    ['what cannot be decoded', 'ref:100%', { reference: '100%' }],
    ['a reference with line breaks', 'ref:a%0Ab', { reference: 'a\nb' }],
  ])('pass over %s', (_what, text, some) => {
    expect(read(text)).toStrictEqual(notes(some));
  });
});

describe('where room is short in the notes', () => {
  const word = (key: string, length: number) => [key, 'x'.repeat(length - key.length - 1)] as const;
  const text = (some: Partial<Notes>) => formatNotes(notes(some));

  it.each([
    [256, true],
    [257, false],
  ])('what gives way is left out beyond 256 characters: %i', (length, stays) => {
    // One blank between the two.
    const further = new Map([word('ask', length - 11), word('was', 10)]);
    expect(text({ further })).toBe(stays ? `ask:${'x'.repeat(241)} was:xxxxxx` : `ask:${'x'.repeat(242)}`);
  });

  it('what was replaced goes first, then what was refused, then nothing', () => {
    const of = (...words: readonly (readonly [string, number])[]) =>
      text({ further: new Map(words.map(([key, length]) => word(key, length))) })
        .split(' ')
        .map((one) => one.replace(/:.*/, ''));
    expect(of(['ask', 200], ['no', 40], ['was', 40])).toEqual(['ask', 'no']);
    expect(of(['ask', 230], ['no', 40], ['was', 40])).toEqual(['ask']);
    expect(of(['ask', 300])).toEqual(['ask']);
    expect(of(['nox', 200], ['wasx', 200])).toEqual(['nox', 'wasx']);
  });

  it.each([
    [246, 'idle:e'],
    [249, 'idle:e'],
    [250, ''],
  ])('uses and findings are written where they fit after %i characters: "%s"', (length, spare) => {
    const [key, value] = word('ask', length);
    const some = { usedAt: time('dd'), idleAt: time('e'), seen: FULL.seen, further: new Map([[key, value]]) };
    expect(text(some)).toBe([`ask:${value}`, ...(spare === '' ? [] : [spare])].join(' '));
  });

  it('a shorter one is written although a longer one before it did not fit', () => {
    const [key, value] = word('ask', 249);
    expect(text({ idleAt: time('eeeee'), usedAt: time('d'), further: new Map([[key, value]]) })).toBe(
      `ask:${value} used:d`,
    );
  });

  it.each([
    [250, 'ref:x'],
    [251, ''],
    [252, ''],
  ])('a reference is cut to what is left after %i characters: "%s"', (length, rest) => {
    const [key, value] = word('ask', length);
    expect(text({ reference: 'xyz', further: new Map([[key, value]]) })).toBe(
      [`ask:${value}`, ...(rest === '' ? [] : [rest])].join(' '),
    );
  });
});

describe('text in a tag', () => {
  it.each([
    ['letters, digits, blanks and -._~', 'Ärger 42 数据 -._~', 100, 'Ärger 42 数据 -._~'],
    ['others as in an address', 'a:b/c%d\n"', 100, 'a%3Ab%2Fc%25d%0A%22'],
    ['half of a pair', 'a\ud800b\udc00', 100, 'a%EF%BF%BDb%EF%BF%BD'],
    ['a whole pair', 'a\u{1f600}', 100, 'a%F0%9F%98%80'],
    ['a letter of two halves', '\u{20000}x', 2, '\u{20000}'],
    ['as much as there is room for', 'abc', 2, 'ab'],
    ['all of it where it just fits', 'abc', 3, 'abc'],
    ['no half of a sign', 'ab/c', 4, 'ab'],
    ['a sign that just fits', 'ab/c', 5, 'ab%2F'],
    ['nothing after what does not fit', 'a/b', 2, 'a'],
    ['no blank at the end', 'ab   ', 100, 'ab'],
    ['the blank before', ' ab', 100, ' ab'],
    ['nothing', '', 5, ''],
  ])('has %s', (_what, text, room, encoded) => {
    expect(encode(text, room)).toBe(encoded);
  });

  it('is read again, and left as it is where that cannot be done', () => {
    expect([decode('a%3Ab%2Fc'), decode('100%'), decode('%F0%9F')]).toEqual(['a:b/c', '100%', '%F0%9F']);
  });
});
