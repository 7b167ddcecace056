import { describe, expect, it } from 'vitest';
import { ALL_ENGINES } from '../../../shared/catalogue/catalogue.ts';
import { CONNECTIONS } from '../../../shared/catalogue/engine.ts';
import { MAX_INSTANCES_LENGTH, whyNotInstances } from '../../../shared/catalogue/scope.ts';
import { applyChange } from '../../../shared/record/apply-change.ts';
import type { Change } from '../../../shared/record/change.ts';
import type { Entry } from '../../../shared/record/entry.ts';
import { formatNotes, NO_NOTES, NOTES_TAG, type Notes } from '../../../shared/record/notes.ts';
import {
  type AccessRecord,
  EMPTY_RECORD,
  type GrantId,
  recordTags,
  userId,
} from '../../../shared/record/record.ts';
import { fitTags, KEPT_FREE, MAX_TAGS, MAX_USERS } from '../../../shared/record/tag-budget.ts';
import { formatVerdict, VERDICT_TAG } from '../../../shared/verification/verdict.ts';
import { at } from '../../kit/time.ts';

/** An entry with everything that one can hold: no two times are the same. */
const fullEntry = (id: GrantId): Entry => {
  const instances = ['a', 'b', 'c', 'd'].map((letter) => letter.padEnd(44, 'x'));
  const isNarrow = ALL_ENGINES.some((engine) => engine === id && whyNotInstances(engine) === null);
  return {
    state: 'granted',
    at: at(4),
    until: at(10_000_000),
    saidAt: at(6),
    extended: true,
    since: at(2),
    revokedAt: at(1),
    ...(isNarrow ? { instances } : {}),
  };
};
const notes: Notes = {
  reviewedAt: at(1),
  askedAt: at(2),
  toldAt: at(3),
  usedAt: at(6),
  idleAt: at(7),
  seen: { status: 'verified', at: at(4) },
  further: new Map([['ask', `${at(5).toString(36)}~${'d'.repeat(64)}~${'r'.repeat(128)}`]]),
  reference: 'x'.repeat(256),
};
const verdict = formatVerdict({
  status: 'failed',
  at: at(5),
  checks: ALL_ENGINES.map((id) => `engine:${id}`),
  unchecked: { told: [], since: at(1), fresh: ALL_ENGINES.map((id) => `engine:${id}`) },
});

/** The owner's tags that may stand on a role, in every mixture. */
const MIXTURES = [0, 1, 2, 3, 4, 5, 6, 7].map((bits) => ({
  closedAt: (bits & 1) === 0 ? null : at(0),
  own: new Map([
    ...((bits & 2) === 0 ? [] : ([[VERDICT_TAG, verdict]] as const)),
    ...((bits & 4) === 0 ? [] : ([[NOTES_TAG, formatNotes(notes)]] as const)),
  ]),
}));
type Mixture = (typeof MIXTURES)[number];

/** Grants these on a role that has the owner's tags of a mixture: the tags that it has then; null where that is refused. */
function tagsAfter(ids: readonly GrantId[], { closedAt, own }: Mixture): ReadonlyMap<string, string> | null {
  const before: AccessRecord = { ...EMPTY_RECORD, closedAt };
  const present = new Map([['managed-by', 'dms-handshake'], ...recordTags(before), ...own]);
  const change: Change = { action: 'grant', ids, at: at(4), until: null };
  const { record } = applyChange(before, change);
  const full = { ...record, entries: new Map(ids.map((id) => [id, fullEntry(id)])) };
  const fitted = fitTags(full, before, present, change, at(20));
  return 'needed' in fitted ? null : new Map([...present, ...recordTags(fitted.record)]);
}

/** How many tags there are at most: those of the grants, and those of the owner that may come later. */
const withAll = (tags: ReadonlyMap<string, string>): number =>
  new Set([...tags.keys(), 'dms-closed', VERDICT_TAG, NOTES_TAG, 'of-people']).size;

const registers = Array.from({ length: ALL_ENGINES.length + 1 }, (_, engines) =>
  [[], ['vpc'], ['dedicated-line'], ['vpc', 'dedicated-line']].map((connections) => [
    ...ALL_ENGINES.slice(0, engines),
    ...CONNECTIONS.filter((id) => connections.includes(id)),
  ]),
).flat();
const people = Array.from({ length: MAX_USERS + 1 }, (_, count) =>
  [[], ['account' as const]].map((account) => [
    ...account,
    ...Array.from({ length: count }, (__, n) => userId(`${n}`.padEnd(64, 'x'))),
  ]),
).flat();

describe('the tags of a role, for every mixture of what it grants and of what the owner notes', () => {
  it.each([
    ['register: up to 13 engines and 2 connections', registers, 56, 15],
    ['console: up to 14 users, and the whole account', people, 30, 15],
  ] as const)(
    '%s: 20 at most, four of them free of grants, 256 characters each',
    (_what, sets, count, most) => {
      expect(sets).toHaveLength(count);
      expect(Math.max(...sets.map(({ length }) => length))).toBe(most);
      for (const ids of sets)
        for (const mixture of MIXTURES) {
          const tags = tagsAfter(ids, mixture);
          if (tags === null) throw new Error(`refused: ${ids.join(' ')}`);
          const own = ['dms-closed', VERDICT_TAG, NOTES_TAG].filter((key) => tags.has(key)).length;
          expect(tags.size - own).toBe(1 + ids.length);
          expect(tags.size - own).toBeLessThanOrEqual(MAX_TAGS - KEPT_FREE);
          expect(withAll(tags)).toBeLessThanOrEqual(MAX_TAGS);
          for (const [key, value] of tags)
            expect([key, key.length <= 128 && value.length <= 256]).toEqual([key, true]);
        }
    },
  );

  it('one user more is refused, whatever else stands on the role', () => {
    const users = Array.from({ length: MAX_USERS + 1 }, (_, n) => userId(`user-${n}`));
    expect(MIXTURES.map((mixture) => tagsAfter(users, mixture))).toEqual(MIXTURES.map(() => null));
  });

  it('the values that are counted are the longest: little room is left in them', () => {
    const [redis = ''] = recordTags({
      ...EMPTY_RECORD,
      entries: new Map([['redis', fullEntry('redis')]]),
    }).values();
    expect(fullEntry('redis').instances?.join(' ').length).toBeLessThanOrEqual(MAX_INSTANCES_LENGTH);
    expect(redis.length).toBeGreaterThan(240);
    expect(verdict.length).toBeGreaterThan(180);
    expect(formatNotes(notes).length).toBeGreaterThan(245);
    expect(formatNotes({ ...NO_NOTES, reference: 'x'.repeat(256) })).toHaveLength(256);
  });
});
