import type { DestinationEvent } from '../../events/destination.ts';
import type { Outcome } from '../../events/outcome.ts';
import type { Reply } from '../../events/reply.ts';
import { readRequesters } from '../../shared/admission/requesters.ts';
import { POLICY_ENGINES } from '../../shared/catalogue/engine.ts';
import { attachedForm, type Desired, desiredRole } from '../../shared/reconcile/desired.ts';
import { applyChange } from '../../shared/record/apply-change.ts';
import { EMPTY_RECORD, recordTags } from '../../shared/record/record.ts';
import { outcome, toldTo } from '../../shared/requests/outcome.ts';
import { outcomesOf } from '../../shared/requests/receive-outcomes.ts';
import type { Receiving } from '../../shared/requests/receiving.ts';
import { roleArn } from '../../shared/runtime/arn.ts';
import type { Config } from '../../shared/runtime/config.ts';
import { type FunctionContext, functionArn } from '../../shared/runtime/context.ts';
import { messageOf } from '../../shared/runtime/errors.ts';
import type { Invocation } from '../../shared/runtime/handler.ts';
import { log } from '../../shared/runtime/log.ts';
import type { Millis } from '../../shared/runtime/millis.ts';
import type { EvidencePorts } from '../../shared/verification/collect-evidence.ts';
import { verify } from '../../shared/verification/verify.ts';
import { rehearseCalls } from './rehearse-calls.ts';

/** An account that nobody has: real ones have 16 digits. */
const NOBODY = '1';

/** As if it were listed, so that its request is read to the end. */
const LISTED = JSON.stringify({
  requesters: [{ uid: NOBODY, name: 'nobody', engines: '*', access: ['register'] }],
});

/** Gets an instance ready for its first outcome. What goes wrong is no fault of any request, and does not come again. */
export async function prepare(invocation: Invocation, config: Config, at: Receiving): Promise<void> {
  try {
    await rehearse(invocation, config, at);
  } catch (error) {
    log({ event: 'not-prepared', detail: messageOf(error) });
  }
}

/**
 * Proves a made-up role of a made-up requester, so that what the next event needs is loaded and compiled when it comes, and
 * answers the reply, which is for nobody. The ports answer from memory, and none of them publishes: whoever has this run can
 * neither have a call made nor anything said.
 */
export async function rehearse(
  { clock, context }: Pick<Invocation, 'clock' | 'context'>,
  config: Config,
  at: Receiving,
): Promise<Reply | null> {
  const now = clock.now();
  const ids = POLICY_ENGINES;
  const { record } = applyChange(EMPTY_RECORD, { action: 'grant', ids, at: now, until: null });
  const desired = desiredRole(record, now, { ...config, access: 'register', requesterUid: NOBODY });
  const head = {
    requestId: context.requestId,
    fingerprint: '',
    ...toldTo(NOBODY),
    reference: null,
    action: 'grant',
    access: 'register',
  } as const;
  const made = outcome(head, 'applied', {
    engines: [...ids],
    record: Object.fromEntries(recordTags(record)),
    changedAt: now,
    changes: [
      {
        check: 'role-exists',
        before: 'there is no such role',
        after: `create-role ${desired.roleName}`,
        asked: true,
      },
    ],
  });
  // A deadline that is over: whatever is found, it is not waited for.
  const ports = { clock, deadline: now, ...asIfThere(desired, config, now) };
  const requesters = () => {
    at.requesters();
    return readRequesters(LISTED);
  };
  const [read] = outcomesOf(recordOf(made, context, now), { ...at, requesters }) ?? [];
  if (read === undefined) return null;
  const reply = await verify(read, config, { ...config, source: functionArn(context) }, ports);
  if (reply !== null) await rehearseCalls({ clock, context }, config, reply);
  return reply;
}

/** What the platform would hand over with such an outcome. */
const recordOf = (made: Outcome, context: FunctionContext, now: Millis): DestinationEvent => ({
  timestamp: now,
  requestContext: {
    requestId: made.requestId,
    functionArn: functionArn(context),
    condition: '',
    approximateInvokeCount: 1,
  },
  requestPayload: JSON.stringify({
    TopicOwner: context.accountId,
    TopicName: '',
    MessageId: made.requestId,
    Message: JSON.stringify({ requesterUid: NOBODY, engines: made.engines }),
    PublishTime: now,
  }),
  responseContext: { statusCode: 200, functionError: '' },
  responsePayload: JSON.stringify([made]),
});

/** Answers about a role that is what it should be. */
function asIfThere(desired: Desired, { ownerUid }: Config, now: Millis): EvidencePorts {
  const { roleName: name, trust, tags, policy } = desired;
  const attached = attachedForm(desired);
  const text = policy?.kind === 'ours' ? JSON.stringify(policy.document) : '';
  return {
    identity: { accountId: async () => ownerUid },
    ram: {
      role: async () => ({
        name,
        arn: roleArn(ownerUid, name),
        trust: JSON.stringify(trust),
        createdAt: now,
      }),
      roleTags: async () => tags,
      policyTags: async () => tags,
      attachedPolicies: async () => (attached === null ? [] : [attached]),
      policy: async (asked) => ({ name: asked, text, attachments: 1, updatedAt: now }),
    },
    assumer: {
      assume: async ({ externalId }) =>
        externalId === null
          ? { kind: 'denied', detail: 'made up' }
          : { kind: 'session', session: { expiresAt: now } },
    },
    prober: { probe: async () => ({ kind: 'answered', detail: 'made up' }) },
  };
}
