import { describe, expect, it } from 'vitest';
import { problem } from '../../../events/problem.ts';
import { outcomeOf, seen } from '../../../functions/provision/outcome-of.ts';
import { withWaiting } from '../../../functions/provision/waiting.ts';
import { NOTHING_DONE, type Reconciled } from '../../../shared/reconcile/reconciled.ts';
import type { Asked } from '../../../shared/record/asked.ts';
import type { Change } from '../../../shared/record/change.ts';
import { readRecord } from '../../../shared/record/record.ts';
import { headOf, toldTo } from '../../../shared/requests/outcome.ts';
import { isParsedRequest, parseRequestOf } from '../../../shared/requests/parsed-request.ts';
import { millis } from '../../../shared/runtime/millis.ts';
import { OWNER, REQUESTER } from '../../kit/accounts.ts';
import { REQUESTERS, topicOf } from '../../kit/direct.ts';
import { requesterAs } from '../../kit/requester.ts';
import { at, DAY, START } from '../../kit/time.ts';

/** What provision says of a change that was carried out, refused, overtaken or too late. */
const NOW = at(60);
const HEAD = {
  requestId: 'r-1',
  fingerprint: 'f-1',
  ...toldTo(REQUESTER),
  reference: null,
  action: 'grant',
  access: 'register',
} as const;
const iso = (seconds: number) => new Date(at(seconds)).toISOString();
const recordOf = (tags: Readonly<Record<string, string>>) => readRecord(new Map(Object.entries(tags)), NOW);
const TAGS = {
  'dms-engine-gdb': `revoked ${iso(0)}`,
  'dms-engine-redis': `granted ${iso(0)} until ${iso(600)}`,
  'dms-connection-vpc': `granted ${iso(0)}`,
};
const BEFORE = recordOf({ 'dms-engine-gdb': `granted ${iso(-60)}` });
const CHANGES = [{ check: 'trust-dms', before: 'a', after: 'b', asked: true }] as const;
const done = (over: Partial<Reconciled> = {}): Reconciled => ({
  refusal: null,
  ...NOTHING_DONE,
  before: BEFORE,
  record: recordOf(TAGS),
  changes: CHANGES,
  writes: 2,
  lastWriteAt: at(50),
  ...over,
});
const grant: Change = { action: 'grant', ids: ['redis', 'vpc'], at: START, until: null };
const of = (change: Change, over: Partial<Reconciled> = {}) => outcomeOf(HEAD, change, done(over), NOW);
const refusal = problem('role-not-owned', 'somebody else has it.');

describe('the outcome', () => {
  it('of what was carried out has the record, the writes and what they were for', () => {
    expect(of(grant)).toEqual({
      kind: 'dms-handshake.outcome.v1',
      result: 'applied',
      ...HEAD,
      engines: ['redis'],
      connections: ['vpc'],
      revoked: [],
      record: TAGS,
      changedAt: at(50),
      changes: CHANGES,
      writes: 2,
      at: NOW,
      before: ['gdb'],
      after: [`redis until ${iso(600)}`, 'vpc'],
      approvedBy: null,
      problem: null,
    });
  });

  it('where nothing was left to write is of now: another delivery may have written', () => {
    expect(of(grant, { lastWriteAt: null }).changedAt).toBe(NOW);
  });

  it('of a refusal says when, and nothing of the record before and after', () => {
    const refused = of(grant, { refusal });
    expect(refused).toMatchObject({
      result: 'rejected',
      problem: refusal,
      at: NOW,
      before: null,
      after: null,
    });
    expect(seen(done({ refusal }), NOW)).toEqual({ at: NOW, before: null, after: null });
    expect(seen(done(), NOW)).toMatchObject({ at: NOW, before: ['gdb'] });
  });

  it('of what somebody newer has decided says about what', () => {
    expect(of(grant, { superseded: ['redis', 'vpc'] })).toMatchObject({
      result: 'applied',
      problem: { code: 'superseded', detail: expect.stringContaining('decided about redis, vpc;') },
    });
  });

  it.each<[string, Change, string[]]>([
    ['a revoke of some', { action: 'revoke', ids: ['gdb', 'redis', 'vpc'], at: START }, ['gdb']],
    ['a revoke of what is granted since', { action: 'revoke', ids: ['redis'], at: START }, []],
    ['a close', { action: 'revoke', ids: 'all', at: START }, ['gdb']],
    ['a grant', { ...grant, ids: ['gdb'] }, []],
    ['what time does', { action: 'expire', now: NOW }, []],
  ])('of %s names the engines that are gone', (_what, change, revoked) => {
    expect(of(change).revoked).toEqual(revoked);
  });
});

describe('a grant whose time was up before it arrived', () => {
  const ended = {
    'dms-engine-redis': `granted ${iso(0)} until ${iso(60)}`,
    'dms-engine-gdb': `granted ${iso(0)} until ${iso(30)}`,
  };
  const late = (change: Partial<typeof grant>, over: Partial<Reconciled> = {}, tags: object = ended) =>
    of({ ...grant, ids: ['gdb', 'redis'], ...change }, { record: recordOf({ ...tags }), ...over });

  it('has failed, and the last of its ends is named', () => {
    expect(late({})).toMatchObject({
      result: 'failed',
      problem: { code: 'expired', detail: expect.stringContaining(`was to end at ${iso(60)}, `) },
    });
  });

  it.each<[string, Partial<Reconciled>, object]>([
    ['one of its grants goes on', {}, { ...ended, 'dms-engine-gdb': `granted ${iso(0)} until ${iso(61)}` }],
    ['one of them has no end', {}, { ...ended, 'dms-engine-gdb': `granted ${iso(0)}` }],
    ['it waits for approval', { pending: { at: START, digest: 'd', requestId: 'r', state: 'waits' } }, ended],
  ])('has not failed where %s', (_what, over, tags) => {
    expect(late({}, over, tags)).toMatchObject({ result: 'applied', problem: null });
  });

  it('has not failed for what was overtaken, nor where it was refused', () => {
    expect(late({}, { superseded: ['gdb', 'redis'] })).toMatchObject({
      result: 'applied',
      problem: { code: 'superseded' },
    });
    expect(late({}, { superseded: ['gdb'] }).result).toBe('failed');
    expect(late({}, { refusal }).result).toBe('rejected');
  });

  it('is no matter of a revoke, nor of a record that knows nothing of it', () => {
    const revoke: Change = { action: 'revoke', ids: ['redis'], at: START };
    expect(of(revoke, { record: recordOf(ended) }).problem).toBeNull();
    expect(late({}, {}, {}).problem).toBeNull();
  });
});

describe('an outcome behind a gate', () => {
  const requesters = {
    requesters: REQUESTERS.map((uid) => requesterAs({ uid, topics: [topicOf(uid)] })),
    clients: [],
  };
  const parsed = parseRequestOf(
    {
      body: JSON.stringify({ requesterUid: REQUESTER, engines: ['redis'] }),
      messageId: 'm-1',
      publishedAt: START,
      topic: topicOf(REQUESTER),
    },
    OWNER,
    requesters,
  );
  if (!isParsedRequest(parsed)) throw new Error('the request cannot be read');
  const asked: Asked = { at: at(5), digest: 'd'.repeat(43), requestId: 'waited', state: 'waits' };
  const made = outcomeOf(headOf(parsed), grant, done(), NOW);
  const behind = (pending: Asked | null, left: Asked | null, now = NOW, one = made) =>
    withWaiting(one, parsed, { pending, left }, now);

  it('is what was made where nothing waits', () => {
    expect(behind(null, null)).toEqual(made);
  });

  it('waits since the request that waits, under an id of its own, and is told to the owner, too', () => {
    expect(behind(asked, null)).toEqual({
      ...made,
      result: 'pending',
      since: at(5),
      fingerprint: `pending ${parsed.fingerprint}`,
      to: [REQUESTER, 'owner'],
    });
  });

  it('does not wait where it was refused', () => {
    const refused = outcomeOf(headOf(parsed), grant, done({ refusal }), NOW);
    expect(behind(asked, null, NOW, refused)).toEqual(refused);
  });

  it.each([
    ['replaced', NOW],
    ['ended', millis(START + DAY)],
  ])('names the request that waits no more, as %s', (why, now) => {
    const left = { requestId: 'waited', digest: asked.digest, why };
    expect(behind(null, asked, now)).toEqual({ ...made, left });
  });
});
