import type { PendingRequest } from '../../events/approval-report.ts';
import { jsonIn } from '../../events/json-text.ts';
import { parseRequest } from '../../events/parse-request.ts';
import * as z from '../../events/zod.ts';
import { queue } from '../../shared/alicloud/queue.ts';
import { ramLister } from '../../shared/alicloud/ram-lister.ts';
import { isOurs, parseRoleName } from '../../shared/catalogue/names.ts';
import { standardNames } from '../../shared/installation/installation.ts';
import { type Asked, endOf, readAskings, waits } from '../../shared/record/asked.ts';
import { readNotes } from '../../shared/record/notes.ts';
import { readRecord } from '../../shared/record/record.ts';
import { digestOf, wordsOf } from '../../shared/requests/request-digest.ts';
import { pool } from '../../shared/runtime/pool.ts';
import { apiOf, mnsOf, patienceOf, type Site } from '../site.ts';
import { heldThen } from './held-then.ts';

/** So many messages are looked at: to receive more would take longer than the first stay hidden. */
const MOST = 1_000;
const SIDE_BY_SIDE = 8;
/** Who has just looked at a message puts it back for after a second. */
const WAIT_S = 2;
const PATIENCE_MS = 120_000;

/** A request that waits, and the role that it waits on. `granted`: what that granted when it was asked for, in words. */
export interface Waiting extends PendingRequest {
  readonly roleName: string;
  readonly granted: string;
}

/**
 * What waits for approval. That something waits, since when, and its digest are read from the notes of the roles, which
 * only provision writes; its words from the owner's queue of replies, where they count only if they have that digest. So
 * neither a lost message nor a made-up one can have anything else approved than what waits. With `withoutWords` the queue
 * is left alone: whoever has the words from elsewhere does not wait for it.
 */
export async function findPending(
  site: Site,
  { withoutWords = false }: { readonly withoutWords?: boolean } = {},
): Promise<readonly Waiting[]> {
  const now = site.clock.now();
  const found: (Pick<Waiting, 'requesterUid' | 'roleName' | 'granted'> & { readonly asked: Asked })[] = [];
  for await (const { name, tags } of ramLister(apiOf(site, PATIENCE_MS)).roles()) {
    const role = parseRoleName(name);
    const { asked } = readAskings(readNotes(tags));
    if (role !== null && isOurs(tags) && waits(asked, now))
      found.push({
        asked,
        requesterUid: role.requesterUid,
        roleName: name,
        granted: heldThen(readRecord(tags, now), asked.at),
      });
  }
  const digests = withoutWords ? [] : found.map(({ asked }) => asked.digest);
  const words = await wordsIn(site, new Set(digests));
  return found
    .map(({ asked, requesterUid, ...role }) => ({
      requestId: asked.requestId,
      requesterUid,
      request: words.get(asked.digest) ?? null,
      digest: asked.digest,
      since: new Date(asked.at).toISOString(),
      endsAt: new Date(endOf(asked)).toISOString(),
      ...role,
    }))
    .sort((a, b) => (a.since < b.since ? -1 : 1));
}

/** The words of the requests with these digests. A queue shows its messages only by handing them out; all are put back. */
async function wordsIn(
  site: Site,
  digests: ReadonlySet<string>,
): Promise<ReadonlyMap<string, Readonly<Record<string, unknown>>>> {
  const { ownerReplies } = standardNames(site.region, site.ownerUid);
  const replies = queue(ownerReplies, mnsOf(site), patienceOf(site, PATIENCE_MS));
  const words = new Map<string, Readonly<Record<string, unknown>>>();
  const held = new Map<string, string>();
  const total = digests.size === 0 ? 0 : await replies.count();
  try {
    while (words.size < digests.size && held.size < MOST) {
      const received = await replies.receive(held.size < total ? WAIT_S : 0);
      if (received === null || held.has(received.messageId)) break;
      held.set(received.messageId, received.receiptHandle);
      const request = requestIn(received.body);
      if (request !== null && digests.has(request.digest)) words.set(request.digest, request.words);
    }
  } finally {
    await pool([...held.values()], SIDE_BY_SIDE, (handle) => replies.release(handle, 1));
  }
  return words;
}

/** What counts of a `pending` event: whatever else it says, its words count by their digest alone. */
const noticeSchema = z.object({
  data: z.object({ status: z.literal('pending'), request: z.record(z.string(), z.unknown()) }),
});

function requestIn(body: string) {
  const notice = noticeSchema.safeParse(jsonIn(body));
  if (!notice.success) return null;
  const parsed = parseRequest(JSON.stringify(notice.data.data.request));
  if ('bad' in parsed || parsed.request.requestId === undefined) return null;
  const words = wordsOf(parsed.request, parsed.request.requestId);
  return { words, digest: digestOf(words) };
}
