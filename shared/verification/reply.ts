import type { Check } from '../../events/check.ts';
import { cloudEvent } from '../../events/cloud-event.ts';
import type { Outcome } from '../../events/outcome.ts';
import { problem } from '../../events/problem.ts';
import type { Reply, ReplyData, Status } from '../../events/reply.ts';
import { narrowedParts } from '../catalogue/resolve-engines.ts';
import { atMost } from '../reconcile/at-most.ts';
import { expiryOf } from '../record/expiry.ts';
import { grantedList } from '../record/granted-list.ts';
import { readRecord } from '../record/record.ts';
import type { RequestHead } from '../requests/outcome.ts';
import type { Millis } from '../runtime/millis.ts';
import { prerequisitesOf } from './prerequisites.ts';
import type { Proof } from './proof.ts';
import { unchecked } from './unchecked.ts';

/** Who replies: the function's ARN, as the CloudEvent's source, and where people of the owner sign in. */
export interface ReplySource {
  readonly source: string;
  readonly ownerUid: string;
  /** Host of the console's sign-in pages; international accounts have another. */
  readonly signInHost: string;
}

/** The reply about a request that provision refused or failed at: there is nothing to prove. */
export function replyWithoutProof(outcome: Outcome, sender: ReplySource, now: Millis): Reply {
  const status: Status = outcome.result === 'rejected' ? 'rejected' : 'failed';
  const record = readRecord(new Map(Object.entries(outcome.record)), now);
  const ends = expiryOf(record, now);
  return replyAbout(outcome, sender, now, {
    status,
    roleArn: null,
    engines: outcome.engines,
    connections: outcome.connections,
    expiresAt: ends === null ? null : new Date(ends).toISOString(),
    grants: grantedList(record, now),
    assurance: 'structural',
    checks: [],
    prerequisites: [],
    console: null,
    problem: outcome.problem,
  });
}

/** The reply about a role that was looked at: its verdict and the evidence. */
export function replyWithProof(outcome: Outcome, proof: Proof, sender: ReplySource, now: Millis): Reply {
  const { role, granted, desired, record, checks } = proof;
  const failed = checks.filter((check) => check.status === 'fail');
  const good: Status = outcome.action === 'revoke' || outcome.action === 'upkeep' ? 'revoked' : 'verified';
  const status = failed.length > 0 ? 'failed' : good;
  const ends = expiryOf(record, now);
  return replyAbout(outcome, sender, now, {
    status,
    roleArn: role?.arn ?? null,
    engines: role === null ? [] : [...granted.engines],
    connections: role === null ? [] : [...granted.connections],
    ...(role === null ? {} : narrowedParts(granted.narrowed)),
    expiresAt: ends === null ? null : new Date(ends).toISOString(),
    grants: role === null ? [] : grantedList(record, now),
    assurance: assuranceOf(checks),
    checks: [...checks],
    ...(outcome.changes.length === 0 ? {} : { changes: outcome.changes }),
    prerequisites:
      status === 'verified'
        ? [...unchecked(checks), ...prerequisitesOf(desired.terms, granted.narrowed)]
        : [],
    console: consoleOf(proof, sender, status),
    problem:
      failed.length === 0
        ? outcome.problem
        : problem(
            'verification-failed',
            `${atMost(
              failed.map(({ id, detail }) => `${id}: ${detail}`),
              2_000,
            )}.`,
            true,
          ),
  });
}

/** `assumed` if AssumeRole gave a session, else `structural`. */
export const assuranceOf = (checks: readonly Check[]): ReplyData['assurance'] =>
  checks.some(({ id, status }) => id === 'assume-role' && status === 'pass') ? 'assumed' : 'structural';

/**
 * What people of the requester need to switch to a console role: the link, and the narrowest policy that lets a RAM user
 * do it. Null where nobody may.
 *
 * Belief switch-link (inferred): the page for switching roles takes an alias of the form <uid>.onaliyun.com. Source:
 * its form takes an alias, a domain or a UID. Shown wrong by: by hand, because only a browser shows it: open the link of a console reply.
 */
function consoleOf(
  { role, desired: { terms } }: Proof,
  sender: ReplySource,
  status: Status,
): ReplyData['console'] {
  if (terms.access !== 'console' || terms.trusted === 'nobody' || role === null || status !== 'verified')
    return null;
  const query = new URLSearchParams({
    parentAlias: `${terms.ownerUid}.onaliyun.com`,
    roleName: role.name,
  });
  return {
    switchRoleUrl: `https://${sender.signInHost}/switchRole.htm?${query}`,
    requesterPolicy: {
      Statement: [
        {
          Action: 'sts:AssumeRole',
          Effect: 'Allow',
          Resource: `acs:ram:*:${terms.ownerUid}:role/${role.name.toLowerCase()}`,
        },
      ],
      Version: '1',
    },
  };
}

/** A reply about a request. Replies of one fingerprint are copies, with one id. */
export const replyAbout = (
  about: Omit<RequestHead, 'action' | 'to'>,
  { source, ownerUid }: ReplySource,
  now: Millis,
  data: Omit<ReplyData, 'requestId' | 'requesterUid' | 'ownerUid' | 'access' | 'reference' | 'breakGlass'>,
): Reply => {
  const { requestId, requesterUid, access, reference, breakGlass } = about;
  const head = { requestId, requesterUid, ownerUid, access, reference };
  return cloudEvent(source, about, now, {
    ...data,
    ...head,
    ...(breakGlass === undefined ? {} : { breakGlass }),
  });
};
