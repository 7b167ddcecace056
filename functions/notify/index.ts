import { jsonIn } from '../../events/json-text.ts';
import { topicEventSchema } from '../../events/topic.ts';
import { TerminalError } from '../../shared/runtime/errors.ts';
import { handlerOf } from '../../shared/runtime/handler.ts';
import { log } from '../../shared/runtime/log.ts';
import { readChannels } from './channels.ts';
import { noticeOf } from './notice.ts';
import { Sent, tell } from './notify.ts';

/** Kept from one invocation to the next: there is one instance. */
const sent = new Sent();

/** Tells people of the replies of the reply topic. Nobody waits for it, and it has no right in the account. */
export const handler = handlerOf(async (event, { clock }) => {
  const topic = topicEventSchema.safeParse(event);
  if (!topic.success)
    throw new TerminalError('internal', 'notify takes the events of the reply topic; this is none of them');
  const notice = noticeOf(jsonIn(topic.data.Message));
  if (notice === null) return { told: [] };
  const told = await tell(notice, readChannels(process.env), sent, clock);
  log({ event: 'told', status: notice.kind, detail: told.join(', ') });
  return { told };
});
