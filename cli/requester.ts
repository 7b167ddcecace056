import { type Reply, replySchema, xmlSafeJson } from '../events/reply.ts';
import { roleArn } from '../shared/access/names.ts';
import { senderRoleName } from '../shared/access/rights.ts';
import { Api } from '../shared/alicloud/api.ts';
import type { Credentials } from '../shared/alicloud/credentials.ts';
import { queue } from '../shared/alicloud/queue.ts';
import { openSession } from '../shared/alicloud/session.ts';
import { topic } from '../shared/alicloud/topic.ts';
import { type Clock, millis } from '../shared/runtime/clock.ts';

/** Where account A sends to and listens at. Endpoints are the local cloud's, or null for the real one's. */
export interface Asking {
  readonly clock: Clock;
  readonly region: string;
  readonly requesterUid: string;
  readonly ownerUid: string;
  readonly credentials: Credentials;
  readonly requesterEndpoint: string;
  readonly ownerEndpoint: string;
  readonly requestTopic: string;
  readonly replyQueue: string;
}

/** The longest that one long poll of the queue service lasts, in seconds. */
const LONGEST_POLL_S = 30;

/** Publishes a request as account A: assumes the sender role that B made for it. Resolves with the message id. */
export async function sendRequest(asking: Asking, request: object): Promise<string> {
  const { clock, region, ownerUid, requesterUid, requesterEndpoint, ownerEndpoint } = asking;
  const patience = { clock, random: Math.random, deadline: millis(clock.now() + 30_000) };
  const api = new Api({ ...patience, credentials: asking.credentials, endpoint: requesterEndpoint });
  const credentials = await openSession(api, region, {
    roleArn: roleArn(ownerUid, senderRoleName(requesterUid)),
    sessionName: 'dms-handshake-request',
    externalId: null,
    sessionPolicy: null,
  });
  const sender = topic(
    asking.requestTopic,
    { accountId: ownerUid, endpoint: ownerEndpoint, credentials },
    patience,
  );
  return sender.publish(xmlSafeJson(request));
}

/** Waits on A's queue for the reply to a request, and takes it out. Null when none came in time; others' stay. */
export async function awaitReply(asking: Asking, requestId: string, waitMs: number): Promise<Reply | null> {
  const { clock, requesterUid, credentials, requesterEndpoint } = asking;
  const until = clock.now() + waitMs;
  const patience = { clock, random: Math.random, deadline: millis(until + 30_000) };
  const options = { accountId: requesterUid, endpoint: requesterEndpoint, credentials };
  const replies = queue(asking.replyQueue, options, patience);
  for (let left = waitMs; left > 0; left = until - clock.now()) {
    const received = await replies.receive(Math.min(LONGEST_POLL_S, Math.ceil(left / 1_000)));
    if (received === null) continue;
    const reply = replySchema.safeParse(JSON.parse(received.body));
    if (!reply.success || reply.data.data.requestId !== requestId) continue;
    await replies.remove(received.receiptHandle);
    return reply.data;
  }
  return null;
}
