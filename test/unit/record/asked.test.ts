import { describe, expect, it } from 'vitest';
import {
  type Asked,
  type Askings,
  askedUntil,
  endOf,
  isRefused,
  readAskings,
  waits,
  withAsked,
  withAskings,
} from '../../../shared/record/asked.ts';
import { NO_NOTES, type Notes } from '../../../shared/record/notes.ts';
import { millis } from '../../../shared/runtime/millis.ts';
import { DAY, HOUR } from '../../kit/time.ts';

const hour = (hours: number) => millis(hours * HOUR);
const base36 = (time: number) => time.toString(36);
const digest = (letter: string) => letter.repeat(43);
const asked = (letter: string, hours: number, rest: Partial<Asked> = {}): Asked => ({
  at: hour(hours),
  digest: digest(letter),
  requestId: `jira-${letter}`,
  state: 'waits',
  ...rest,
});
const word = (letter: string, hours: number) => `${base36(hour(hours))}~${digest(letter)}~jira-${letter}`;
const notes = (words: Readonly<Record<string, string>>): Notes => ({
  ...NO_NOTES,
  further: new Map(Object.entries(words)),
});
const NOTHING: Askings = { asked: null, refused: [], refusedAt: null, replaced: null };
const NO = (hours: number, ...letters: readonly string[]) =>
  [base36(hour(hours)), ...letters.map((letter) => letter.repeat(6))].join('~');

const OTHERS = { ask: word('x', 6), end: word('x', 7), no: NO(8, 'x'), was: word('x', 9) };

describe('what the notes say about approval', () => {
  it.each<readonly [string, Readonly<Record<string, string>>, Askings]>([
    ['nothing', {}, NOTHING],
    ['what waits', { ask: word('a', 1) }, { ...NOTHING, asked: asked('a', 1) }],
    ['what is over', { end: word('a', 1) }, { ...NOTHING, asked: asked('a', 1, { state: 'over' }) }],
    [
      'what waits before what is over',
      { end: word('a', 1), ask: word('b', 2) },
      { ...NOTHING, asked: asked('b', 2) },
    ],
    [
      'what was refused',
      { no: NO(3, 'a', 'b') },
      { ...NOTHING, refused: ['aaaaaa', 'bbbbbb'], refusedAt: hour(3) },
    ],
    [
      'what was replaced',
      { ask: word('b', 2), was: word('a', 1) },
      { ...NOTHING, asked: asked('b', 2), replaced: asked('a', 1) },
    ],
    [
      'nothing of what was replaced where nothing waits',
      { end: word('b', 2), was: word('a', 1) },
      { ...NOTHING, asked: asked('b', 2, { state: 'over' }) },
    ],
  ])('is read and written: %s', (_what, words, askings) => {
    expect(readAskings(notes(words))).toStrictEqual(askings);
    const { further } = withAskings(notes({ other: 'x', ...OTHERS }), askings);
    expect(readAskings({ further })).toStrictEqual(askings);
    expect(further.get('other')).toBe('x');
  });

  it.each<readonly [string, Readonly<Record<string, string>>, Askings]>([
    ['a time that is none', { ask: `A~${digest('a')}~jira-a` }, NOTHING],
    ['a digest that is none', { ask: `a~${digest('a')}a~jira-a` }, NOTHING],
    ['no digest', { ask: 'a' }, NOTHING],
    ['no id', { ask: `a~${digest('a')}` }, NOTHING],
    ['an id that is none', { ask: `a~${digest('a')}~a b` }, NOTHING],
    [
      'what is over where what waits cannot be read',
      { ask: 'a', end: word('b', 2) },
      { ...NOTHING, asked: asked('b', 2, { state: 'over' }) },
    ],
    ['refusals without their time', { no: '~aaaaaa' }, NOTHING],
    [
      'beginnings of another length',
      { no: `${NO(3, 'a')}~bbbbb~ccccccc~` },
      { ...NOTHING, refused: ['aaaaaa'], refusedAt: hour(3) },
    ],
  ])('is passed over: %s', (_what, words, askings) => {
    expect(readAskings(notes(words))).toStrictEqual(askings);
  });

  it('has an id with colons in signs that a tag takes', () => {
    const one = asked('a', 1, { requestId: 'a:b:c' });
    const { further } = withAskings(NO_NOTES, { ...NOTHING, asked: one });
    expect(further.get('ask')).toBe(`${base36(hour(1))}~${digest('a')}~a~b~c`);
    expect(readAskings({ further }).asked).toEqual(one);
  });

  it('writes no refusal without its time, and no time without a refusal', () => {
    expect(withAskings(NO_NOTES, { ...NOTHING, refused: ['aaaaaa'] }).further).toEqual(new Map());
    expect(withAskings(NO_NOTES, { ...NOTHING, refusedAt: hour(3) }).further).toEqual(new Map());
    expect(withAskings(NO_NOTES, { ...NOTHING, refused: ['aaaaaa'], refusedAt: hour(3) }).further).toEqual(
      new Map([['no', NO(3, 'a')]]),
    );
  });

  it('writes what was replaced only beside what waits, and only where there is room', () => {
    const keys = (askings: Partial<Askings>) => [
      ...withAskings(NO_NOTES, { ...NOTHING, replaced: asked('a', 1), ...askings }).further.keys(),
    ];
    expect(keys({ asked: asked('b', 2) })).toEqual(['ask', 'was']);
    expect(keys({ asked: asked('b', 2, { state: 'over' }) })).toEqual(['end']);
    expect(keys({})).toEqual([]);
    expect(keys({ asked: asked('b', 2, { requestId: 'x'.repeat(128) }) })).toEqual(['ask']);
  });
});

describe('a request that waits', () => {
  it.each<readonly [string, Asked | null, number, boolean]>([
    ['for less than 20 hours', asked('a', 1), hour(21) - 1, true],
    ['for 20 hours', asked('a', 1), hour(21), false],
    ['no more', asked('a', 1, { state: 'over' }), hour(2), false],
    ['not at all', null, hour(2), false],
  ])('%s: waits %#', (_what, one, now, isSo) => {
    expect(waits(one, millis(now))).toBe(isSo);
  });

  it('ends after 20 hours', () => {
    expect(endOf(asked('a', 1))).toBe(hour(21));
  });
});

describe('a copy of what was refused', () => {
  it.each<readonly [string, Partial<Askings>, number, boolean]>([
    ['which waits', { asked: asked('a', 1) }, hour(20), false],
    ['whose wait is over', { asked: asked('a', 1) }, hour(21), true],
    ['which was denied', { asked: asked('a', 1, { state: 'over' }) }, hour(2), true],
    ['up to a day after its wait', { asked: asked('a', 1) }, hour(21) + DAY - 1, true],
    ['a day after its wait', { asked: asked('a', 1) }, hour(21) + DAY, false],
    ['of another one', { asked: asked('b', 1, { state: 'over' }) }, hour(2), false],
    ['which was refused before', { refused: ['bbbbbb', 'aaaaaa'], refusedAt: hour(1) }, hour(25) - 1, true],
    ['which was refused a day before', { refused: ['aaaaaa'], refusedAt: hour(1) }, hour(25), false],
    ['of which nobody knows when', { refused: ['aaaaaa'] }, hour(2), false],
    ['which was not refused', { refused: ['bbbbbb'], refusedAt: hour(1) }, hour(2), false],
    [
      'which waits again, and was refused before',
      { asked: asked('a', 1), refused: ['aaaaaa'], refusedAt: hour(1) },
      hour(2),
      true,
    ],
  ])('%s: refused %#', (_what, askings, now, isSo) => {
    expect(isRefused({ ...NOTHING, ...askings }, digest('a'), millis(now))).toBe(isSo);
  });
});

describe('a request in the place of the one before', () => {
  const asks = (before: Partial<Askings>, now: number) => {
    const next = withAsked(withAskings(NO_NOTES, { ...NOTHING, ...before }), asked('z', now), hour(now));
    return next === null ? null : readAskings(next);
  };

  it.each<readonly [string, Partial<Askings>, number, Partial<Askings>]>([
    ['is alone where there was none', {}, 5, {}],
    ['remembers the one that waited', { asked: asked('a', 1) }, 5, { replaced: asked('a', 1) }],
    [
      'remembers one whose wait is over as refused, too',
      { asked: asked('a', 1) },
      22,
      { replaced: asked('a', 1), refused: ['aaaaaa'], refusedAt: hour(22) },
    ],
    [
      'remembers one that was denied',
      { asked: asked('a', 1, { state: 'over' }) },
      5,
      { refused: ['aaaaaa'], refusedAt: hour(5) },
    ],
    ['forgets one that was denied long ago', { asked: asked('a', 1, { state: 'over' }) }, 45, {}],
    [
      'remembers those before it',
      { asked: asked('b', 4, { state: 'over' }), refused: ['aaaaaa'], refusedAt: hour(3) },
      5,
      { refused: ['aaaaaa', 'bbbbbb'], refusedAt: hour(5) },
    ],
    [
      'keeps when those before it were refused',
      { asked: asked('b', 4), refused: ['aaaaaa'], refusedAt: hour(3) },
      5,
      { replaced: asked('b', 4), refused: ['aaaaaa'], refusedAt: hour(3) },
    ],
    [
      'forgets those of a day before',
      { asked: asked('b', 20, { state: 'over' }), refused: ['aaaaaa'], refusedAt: hour(3) },
      27,
      { refused: ['bbbbbb'], refusedAt: hour(27) },
    ],
  ])('%s', (_what, before, now, wanted) => {
    expect(asks(before, now)).toEqual({ ...NOTHING, asked: asked('z', now), ...wanted });
  });

  it.each([
    [7, true],
    [8, false],
  ])('has room beside %i refused ones and one more: %s', (count, hasRoom) => {
    const refused = Array.from({ length: count }, (_, n) => `${n}`.repeat(6));
    const before = { asked: asked('a', 1, { state: 'over' }), refused, refusedAt: hour(2) };
    expect(asks(before, 5) !== null).toBe(hasRoom);
  });

  /** Beside the words that the owner and the sweep may note. */
  it.each([
    [128, 0, true],
    [124, 1, true],
    [125, 1, false],
    [117, 2, true],
    [118, 2, false],
  ])('with an id of %i characters and %i refused ones: has room %s', (length, count, hasRoom) => {
    const refused = Array.from({ length: count }, (_, n) => `${n}`.repeat(6));
    const before = withAskings(NO_NOTES, { ...NOTHING, refused, refusedAt: hour(2) });
    const long = asked('z', 5, { requestId: 'x'.repeat(length) });
    expect(
      withAsked({ ...before, reference: 'x'.repeat(200), usedAt: hour(1) }, long, hour(5)) !== null,
    ).toBe(hasRoom);
  });
});

describe('a role is kept for what its notes say about approval', () => {
  it.each<readonly [string, Partial<Askings>, number | null]>([
    ['not at all', {}, null],
    ['up to the end of the wait', { asked: asked('a', 1) }, hour(21)],
    ['up to the last refusal', { refusedAt: hour(3) }, hour(3)],
    ['up to the later of both', { asked: asked('a', 1), refusedAt: hour(22) }, hour(22)],
    ['up to the later of both, the other way', { asked: asked('a', 1), refusedAt: hour(3) }, hour(21)],
  ])('%s', (_what, askings, until) => {
    expect(askedUntil({ ...NOTHING, ...askings })).toBe(until);
  });
});
