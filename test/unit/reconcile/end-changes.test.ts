import { describe, expect, it } from 'vitest';
import { endChanges } from '../../../shared/reconcile/end-changes.ts';
import type { Change } from '../../../shared/record/change.ts';
import { type AccessRecord, EMPTY_RECORD, type GrantId } from '../../../shared/record/record.ts';
import { type Millis, millis } from '../../../shared/runtime/millis.ts';
import { DAY, HOUR, START as NOW } from '../../kit/time.ts';

const inDays = (days: number): Millis => millis(NOW + days * DAY);
const [SOON, LATER, LATEST] = [inDays(1), inDays(2), inDays(3)];
const iso = (at: Millis): string => new Date(at).toISOString();

type End = Millis | null | 'not granted';

/** A record in which this is granted until then. */
const granting = (until: End, id: GrantId = 'redis'): AccessRecord => ({
  ...EMPTY_RECORD,
  entries:
    until === 'not granted'
      ? new Map()
      : new Map([[id, { state: 'granted', at: millis(NOW - HOUR), until }]]),
});

const redis = { ids: ['redis'], at: NOW } as const;
const grant = (until: Millis | 'never' | null = null): Change => ({ action: 'grant', ...redis, until });
/** A grant of something else. */
const OTHER: Change = { action: 'grant', ids: ['gdb'], at: NOW, until: null };
const extend = (until: Millis | 'never'): Change => ({ action: 'extend', ...redis, until });
const emergency = (until: Millis | 'never' | null = null): Change => ({
  action: 'grant',
  ...redis,
  until,
  emergency: { reason: 'the orders are gone', digest: 'a'.repeat(43) },
});

/** Why redis has the end that it has; null where nothing is told of it. */
function why(was: End, is: End, change: Change): string | null {
  const found = endChanges(granting(was), granting(is), change, NOW);
  const [from, to] = [was, is].map((end) =>
    end === 'not granted' ? end : end === null ? 'no end' : `ends ${iso(end)}`,
  );
  if (found.length === 0) return null;
  expect(found).toEqual([
    {
      check: 'engine:redis',
      before: `redis: ${from}`,
      after: expect.stringContaining(`redis: ${to} (`),
      asked: true,
    },
  ]);
  return /\((?<why>.*)\)$/.exec(found[0]?.after ?? '')?.groups?.['why'] ?? null;
}

const KEPT = 'kept: the request names no end';
const BY_MAX_DAYS = 'shortened: "maxDays" of requesters.json allows no later one';
const BEFORE_REVOKE = 'what was said before a later revoke does not count';
const cut = (wanted: string, field = 'maxDays'): string =>
  `shortened: asked for was ${wanted}, and "${field}" of requesters.json allows no later one`;
const newer = (wanted: string): string => `asked for was ${wanted}, and a newer request has decided`;

describe('what is told of an end', () => {
  it.each([
    ['nothing of a first grant that never ends', 'not granted', null, grant(), null],
    [
      'the default of a first grant',
      'not granted',
      SOON,
      grant(),
      'the request names no end, and this is the one for new grants',
    ],
    ['that a further grant keeps it', SOON, SOON, grant(), KEPT],
    ['nothing where there was none and is none', null, null, grant(), null],
    ['that the rules allow no end so late any more', LATER, SOON, grant(), BY_MAX_DAYS],
    ['that the rules allow no endless grant any more', null, SOON, grant(), BY_MAX_DAYS],
  ] satisfies readonly (readonly [string, End, End, Change, string | null])[])(
    'where the request names none: %s',
    (_what, was, is, change, told) => {
      expect(why(was, is, change)).toBe(told);
    },
  );

  it.each([
    ['nothing of a first grant that gets it', 'not granted', SOON, grant(SOON), null],
    ['nothing of a first grant that is to have none', 'not granted', null, grant('never'), null],
    ['nothing where it stands there already', SOON, SOON, extend(SOON), null],
    ['that it is taken away', SOON, null, extend('never'), 'taken away, as asked'],
    ['that it comes earlier', LATER, SOON, extend(SOON), 'shortened, as asked'],
    ['that it comes to an endless grant', null, SOON, grant(SOON), 'shortened, as asked'],
    ['that it comes later', SOON, LATER, extend(LATER), 'as asked'],
    ['that the rules allow none so late', SOON, LATER, extend(LATEST), cut(iso(LATEST))],
    ['that the rules allow no endless grant', SOON, LATER, extend('never'), cut('none')],
    ['that a newer request has said a later one', SOON, LATEST, extend(LATER), newer(iso(LATER))],
    ['that a newer request has taken it away', null, null, extend(LATER), newer(iso(LATER))],
  ] satisfies readonly (readonly [string, End, End, Change, string | null])[])(
    'where the request names one: %s',
    (_what, was, is, change, told) => {
      expect(why(was, is, change)).toBe(told);
    },
  );

  it.each([
    [
      'the latest, if none is named',
      SOON,
      emergency(),
      'in an emergency: the request names no end, and this is the latest',
    ],
    ['the one that is named', SOON, emergency(SOON), 'in an emergency, as asked'],
    ['an earlier one than is named', SOON, emergency(LATER), cut(iso(LATER), 'maxHours')],
    ['one where none is to be', SOON, emergency('never'), cut('none', 'maxHours')],
  ] satisfies readonly (readonly [string, End, Change, string])[])(
    'in an emergency: %s',
    (_what, is, change, told) => {
      expect(why('not granted', is, change)).toBe(told);
    },
  );

  it.each([
    [
      'an extension of everything is about it',
      SOON,
      LATER,
      { action: 'extend', ids: 'all', at: NOW, until: LATER },
      'as asked',
    ],
    [
      'the end of a grant after a revoke of everything',
      SOON,
      LATER,
      { action: 'revoke', ids: 'all', at: NOW },
      BEFORE_REVOKE,
    ],
    [
      'the end of a later grant that a revoke names, which arrives late',
      SOON,
      null,
      { action: 'revoke', ids: ['redis'], at: NOW },
      BEFORE_REVOKE,
    ],
    [
      'nothing of an end that such a revoke leaves',
      SOON,
      SOON,
      { action: 'revoke', ids: ['redis'], at: NOW },
      null,
    ],
    ['the end of what the request does not name', SOON, LATER, OTHER, BEFORE_REVOKE],
    ['nothing of what the request does not name and has its end', SOON, SOON, OTHER, null],
    ['nothing of what time does not end', SOON, SOON, { action: 'expire', now: NOW }, null],
  ] satisfies readonly (readonly [string, End, End, Change, string | null])[])(
    'where it is not named: %s',
    (_what, was, is, change, told) => {
      expect(why(was, is, change)).toBe(told);
    },
  );

  it('that had passed: what is granted again was not granted', () => {
    const [told] = endChanges(granting(NOW), granting(SOON), grant(), NOW);
    expect(told?.before).toBe('redis: not granted');
  });

  it.each([
    ['redis', 'engine:redis'],
    ['vpc', 'connection:vpc'],
    ['dedicated-line', 'connection:vpc'],
    ['account', 'trust-requester'],
    ['user:alice', 'trust-requester'],
  ] satisfies readonly (readonly [GrantId, string])[])('of %s stands with the check %s', (id, check) => {
    const change: Change = { action: 'extend', ids: [id], at: NOW, until: LATER };
    const found = endChanges(granting(SOON, id), granting(LATER, id), change, NOW);
    expect(found.map((one) => one.check)).toEqual([check]);
  });
});
