import type { Reply } from '../../events/reply.ts';
import { Api } from '../../shared/alicloud/api.ts';
import { Credentials } from '../../shared/alicloud/credentials.ts';
import { sts } from '../../shared/alicloud/sts.ts';
import { outbox } from '../../shared/alicloud/topic.ts';
import { millis } from '../../shared/runtime/clock.ts';
import type { Config } from '../../shared/runtime/config.ts';
import type { Invocation } from '../../shared/runtime/handler.ts';

/** Nobody can listen at port 0: the system refuses the connection by itself, and nothing leaves this machine. */
const NOWHERE = '127.0.0.1:0';

const KEYS = { accessKeyId: 'STS.nobody', accessKeySecret: 'nobody', securityToken: 'nobody' } as const;

/** Time for one attempt and for none after it, in ms: a repetition is waited for 200 ms, and takes 250 at least. */
const ONE_ATTEMPT_MS = 440;

/**
 * Begins a call with each of the two SDKs, as far as one comes without a network, so that they are compiled when the first
 * real one is made. Of the keys and of the endpoint of this instance nothing is used but whether it is `https`.
 */
export async function rehearseCalls(
  { clock, context: { region } }: Pick<Invocation, 'clock' | 'context'>,
  { ownerUid, replyTopic, endpoint: real }: Config,
  reply: Reply,
): Promise<void> {
  const endpoint = `${real === null ? 'https' : new URL(real).protocol.slice(0, -1)}://${NOWHERE}`;
  const deadline = millis(clock.now() + ONE_ATTEMPT_MS);
  const patience = { clock, deadline, random: () => 1 };
  const credentials = new Credentials(KEYS, deadline);
  const identity = sts(new Api({ ...patience, credentials, endpoint }), region);
  const replies = outbox(replyTopic, { accountId: ownerUid, endpoint, credentials }, patience);
  await Promise.allSettled([identity.accountId(), replies.publish(reply, 'owner')]);
}
