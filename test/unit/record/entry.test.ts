import { describe, expect, it } from 'vitest';
import {
  formatEntry,
  isTakenAway,
  parseEntry,
  parseIso,
  parseTime,
  revokeOf,
  saidOf,
  sameInstances,
  sinceOf,
  stampsOf,
} from '../../../shared/record/entry.ts';
import { held, textOf } from './words.ts';

const [AT, UNTIL] = ['1970-01-01T00:00:00.010Z', '1970-01-01T00:00:00.060Z'];

describe('the tag of an entry', () => {
  it.each([
    ['granted 10', `granted ${AT}`],
    ['revoked 10', `revoked ${AT}`],
    ['granted 10 until 60', `granted ${AT} until ${UNTIL}`],
    ['granted 10 default', `granted ${AT} default`],
    ['granted 10 until 60 default on r-1 r-2', `granted ${AT} until ${UNTIL} default on r-1 r-2`],
    ['granted 10 read-only', `granted ${AT} read-only`],
    ['revoked 10 until 60 on r-1', `revoked ${AT} until ${UNTIL} on r-1`],
    ['granted 10 said 12', 'granted a u:- s:c'],
    ['granted 10 until 60 said 12 extended', 'granted a u:1o x:c'],
    ['granted 10 until 60 default said 12', 'granted a d:1o s:c'],
    ['granted 10 since 5', 'granted a u:- f:5'],
    ['granted 10 until 60 revoked 4', 'granted a u:1o r:4'],
    ['granted 10 until 60 emergency', 'granted a b:1o'],
    ['granted 10 emergency read-only', 'granted a b:- read-only'],
    [
      'revoked 10 until 60 said 12 extended since 5 revoked 4 on r-1 r-2',
      'revoked a u:1o x:c f:5 r:4 on r-1 r-2',
    ],
    ['granted -10 since -11', 'granted -a u:- f:-b'],
  ])('of %s is "%s"', (text, value) => {
    expect(formatEntry(held(text))).toBe(value);
    expect(textOf(parseEntry(value))).toBe(text);
  });

  it.each([
    '',
    `x granted ${AT}`,
    `granted ${AT} x`,
    `granted ${AT} until`,
    `granted ${AT} until ${UNTIL} until ${UNTIL}`,
    `granted ${AT} default until ${UNTIL}`,
    `granted ${AT} until 60`,
    `taken ${AT}`,
    'granted 1970-01-01T00:00:00Z',
    `granted ${AT} on`,
    `granted ${AT} on `,
    `granted ${AT} on r-2 r-1`,
    `granted ${AT} on r-1 r-1`,
    `granted ${AT} on -r`,
    `granted ${AT} on r-1  r-2`,
    `granted ${AT} on R-1`,
    `granted ${AT} read-only r-1`,
    `granted ${AT}\n`,
    'granted a',
    'granted a u:',
    'granted a u:1o',
    'granted a d:1o',
    'granted a v:1o s:c',
    'granted A u:1o s:c',
    'granted 0a u:1o s:c',
    'granted a u:1O s:c',
    'granted a u:01o s:c',
    'granted a u:1o s:',
    'granted a u:1o s:0c',
    'granted a u:1o y:c',
    'granted a u:1o s:c f:05',
    'granted a u:1o s:c r:04',
    'granted a u:1o r:4 f:5',
    'granted a u:1o s:c on r-2 r-1',
    'granted a u:1o s:c ',
    ' granted a u:1o s:c',
    'x granted a u:1o s:c',
    'granted zzzzzzzzzzz u:- s:c',
    'granted a u:zzzzzzzzzzz s:c',
  ])('that we would not write is not read: "%s"', (value) => {
    expect(parseEntry(value)).toBeNull();
  });
});

describe('an entry', () => {
  it.each<readonly [string, boolean, number | null, number, number | null]>([
    ['granted 10', false, 10, 10, null],
    ['granted 10 until 60', false, 10, 10, null],
    ['granted 10 default', false, null, 10, null],
    ['granted 10 default said 12 since 5 revoked 4', false, 12, 5, 4],
    ['granted 10 said 12', false, 12, 10, null],
    ['granted 10 until 60 revoked 10', false, 10, 10, 10],
    ['revoked 10', true, null, 10, 10],
    ['revoked 10 revoked 4', true, null, 10, 10],
    ['revoked 10 until 60', false, 10, 10, null],
    ['revoked 10 until 60 revoked 4', false, 10, 10, 4],
    ['revoked 10 until 60 said 20 revoked 10', true, 20, 10, 10],
  ])('%s was taken away: %s; said %s; since %i; last revoke %s', (text, isTaken, said, since, revoke) => {
    const entry = held(text);
    expect([isTakenAway(entry), saidOf(entry), sinceOf(entry), revokeOf(entry)]).toEqual([
      isTaken,
      said,
      since,
      revoke,
    ]);
  });

  it('has the stamps of requests, and not its end', () => {
    expect(stampsOf(held('granted 10 until 60 said 12 since 5 revoked 4'))).toEqual([10, 12, 5, 4]);
    expect(stampsOf(held('granted 10 until 60'))).toEqual([10]);
  });

  it.each([
    ['granted 1', 'granted 2', true],
    ['granted 1', 'granted 1 read-only', false],
    ['granted 1 read-only', 'granted 2 read-only', true],
    ['granted 1 on r-1', 'granted 2 on r-1', true],
    ['granted 1 on r-1', 'granted 1 on r-1 r-2', false],
    ['granted 1 on r-1', 'granted 1', false],
  ])('%s and %s are for the same instances: %s', (a, b, same) => {
    expect(sameInstances(held(a), held(b))).toBe(same);
  });
});

describe('a time in a tag', () => {
  it.each([
    ['1970-01-01T00:00:00.010Z', 10],
    ['1970-01-01T00:00:00Z', null],
    ['10', null],
    ['', null],
    [undefined, null],
  ])('%s is %s', (text, time) => {
    expect(parseIso(text)).toBe(time);
  });

  const LATEST = 8.64e15;
  it.each([
    ['a', 10],
    ['-a', -10],
    ['A', null],
    ['0a', null],
    ['', null],
    ['-', null],
    [undefined, null],
    [LATEST.toString(36), LATEST],
    [(LATEST + 1).toString(36), null],
    [(-LATEST).toString(36), -LATEST],
    [(-LATEST - 1).toString(36), null],
  ])('in base 36, %s, is %s', (text, time) => {
    expect(parseTime(text)).toBe(time);
  });
});
