import { failureIn } from '../../client/explain.ts';
import { xmlSafeJson } from '../../events/xml-safe-json.ts';
import { isDenied } from '../../shared/alicloud/errors.ts';
import { topic } from '../../shared/alicloud/topic.ts';
import { pool } from '../../shared/runtime/pool.ts';
import { mnsOf, patienceOf, type Site } from '../site.ts';
import type { Closing } from './closing.ts';

const SIDE_BY_SIDE = 8;

/**
 * Says each close over the owner's topic, one message a role. `sent` gets every message before it leaves, because it may
 * have arrived whatever is thrown then, except where the right is refused. Throws what the first message that failed
 * throws, after those under way have ended.
 */
export async function sendCloses(
  site: Site,
  topicName: string,
  closings: readonly Closing[],
  sent: Set<Closing>,
): Promise<void> {
  await pool(closings, SIDE_BY_SIDE, async (closing) => {
    const body = xmlSafeJson({ owner: { close: closing } });
    sent.add(closing);
    try {
      await topic(topicName, mnsOf(site), patienceOf(site)).publish(body);
    } catch (error) {
      const failure = failureIn(error)?.failure;
      if (failure !== undefined && isDenied(failure)) sent.delete(closing);
      throw error;
    }
  });
}
