import { describe, expect, it } from 'vitest';
import type { Problem } from '../../../events/problem.ts';
import * as approval from '../../../shared/requests/approval-refusals.ts';
import { misreadWord } from '../../../shared/requests/owners-word.ts';
import * as refusals from '../../../shared/requests/refusals.ts';
import { heldRevoke, heldWithin } from '../../../shared/requests/too-often.ts';
import { UNKNOWN_EVENT } from '../../../shared/requests/unknown-event.ts';
import { RetryableError, TerminalError } from '../../../shared/runtime/errors.ts';
import { millis } from '../../../shared/runtime/millis.ts';

const [A, B] = ['1000000000000001', '2000000000000002'];
const AT = millis(Date.parse('2026-11-23T10:00:00.000Z'));
const LATER = millis(Date.parse('2026-11-23T11:30:00.000Z'));
const ROLE = 'dms-cross-account-1000000000000001';

/** What is refused, why, and the way out, as people read it. */
const TEXTS: readonly (readonly [Problem, string, string])[] = [
  [
    refusals.wrongAccount(A, B),
    'wrong-account',
    "the function's credentials belong to account 1000000000000001, not to the configured owner 2000000000000002; set OWNER_UID to the account that the function runs in, or deploy it there.",
  ],
  [
    refusals.notOwned('policy', 'DmsCrossAccountPolicy-redis'),
    'role-not-owned',
    "the policy DmsCrossAccountPolicy-redis exists without the tag managed-by=dms-handshake, so it is somebody else's and was not touched; rename or delete it, or tag it to hand it over, then send the request again.",
  ],
  [
    refusals.ownAccount(B),
    'own-account',
    "requesterUid is 2000000000000002, the owner's own account, in which DMS needs no role, and RAM would rewrite the trust to plain dms.aliyuncs.com; give the UID of the account that runs DMS.",
  ],
  [
    refusals.pastExpiry({ expiresAt: '2026-11-23T09:00:00Z' }, AT),
    'invalid-request',
    'expiresAt is "2026-11-23T09:00:00Z", which was past when the request was sent at 2026-11-23T10:00:00.000Z; give a later time or leave it out.',
  ],
  [
    refusals.overtaken(['redis', 'gdb']),
    'superseded',
    'a newer request has decided about redis, gdb; send a new request if this one still holds.',
  ],
  [
    refusals.notGranted([]),
    'invalid-request',
    'nothing is granted, so no end can be extended; ask for it with a grant.',
  ],
  [
    refusals.notGranted(['redis']),
    'invalid-request',
    'redis is not granted, so the end cannot be extended; leave it out, or ask for it with a grant. Nothing was changed.',
  ],
  [
    refusals.notGranted(['redis', 'gdb']),
    'invalid-request',
    'redis, gdb are not granted, so the end cannot be extended; leave it out, or ask for it with a grant. Nothing was changed.',
  ],
  [
    refusals.noLaterEnd(['redis', 'gdb']),
    'expired',
    'redis, gdb may last no longer: "maxDays" of requesters.json counts from the first grant, and an extension does not begin anew; ask for a new grant when it has ended.',
  ],
  [
    refusals.emergencyEnds(['redis']),
    'invalid-request',
    'redis was granted in an emergency, which is not extended; ask for it with a grant that is none. Nothing was changed.',
  ],
  [
    refusals.emergencyEnds(['redis', 'gdb']),
    'invalid-request',
    'redis, gdb were granted in an emergency, which is not extended; ask for it with a grant that is none. Nothing was changed.',
  ],
  [
    refusals.grantedAlready(['redis']),
    'invalid-request',
    'redis is granted already, so this is no emergency; leave it out. Nothing was changed.',
  ],
  [
    refusals.grantedAlready(['redis', 'gdb']),
    'invalid-request',
    'redis, gdb are granted already, so this is no emergency; leave them out. Nothing was changed.',
  ],
  [
    refusals.notReviewed(AT),
    'not-approved',
    'the owner has not yet confirmed the last access in an emergency, of 2026-11-23T10:00:00.000Z; there is no other until it has ("npx dms-handshake review --keep ROLE"). Ask the owner, or ask without "breakGlass".',
  ],
  [
    refusals.beforeReview(AT, LATER),
    'not-approved',
    'access in an emergency was asked for at 2026-11-23T10:00:00.000Z, and the owner has confirmed the role after that, at 2026-11-23T11:30:00.000Z, without having seen it; if it is still needed, send it with another request id.',
  ],
  [
    refusals.unreadableEmergency('dms-break-glass'),
    'not-approved',
    'the tag dms-break-glass of the role cannot be read, so it is not known whether the last access in an emergency was confirmed; the owner looks in ActionTrail who wrote it, and takes it off. Ask the owner, or ask without "breakGlass".',
  ],
  [
    refusals.cameTooLate(AT),
    'expired',
    'the grant was to end at 2026-11-23T10:00:00.000Z, which was past when the request arrived; ask again with a later end.',
  ],
  [
    refusals.reachedTooLate(AT, LATER),
    'expired',
    'the grant was asked for at 2026-11-23T10:00:00.000Z and reached provision at 2026-11-23T11:30:00.000Z, which is too late to know that nothing has taken it back since; ask again.',
  ],
  [
    refusals.MISPLACED_UPKEEP,
    'invalid-request',
    'the topic of upkeep takes what verify finds due, and nothing else; send requests to a request topic, and find out who may publish here beside the verify function.',
  ],
  [
    refusals.ranOut([
      { id: 'redis', until: AT },
      { id: 'gdb', until: LATER, lapsed: true },
    ]),
    'expired',
    'redis ended at 2026-11-23T10:00:00.000Z; gdb ended at 2026-11-23T11:30:00.000Z, because nobody had confirmed it after its review was told; ask again to have it granted anew.',
  ],
  [
    refusals.tooManyTags(ROLE, { needed: 17, limit: 16 }),
    'quota-exceeded',
    'the record of dms-cross-account-1000000000000001 would need 17 tags, and a grant may fill 16 of the 20 that RAM keeps (14 RAM users by name), so that taking away always has room; take tags of others off the role, or revoke what is no longer needed, then send the request again.',
  ],
  [
    refusals.accountIsTrusted(A, 'grant'),
    'invalid-request',
    'the whole account 1000000000000001 is trusted, so a grant for some of its users changes nothing; to narrow it, first revoke the console access without "users", then grant it with the users that are to keep it.',
  ],
  [
    approval.notApproved('r-1'),
    'not-approved',
    'the owner has denied the request r-1, or nobody approved it within 20 hours; if it is still needed, send it with another request id.',
  ],
  [
    approval.replaced('r-1'),
    'superseded',
    'a newer request of this account has taken the place of r-1, which nobody had approved yet; send it again, with another request id, if both are needed.',
  ],
  [
    approval.newerWaits('r-1'),
    'superseded',
    "the request r-1, which is as new or newer, waits for the owner's approval; send this one again if it still holds.",
  ],
  [
    approval.idInUse('r-1'),
    'invalid-request',
    "a request with the id r-1 and other words waits for the owner's approval; send this one with an id of its own.",
  ],
  [
    approval.tooManyRefused(ROLE),
    'not-approved',
    'more requests for dms-cross-account-1000000000000001 were denied or not answered within a day than can be remembered there, so nothing new waits for approval until a day after the last of them; ask again then, or with a shorter request id, which takes less room.',
  ],
  [
    approval.notWaiting('r-1'),
    'invalid-request',
    'no request r-1 with these words and of this time waits for approval: it was changed, approved or denied before, or has ended; nothing was done. See "npx dms-handshake pending".',
  ],
  [
    approval.denied('r-1', null),
    'not-approved',
    'the owner has denied the request r-1; if it is still needed, send another one, with another request id.',
  ],
  [
    approval.denied('r-1', 'not "now"\u202e'),
    'not-approved',
    'the owner has denied the request r-1: "not \\"now\\"\\u202e"; if it is still needed, send another one, with another request id.',
  ],
  [
    approval.otherOwner(A, B),
    'wrong-account',
    'the answer is for account 1000000000000001, and this is 2000000000000002; nothing was done.',
  ],
  [
    approval.unsignedApproval(),
    'signature-invalid',
    'requesters.json lists "approvers", and this approval bears the signature of none of them that was made within 300 seconds of sending; sign it with "npx dms-handshake approve" and a listed key. Nothing was done.',
  ],
  [
    approval.unsignedKeep(),
    'signature-invalid',
    'requesters.json lists "approvers", and this confirmation of a role bears the signature of none of them that was made within 300 seconds of sending; sign it with "npx dms-handshake review --keep ROLE" and a listed key. Nothing was done.',
  ],
  [misreadWord(null), 'invalid-request', 'on the topic of the owner, nothing is said.'],
  [
    misreadWord('owner.close is missing'),
    'invalid-request',
    'on the topic of the owner, owner.close is missing.',
  ],
  [
    UNKNOWN_EVENT,
    'invalid-request',
    'the event is of no known trigger, so nobody can tell when it was published; give the topic trigger notifyContentFormat: JSON, and send requests to the topic.',
  ],
];

it.each(TEXTS)('a refusal %#, of the code %s, says why and what to do', (given, code, detail) => {
  expect(given).toMatchObject({ code, detail, retryable: false });
});

it('what is held back says how much may be sent', () => {
  expect(heldRevoke(A, 60)).toBe(
    'account 1000000000000001 has sent more than 60 revokes within a minute, and this one was carried out in it; nothing is left to take away.',
  );
  expect(heldWithin(A, 3)).toBe(
    'account 1000000000000001 may have 3 requests a minute carried out, and this one came on top; send it again in a minute, or the owner raises "requestsPerMinute" in requesters.json and deploys again.',
  );
});

describe('what failed while RAM users were to be trusted', () => {
  const users = ['alice', 'bob.b'];
  const TEXT =
    'RAM said no; if it stays so, look in account 1000000000000001 whether its RAM users have exactly these names: "alice", "bob.b"; or ask without "users", which trusts the whole account';

  it.each([
    [new TerminalError('internal', 'RAM said no'), TerminalError, 'invalid-request'],
    [new TerminalError('permission-missing', 'RAM said no'), TerminalError, 'permission-missing'],
    [new RetryableError('internal', 'RAM said no'), RetryableError, 'internal'],
  ])('says where to look, and stays what it is: %#', (error, kind, code) => {
    const told = refusals.withUsers(error, { users, requesterUid: A });
    expect(told).toBeInstanceOf(kind);
    expect([told.code, told.message, told.cause]).toEqual([code, TEXT, error]);
  });

  it.each([
    ['no users were named', new TerminalError('internal', 'x'), undefined],
    ['RAM was asked too often', new RetryableError('throttled', 'x'), users],
    ['a quota is full', new TerminalError('quota-exceeded', 'x'), users],
  ])('says no more where %s', (_what, error, named) => {
    expect(refusals.withUsers(error, { users: named, requesterUid: A })).toBe(error);
  });
});
