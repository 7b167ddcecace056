import { describe, expect, it } from 'vitest';
import { outcomeSchema } from '../../../events/outcome.ts';
import { problem } from '../../../events/problem.ts';
import { CloudError, toHandshakeError } from '../../../shared/alicloud/errors.ts';
import type { Failure } from '../../../shared/alicloud/failure.ts';
import { userId } from '../../../shared/record/record.ts';
import { UNREADABLE } from '../../../shared/record/tag-budget.ts';
import { unsignedKeep } from '../../../shared/requests/approval-refusals.ts';
import {
  cutBy,
  decidedByNewer,
  END_REASONS,
  endWords,
  NOT_GRANTED,
} from '../../../shared/requests/end-words.ts';
import { inOwnWords } from '../../../shared/requests/in-own-words.ts';
import { isOwnDetail, isOwnReason, plainDetail } from '../../../shared/requests/own-words.ts';
import {
  accountIsTrusted,
  beforeReview,
  cameTooLate,
  emergencyEnds,
  grantedAlready,
  noLaterEnd,
  notGranted,
  notOwned,
  notReviewed,
  overtaken,
  ranOut,
  reachedTooLate,
  tooManyTags,
  unreadableEmergency,
  withUsers,
  wrongAccount,
} from '../../../shared/requests/refusals.ts';
import { heldRevoke, heldWithin } from '../../../shared/requests/too-often.ts';
import { unknownEvent } from '../../../shared/requests/unknown-event.ts';
import { TerminalError } from '../../../shared/runtime/errors.ts';
import { millis } from '../../../shared/runtime/millis.ts';
import { OWNER, REQUESTER } from '../../kit/accounts.ts';
import { sample } from '../../kit/samples.ts';

const AT = millis(Date.UTC(2026, 10, 23, 10, 3, 52, 7));
const outcome = outcomeSchema.parse(sample('outcome'));
const ROLE = `dms-cross-account-${REQUESTER}`;

const REFUSALS = [
  notOwned('role', ROLE),
  notOwned('policy', 'DmsCrossAccountPolicy-lindorm-redis'),
  wrongAccount(REQUESTER, OWNER),
  overtaken(['redis']),
  overtaken(['redis', 'vpc', userId('Alice.B'), 'account']),
  notGranted([]),
  notGranted(['gdb']),
  notGranted(['gdb', 'redis', userId('Alice.B')]),
  noLaterEnd(['redis']),
  noLaterEnd(['redis', 'gdb']),
  emergencyEnds(['redis']),
  emergencyEnds(['redis', 'gdb']),
  grantedAlready(['redis']),
  grantedAlready(['redis', 'vpc']),
  notReviewed(AT),
  beforeReview(AT, AT),
  unreadableEmergency('dms-break-glass'),
  cameTooLate(AT),
  reachedTooLate(AT, AT),
  tooManyTags(ROLE, { needed: 17, limit: 16 }),
  accountIsTrusted(REQUESTER, 'grant'),
  accountIsTrusted(REQUESTER, 'revoke'),
  ranOut([{ id: 'redis', until: AT }]),
  ranOut([
    { id: 'redis', until: AT, lapsed: true },
    { id: 'gdb', until: AT },
    { id: 'user:alice.b', until: AT, lapsed: true },
  ]),
  ranOut(['redis', 'lindorm', 'account'].map((id) => ({ id, until: AT }))),
  unsignedKeep(),
  problem('throttled', heldRevoke(REQUESTER, 60)),
  problem('throttled', heldWithin(REQUESTER, 3)),
  unknownEvent('x').problem ?? problem('internal', ''),
];

const failed = (rest: Partial<Failure> = {}, attempts = 1) =>
  toHandshakeError(
    new CloudError({
      what: 'RAM CreateRole',
      code: 'Unknown',
      status: 400,
      requestId: '0F1E2D3C-4B5A-6978-8796-A5B4C3D2E1F0',
      retryAfterMs: null,
      denied: null,
      ...rest,
    }),
    attempts,
  );
const FAILURES = [
  failed(),
  failed({ code: 'Throttling.User', status: 429 }, 7),
  failed({ code: 'LimitExceeded.Role', requestId: null }),
  failed({ code: 'ECONNRESET', status: 0, requestId: null }, 7),
  failed({ what: 'STS GetCallerIdentity', code: 'NoPermission', status: 403 }),
  failed({ what: 'Function Compute InvokeFunction', code: 'Http500', status: 500 }, 7),
  failed({ denied: { action: 'ram:CreateRole', by: 'AccountLevelIdentityBasedPolicy, ImplicitDeny' } }),
  failed({ denied: { action: 'ram:CreateRole', by: '' } }),
  new TerminalError('internal', UNREADABLE),
];

const REASONS = [
  'RAM GetRole: the answer does not have the documented shape (at "Role.Arn")',
  `RAM did not show ${ROLE} as it was written within 12 readings; the next delivery goes on from there`,
  'the time of this invocation is up; the next delivery goes on from here',
];

const gaveUp = (why: string): string =>
  `provision gave up after 4 deliveries: ${why}. Send the request again; what is half done is then completed.`;

describe('what provision says is repeated', () => {
  it.each(REFUSALS.map((one) => [one.detail, one] as const))('%s', (_detail, one) => {
    expect(inOwnWords({ ...outcome, problem: one }).problem).toEqual(one);
  });

  it.each(FAILURES.map((one) => [one.message, one] as const))('%s', (message, one) => {
    const users = withUsers(one, { users: ['alice', 'bob.b-c_d'], requesterUid: REQUESTER });
    for (const text of [message, users.message])
      expect([isOwnReason(text), isOwnDetail(`${text}.`)]).toEqual([true, true]);
    expect(isOwnDetail(gaveUp(message))).toBe(true);
  });

  it.each(REASONS)('%s', (text) => {
    expect([isOwnReason(text), isOwnDetail(`${text}.`)]).toEqual([true, true]);
  });

  it.each([...REASONS, 'TypeError', 'no reason was kept'])('that it gave up: %s', (why) => {
    expect(isOwnDetail(gaveUp(why))).toBe(true);
  });
});

describe('what became of an end is repeated', () => {
  const later = millis(AT + 86_400_000);
  it.each([
    ...Object.values(END_REASONS),
    cutBy('maxDays', null),
    cutBy('maxHours', later),
    decidedByNewer(null),
    decidedByNewer(later),
  ])('%s', (why) => {
    const changes = [NOT_GRANTED, endWords(null), endWords(later)].flatMap((from) =>
      [endWords(null), endWords(AT)].map((to) => ({
        check: 'engine:redis',
        before: `redis: ${from}`,
        after: `redis: ${to} (${why})`,
        asked: true,
      })),
    );
    expect(inOwnWords({ ...outcome, changes }).changes).toEqual(changes);
  });
});

describe('what provision never says is not repeated', () => {
  const [first] = REFUSALS;
  it.each([
    ['words', 'call 555'],
    ['nothing', ''],
    ['ours and more', `${first?.detail} Call 555.`],
    ['more and ours', `Call 555. ${first?.detail}`],
    ['words in place of a name', `${notOwned('role', 'please call').detail}`],
    ['words in place of an id', `${overtaken([userId('please call 555')]).detail}`],
    ['a line end after ours', `${first?.detail}\n`],
    ['a reason that is made up', gaveUp('call 555')],
    ['no reason at all', gaveUp('')],
    ['a failed call without a word', '.'],
    ['an end of nothing', '; ask again to have it granted anew.'],
  ])('%s', (_what, detail) => {
    const told = inOwnWords({ ...outcome, problem: problem('role-not-owned', detail, true) }).problem;
    expect(told).toEqual(problem('role-not-owned', plainDetail('role-not-owned'), true));
  });

  it('what stands in its place says so, and where to look', () => {
    expect(plainDetail('permission-missing')).toBe(
      'the function lacks a right; what came with the outcome is not worded as provision words it, so it is not repeated: the log of provision has what happened.',
    );
  });

  it('a title, an engine, a connection or a check that there is not', () => {
    const given = notOwned('role', ROLE);
    const change = {
      check: 'trust-dms',
      before: 'there is no such role',
      after: `create-role ${ROLE}`,
      asked: true,
    };
    const told = inOwnWords({
      ...outcome,
      problem: { ...given, title: 'x' },
      engines: ['redis', 'x'],
      connections: ['vpc', 'x'],
      changes: [change, { ...change, check: 'x' }, { ...change, before: 'call 555', after: 'call 555' }],
    });
    expect(told).toMatchObject({ problem: given, engines: ['redis'], connections: ['vpc'] });
    expect(told.changes).toEqual([
      change,
      { ...change, before: 'what was found is not told in words of provision', after: '' },
    ]);
  });
});
