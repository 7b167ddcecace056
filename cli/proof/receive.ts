import type { Probe } from '../../events/probe.ts';
import { queue } from '../../shared/alicloud/queue.ts';
import { mnsOf, patienceOf, type Site } from '../site.ts';
import { awaitProbe } from './probe.ts';

/** Waits in account A for a probe in the reply queue; null when none came. Throws what the queue throws. */
export const receiveProbe = (
  site: Site,
  replyQueue: string,
  waitMs: number,
  id?: string,
): Promise<Probe | null> =>
  // Calls of the queue have this long on top of the wait, or its last poll would be cut off.
  awaitProbe(async () => queue(replyQueue, mnsOf(site), patienceOf(site, 60_000)), site.clock, waitMs, id);
