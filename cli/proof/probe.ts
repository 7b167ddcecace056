import { randomUUID } from 'node:crypto';
import { Inbox, type Keyed, type ReplyQueue } from '../../client/inbox.ts';
import { jsonIn } from '../../events/json-text.ts';
import { type Probe, probeSchema } from '../../events/probe.ts';
import { xmlSafeJson } from '../../events/xml-safe-json.ts';
import { topic } from '../../shared/alicloud/topic.ts';
import { topicArn } from '../../shared/installation/document-parts.ts';
import type { Clock } from '../../shared/runtime/clock.ts';
import { mnsOf, patienceOf, type Site } from '../site.ts';

/** A probe that is older than this says how things were, and proves nothing; the slowest pause of a retry is 512 s. */
const FRESH_MS = 15 * 60_000;

/**
 * Publishes a probe for a requester to the reply topic of account B, as verify publishes a reply to it: its subscription
 * pushes it into its queue, or retries for a day. Throws what the topic throws.
 */
export async function sendProbe(site: Site, replyTopic: string, requesterUid: string): Promise<Probe> {
  const probe: Probe = {
    specversion: '1.0',
    id: randomUUID(),
    source: topicArn(site.region, site.ownerUid, replyTopic),
    type: 'dms-handshake.probe.v1',
    subject: requesterUid,
    time: new Date(site.clock.now()).toISOString(),
  };
  await topic(replyTopic, mnsOf(site), patienceOf(site)).publish(xmlSafeJson(probe), requesterUid);
  return probe;
}

/**
 * The first fresh probe that arrives in a queue within `waitMs`, or the one of that id; null when none came. Every probe
 * that is met is taken out of the queue, old ones too; whatever else is met is shown to others again.
 */
export async function awaitProbe(
  open: () => Promise<ReplyQueue>,
  clock: Clock,
  waitMs: number,
  id?: string,
): Promise<Probe | null> {
  const inbox = new Inbox(open, clock, probeIn);
  const until = clock.now() + waitMs;
  for (;;) {
    const probe = await inbox.take(PROBES, Math.max(0, until - clock.now()));
    if (probe === null || (id === undefined ? isFresh(probe, clock) : probe.id === id)) return probe;
  }
}

const isFresh = ({ time }: Probe, clock: Clock): boolean => clock.now() - Date.parse(time) <= FRESH_MS;

/** All probes are waited for under one key. */
const PROBES = 'probe';

function probeIn(body: string): Keyed<Probe> | null {
  const parsed = probeSchema.safeParse(jsonIn(body));
  return parsed.success ? { key: PROBES, message: parsed.data } : null;
}
