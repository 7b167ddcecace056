import { describe, expect, it } from 'vitest';
import type { Operation } from '../../../shared/ports.ts';
import { type Ended, endedBy, spokenOf, writtenChanges } from '../../../shared/reconcile/changes.ts';
import type { Difference, Opening } from '../../../shared/reconcile/difference.ts';
import { applyChange } from '../../../shared/record/apply-change.ts';
import { EMPTY_RECORD } from '../../../shared/record/record.ts';
import { at } from '../../kit/time.ts';

const detach = (name: string): Operation => ({
  operation: 'detach-policy',
  target: name,
  reason: 'a test',
  policy: { name, type: 'Custom' },
});
const trust: Operation = {
  operation: 'update-trust',
  target: 'a-role',
  reason: 'a test',
  trust: { Statement: [], Version: '1' },
};
const difference = (write: Operation, over: Partial<Ended> = {}): Ended => ({
  check: 'policies-attached',
  detail: 'it differs',
  fix: 'none',
  opens: [],
  write,
  ...over,
});

/** A record that has spoken of redis and of the user alice, whose access was taken away again. */
const RECORD = [
  { action: 'grant', ids: ['redis', 'user:alice'], at: at(0), until: null } as const,
  { action: 'revoke', ids: ['user:alice'], at: at(1) } as const,
].reduce((record, change) => applyChange(record, change).record, EMPTY_RECORD);

const SPOKEN = new Set(RECORD.entries.keys());

describe('what the record has spoken of', () => {
  const grant = { action: 'grant', ids: ['redis', 'gdb'], until: null } as const;

  it.each([
    ['a request of another time', { ...grant, at: at(2) }, ['redis', 'user:alice']],
    ['the request that wrote one of them down', { ...grant, at: at(0) }, ['user:alice']],
    [
      'the request that took one of them away',
      { action: 'revoke', ids: ['user:alice'], at: at(1) },
      ['redis'],
    ],
    ['an end that has come', { action: 'expire', now: at(0) }, ['redis', 'user:alice']],
  ] as const)('but for what this change has written down: %s', (_what, change, expected) => {
    expect(spokenOf(RECORD, change)).toEqual(expected);
  });
});

it('also what the record spoke of before, where this change has written of it again', () => {
  const change = { action: 'grant', ids: ['redis'], at: at(3), until: at(9) } as const;
  const { record } = applyChange(RECORD, change);
  expect(spokenOf(record, change)).toEqual(['redis', 'user:alice']);
});

describe('what was asked for', () => {
  const isAsked = (write: Operation, opens: Opening, foreign: object = {}) =>
    writtenChanges([difference(write, { opens, ...foreign })], SPOKEN).map(({ asked }) => asked);

  it.each([
    ['what grants nothing', detach('p'), [], true],
    ['what the record has spoken of', detach('p'), ['redis'], true],
    ['who was granted access once', trust, ['user:alice'], true],
    ['that a closed role is closed', trust, 'everything', true],
    ['what the record never spoke of', detach('p'), ['redis', 'gdb'], false],
    ['who was never granted access', trust, ['user:bob'], false],
  ] as const)('%s', (_what, write, opens, expected) => {
    expect(isAsked(write, opens)).toEqual([expected]);
  });

  it('is nothing that nobody here ever writes', () => {
    expect(isAsked(trust, [], { foreign: true })).toEqual([false]);
    expect(isAsked(trust, 'everything', { foreign: true })).toEqual([false]);
  });
});

describe('the changes of a request', () => {
  it('say what stood there and what was done, each in 240 characters', () => {
    const detail = 'x'.repeat(300);
    const name = `p-${'y'.repeat(300)}`;
    expect(writtenChanges([difference(detach(name), { detail })], SPOKEN)).toEqual([
      {
        check: 'policies-attached',
        before: `${'x'.repeat(240)}...`,
        after: `${`detach-policy ${name}`.slice(0, 240)}...`,
        asked: true,
      },
    ]);
  });

  it('are twenty and a word about the rest; what nobody asked for comes first', () => {
    const unasked = { foreign: true, check: 'trust-closed' } as const;
    const asked = Array.from({ length: 19 }, (_, n) => difference(detach(`p-${n}`)));
    const twenty = writtenChanges([...asked, difference(trust, unasked)], SPOKEN);
    expect(twenty.map((one) => one.asked)).toEqual([false, ...asked.map(() => true)]);
    const more = writtenChanges([...asked, ...asked.slice(0, 3), difference(trust, unasked)], SPOKEN);
    expect(more).toHaveLength(21);
    expect(more.at(-1)).toEqual({ check: 'policies-attached', before: 'and 3 more', after: '', asked: true });
    const all = Array.from({ length: 22 }, () => difference(trust, unasked));
    expect(writtenChanges(all, SPOKEN).at(-1)).toEqual({
      check: 'trust-closed',
      before: 'and 2 more',
      after: '',
      asked: false,
    });
  });

  it('are those whose write took effect', () => {
    const [one, other] = [difference(detach('p')), difference(trust)];
    const unmended: Difference = { ...one, write: null };
    expect(endedBy([trust], [one, unmended, other])).toEqual([other]);
  });
});
