import type { Upkeep } from '../../events/upkeep.ts';
import { outcomesOf } from '../../shared/requests/receive-outcomes.ts';
import { TOPICS } from '../../shared/runtime/topics.ts';
import { type Looked, noteLooks } from '../../shared/verification/last-look.ts';
import { verify } from '../../shared/verification/verify.ts';
import type { Direct } from './direct.ts';
import type { Sent } from './hostile-moves.ts';
import { sample } from './samples.ts';
import { SENDER } from './sweeper.ts';

/**
 * What comes of an outcome that somebody made up and handed to verify: it says that the message was carried out, and that
 * an approver said yes. All that verify can bring about is the upkeep that it asks for; null where it asks for none.
 */
export async function forgedOutcome(at: Direct, body: object, topic: string): Promise<Sent | null> {
  const message = {
    ...sample('topic'),
    Message: JSON.stringify(body),
    TopicName: topic,
    PublishTime: at.clock.now(),
  };
  const record = { 'dms-engine-redis': `granted ${new Date(at.clock.now()).toISOString()}` };
  const claims = { result: 'applied', approvedBy: 'alice', engines: ['redis'], after: ['redis'], record };
  const event = {
    ...sample('destination-success'),
    requestPayload: JSON.stringify(message),
    responsePayload: JSON.stringify([{ ...sample('outcome'), ...claims }]),
  };
  const { requesters } = at.settings;
  const looks: Looked[] = [];
  const ports = { ...at.verifyPorts(), heard: (one: Looked) => void looks.push(one) };
  for (const outcome of outcomesOf(event, { ...at.settings, requesters: () => requesters }) ?? []) {
    if (outcome.approvedBy !== null) throw new Error(`${outcome.approvedBy} has signed nothing`);
    await verify(outcome, at.settings, SENDER, ports);
  }
  const asked: Upkeep[] = [];
  await noteLooks(looks, { ask: async (one) => void asked.push(one) }, at.clock.now());
  const [upkeep] = asked;
  return upkeep === undefined
    ? null
    : { topic: TOPICS.upkeep, body: { upkeep }, ago: 0, says: null, yes: false };
}
