import { describe, expect, it } from 'vitest';
import { type Ruling, rule } from '../../../shared/reconcile/approval-gate.ts';
import { applyChange } from '../../../shared/record/apply-change.ts';
import { type Asked, type Askings, readAskings, withAskings } from '../../../shared/record/asked.ts';
import type { Change } from '../../../shared/record/change.ts';
import { NO_NOTES, type Notes } from '../../../shared/record/notes.ts';
import { type AccessRecord, EMPTY_RECORD, liveIds } from '../../../shared/record/record.ts';
import type { Gate } from '../../../shared/requests/gate.ts';
import { type Millis, millis } from '../../../shared/runtime/millis.ts';
import { DAY, HOUR, MINUTE, START as NOW } from '../../kit/time.ts';

const ago = (ms: number): Millis => millis(NOW - ms);

/** A grant of redis that was asked for an hour ago. */
const REDIS: Change = { action: 'grant', ids: ['redis'], at: ago(HOUR), until: null };
const ASKED: Asked = { at: ago(HOUR), digest: 'a'.repeat(43), requestId: 'r-1', state: 'waits' };
const OTHER_WORDS = 'b'.repeat(43);

/** The notes of a role on which this waits, or waited last. */
const noting = (asked: Asked | null, more: Partial<Askings> = {}): Notes =>
  withAskings(NO_NOTES, { asked, refused: [], refusedAt: null, replaced: null, ...more });
const REFUSED_EIGHT = {
  refused: Array.from({ length: 8 }, (_, n) => `copy-${n}`),
  refusedAt: ago(DAY / 2),
};

const recordOf = (...changes: readonly Change[]): AccessRecord =>
  changes.reduce((record, change) => applyChange(record, change).record, EMPTY_RECORD);
const HAS_REDIS = recordOf(REDIS);

interface Case {
  readonly record?: AccessRecord;
  readonly change?: Change;
  readonly notes?: Notes;
  readonly now?: Millis;
  readonly approved?: boolean;
}

function ruled(gate: Gate | undefined, found: Case = {}): Ruling {
  const { record = EMPTY_RECORD, change = REDIS, notes = NO_NOTES, now = NOW, ...more } = found;
  return rule(gate, { record, word: applyChange(record, change), notes, now, roleName: 'a-role', ...more });
}

/** What the change comes to: the code of a refusal, that it waits, or what is granted then. */
function comesTo({ refusal, pending, word }: Ruling): string {
  if (refusal !== null) return refusal.code;
  return pending === null ? liveIds(word.record, NOW).join() : 'waits';
}

/** Nothing of the change is written: neither its stamp nor its reason. */
function writesNothing({ word, reason, approved }: Ruling, record: AccessRecord): void {
  expect([word.record, reason, approved]).toEqual([record, false, false]);
}

describe('where the owner has no say', () => {
  const extended: Change = { action: 'extend', ids: ['redis'], at: NOW, until: millis(NOW + DAY) };
  const short = recordOf({ ...REDIS, until: millis(NOW + HOUR) });

  it('all of a change is written, with its reason, also a later end', () => {
    const { word, ...rest } = ruled(undefined, { record: short, change: extended });
    expect(word.record.entries.get('redis')?.until).toBe(NOW + DAY);
    expect(rest).toEqual({
      refusal: null,
      notes: null,
      reason: true,
      pending: null,
      left: null,
      approved: false,
    });
  });

  it('and where something is taken away, nothing ends later by that', () => {
    const { word, ...rest } = ruled({ kind: 'narrows' }, { record: short, change: extended });
    expect(word.record.entries.get('redis')?.until).toBe(NOW + HOUR);
    expect(rest).toMatchObject({ refusal: null, reason: true, approved: false });
  });
});

describe('a request of somebody whom the owner approves', () => {
  const asks = (over: Partial<Asked> = {}): Gate => ({
    kind: 'asks',
    asked: { ...ASKED, ...over },
    unless: null,
  });
  const older = { ...ASKED, at: ago(2 * HOUR), digest: OTHER_WORDS, requestId: 'r-0' };
  const over = { ...ASKED, state: 'over' } as const;

  const rows: readonly (readonly [string, Gate, Case, string])[] = [
    ['waits where nothing does', asks(), {}, 'waits'],
    ['waits on, if it comes again', asks(), { notes: noting(ASKED) }, 'waits'],
    ['waits until 20 hours are over', asks({ at: ago(20 * HOUR - 1) }), {}, 'waits'],
    ['does not wait after 20 hours', asks({ at: ago(20 * HOUR) }), {}, 'not-approved'],
    ['does not wait again once it was denied', asks(), { notes: noting(over) }, 'not-approved'],
    ['takes the place of an older one', asks(), { notes: noting(older) }, 'waits'],
    ['gives way to one as new', asks(), { notes: noting({ ...older, at: ago(HOUR) }) }, 'superseded'],
    ['gives way to a newer one', asks(), { notes: noting({ ...older, at: ago(MINUTE) }) }, 'superseded'],
    ['has an id for itself', asks(), { notes: noting({ ...older, requestId: 'r-1' }) }, 'invalid-request'],
    [
      'has no room beside eight that were refused',
      asks(),
      { notes: noting({ ...older, state: 'over' }, REFUSED_EIGHT) },
      'not-approved',
    ],
    [
      'has room beside eight, if none comes to them',
      asks(),
      { notes: noting(older, REFUSED_EIGHT) },
      'waits',
    ],
  ];

  it.each(rows)('%s, and nothing is granted', (_what, gate, found, result) => {
    const ruling = ruled(gate, found);
    expect(comesTo(ruling)).toBe(result);
    writesNothing(ruling, EMPTY_RECORD);
  });

  it('stands on the role with its time, its id and what it asks for', () => {
    const { notes, pending } = ruled(asks(), { notes: noting(older) });
    expect(pending).toEqual(ASKED);
    expect(readAskings(notes ?? NO_NOTES).asked).toEqual(ASKED);
  });

  it.each([
    ['the one before it, if that waited', noting(older), older],
    ['the same one, if it is delivered again', noting(ASKED, { replaced: older }), older],
    ['none, if that was over', noting({ ...older, state: 'over' }), null],
    ['none, if there was none', NO_NOTES, null],
  ])('tells of what it has replaced: %s', (_what, notes, left) => {
    expect(ruled(asks(), { notes }).left).toEqual(left);
  });

  it('about what is granted already to the letter asks for nothing: not even a stamp moves', () => {
    const again = { ...REDIS, at: NOW };
    const ruling = ruled(asks({ at: NOW }), { record: HAS_REDIS, change: again });
    expect(comesTo(ruling)).toBe('redis');
    writesNothing(ruling, HAS_REDIS);
  });

  it('about what the file excepts is granted at once, with its reason', () => {
    const unless = { readOnly: false, maxDays: null, engines: ['redis'] } as const;
    const ruling = ruled({ kind: 'asks', asked: ASKED, unless });
    expect(comesTo(ruling)).toBe('redis');
    expect(ruling).toMatchObject({ reason: true, notes: null, approved: false });
  });
});

describe('an approval of the owner', () => {
  const gate: Gate = { kind: 'approved', asked: ASKED, action: 'grant' };
  const other = { ...ASKED, at: ago(MINUTE), digest: OTHER_WORDS, requestId: 'r-2' };
  const askedOf = ({ notes }: Ruling): Asked | null => readAskings(notes ?? NO_NOTES).asked;

  it('grants what waits, notes its reason, and then nothing waits', () => {
    const ruling = ruled(gate, { notes: noting(ASKED) });
    expect(comesTo(ruling)).toBe('redis');
    expect([ruling.approved, ruling.reason, askedOf(ruling)]).toEqual([true, true, null]);
  });

  const inVain: readonly (readonly [string, Case])[] = [
    ['other words wait', { notes: noting({ ...ASKED, digest: OTHER_WORDS }) }],
    ['the same words of another time wait', { notes: noting({ ...ASKED, at: ago(HOUR + 1) }) }],
    ['it was denied', { notes: noting({ ...ASKED, state: 'over' }) }],
    ['its 20 hours are over', { notes: noting(ASKED), now: millis(NOW + 19 * HOUR) }],
    // The notes stand on the role of one requester and one kind of access.
    ['nothing waits on this role', {}],
    [
      'it was denied, and the same was granted since',
      { notes: noting({ ...ASKED, state: 'over' }), record: HAS_REDIS },
    ],
    [
      'it was granted and taken away since',
      { record: recordOf(REDIS, { action: 'revoke', ids: ['redis'], at: ago(MINUTE) }) },
    ],
  ];

  it.each(inVain)('does nothing where %s', (_what, found) => {
    const ruling = ruled(gate, found);
    expect(comesTo(ruling)).toBe('invalid-request');
    writesNothing(ruling, found.record ?? EMPTY_RECORD);
  });

  it('that comes again after the grant changes nothing, and is no mistake', () => {
    const ruling = ruled(gate, { record: HAS_REDIS });
    expect(comesTo(ruling)).toBe('redis');
    writesNothing(ruling, HAS_REDIS);
  });

  it('goes on counting in the run that has taken the request off the role', () => {
    expect(comesTo(ruled(gate, { approved: true }))).toBe('redis');
  });

  const longer: Gate = { kind: 'approved', asked: ASKED, action: 'extend' };
  const end = millis(NOW + DAY);
  const extended: Change = { action: 'extend', ids: ['redis'], at: ago(HOUR), until: end };
  const redisOf = (at: Millis) => recordOf({ ...REDIS, at, until: millis(NOW + HOUR) });

  it.each([
    ['of what was granted before it was asked for', redisOf(ago(2 * HOUR)), end, []],
    ['of what was granted in the same millisecond, and named none', HAS_REDIS, end, []],
    ['never of what was granted anew since', redisOf(ago(MINUTE)), millis(NOW + HOUR), ['redis']],
    ['never of what is not on the role', EMPTY_RECORD, undefined, []],
  ])('gives the end %s', (_what, record, until, superseded) => {
    const { word, refusal } = ruled(longer, { record, change: extended, notes: noting(ASKED) });
    expect([refusal, word.record.entries.get('redis')?.until, word.superseded]).toEqual([
      null,
      until,
      superseded,
    ]);
  });

  it('leaves nothing behind on a role that was closed since', () => {
    const closed = recordOf({ action: 'revoke', ids: 'all', at: ago(MINUTE) });
    const ruling = ruled(gate, { record: closed, notes: noting(ASKED) });
    expect([ruling.word.record, ruling.word.superseded]).toEqual([closed, ['redis']]);
  });

  it('leaves alone what waits by then', () => {
    expect(askedOf(ruled(gate, { approved: true, notes: noting(other) }))).toEqual(other);
  });
});

describe('a denial of the owner', () => {
  const denied: Gate = { kind: 'denied', asked: ASKED };
  const expire: Change = { action: 'expire', now: NOW };
  const over = { ...ASKED, state: 'over' } as const;
  const late = millis(NOW + 19 * HOUR);

  it.each([
    ['what waits', { notes: noting(ASKED) }, ASKED],
    ['what was denied already', { notes: noting(over) }, over],
    ['what was told to have ended', { notes: noting(over), now: late }, over],
  ] satisfies readonly (readonly [string, Case, Asked])[])('ends %s', (_what, found, left) => {
    const ruling = ruled(denied, { change: expire, ...found });
    expect([ruling.refusal, ruling.left]).toEqual([null, left]);
    expect(readAskings(ruling.notes ?? NO_NOTES).asked).toEqual(over);
  });

  it.each([
    ['nothing waits', {}],
    ['other words wait', { notes: noting({ ...ASKED, digest: OTHER_WORDS }) }],
    ['the same words of another time wait', { notes: noting({ ...ASKED, at: ago(HOUR + 1) }) }],
    ['its 20 hours are over, which is told of by itself', { notes: noting(ASKED), now: late }],
  ] satisfies readonly (readonly [string, Case])[])('does nothing where %s', (_what, found) => {
    const ruling = ruled(denied, { change: expire, ...found });
    expect([comesTo(ruling), ruling.notes, ruling.left]).toEqual(['invalid-request', null, null]);
  });

  it('that nobody gave is told of once the time is over', () => {
    const of = (found: Case) => ruled({ kind: 'unanswered' }, { change: expire, ...found });
    for (const found of [{}, { notes: noting(ASKED) }])
      expect(of(found)).toMatchObject({ refusal: null, notes: null, left: null });
    const ended = of({ notes: noting(ASKED), now: late });
    expect([ended.refusal, ended.left, readAskings(ended.notes ?? NO_NOTES).asked]).toEqual([
      null,
      ASKED,
      over,
    ]);
    // Another delivery of the same word tells the same.
    expect(of({ notes: noting(over), now: late }).left).toEqual(over);
  });
});
