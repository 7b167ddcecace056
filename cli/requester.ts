import { NoReplyError } from '../client/errors.ts';
import type { RequesterOptions } from '../client/options.ts';
import { requesterAt } from '../client/requester.ts';
import type { EngineId } from '../client/wanted.ts';
import { type Reply, replySchema } from '../events/reply.ts';
import { requestSchema } from '../events/request.ts';
import type { Credentials } from '../shared/alicloud/credentials.ts';
import type { Clock } from '../shared/runtime/clock.ts';

/** Where account A sends to and listens at in the demonstration, which runs both accounts itself. */
export interface RequesterAccount {
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

/** Sends a request as account A. Resolves with its request id. */
export async function sendRequest(asking: RequesterAccount, request: object): Promise<string> {
  const { action, requesterUid: _, engines, ...wanted } = requestSchema.parse(request);
  // Whatever is no engine is sent all the same: account B says so.
  const ids = engines?.map((word) => word as EngineId);
  return requesterAt(optionsOf(asking), asking.clock).send(action, { ...wanted, engines: ids });
}

/** Waits on A's queue for the reply to a request, and takes it out. Null when none came in time; others' stay. */
export async function awaitReply(
  asking: RequesterAccount,
  requestId: string,
  waitMs: number,
): Promise<Reply | null> {
  try {
    return replySchema.parse(
      await requesterAt(optionsOf(asking), asking.clock).waitForReply(requestId, { waitMs }),
    );
  } catch (error) {
    if (error instanceof NoReplyError) return null;
    throw error;
  }
}

/** What the client takes, and nothing besides: it refuses options that it does not know. */
function optionsOf(asking: RequesterAccount): RequesterOptions {
  const { clock: _clock, credentials, requesterEndpoint, ownerEndpoint, ...options } = asking;
  return {
    ...options,
    credentials: async () => credentials.reveal(),
    endpoints: { owner: ownerEndpoint, requester: requesterEndpoint },
  };
}
