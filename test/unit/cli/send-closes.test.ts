import { expect, it } from 'vitest';
import { type Closing, closings } from '../../../cli/owner/closing.ts';
import { sendCloses } from '../../../cli/owner/send-closes.ts';
import { standInSite } from '../../kit/stand-in-site.ts';
import { mnsError, type SayTo, standIn, xml } from '../alicloud/stand-in.ts';

const CLOSINGS = closings(
  ['1', '2'].map((requesterUid) => ({ access: 'console', requesterUid })),
  'run',
);
const TAKEN = xml(201, '<Message><MessageId>m</MessageId><MessageBodyMD5>x</MessageBodyMD5></Message>');

/** Sends both where the queue service answers like this: what was thrown, what may have arrived, and what did. */
async function sendingTo(answer: SayTo) {
  const { url, seen } = await standIn(answer);
  const site = standInSite(url);
  const sent = new Set<Closing>();
  const thrown: unknown = await sendCloses(site, 'owner-topic', CLOSINGS, sent).catch(
    (error: unknown) => error,
  );
  return { thrown, sent: [...sent], seen };
}

it('each close is a message of its own, with its request id', async () => {
  const { thrown, sent, seen } = await sendingTo(TAKEN);
  expect([thrown, sent]).toEqual([undefined, CLOSINGS]);
  expect(seen.map(({ url }) => url.pathname)).toEqual(Array(2).fill('/topics/owner-topic/messages'));
  const bodies = seen.map(({ body }) => body.replaceAll('&quot;', '"')).sort();
  for (const [index, closing] of CLOSINGS.entries())
    expect(bodies[index]).toContain(JSON.stringify({ owner: { close: closing } }));
});

it.each([
  ['where the right is refused', mnsError(403, 'AccessDenied'), 'AccessDenied', []],
  ['where nobody knows', mnsError(500, 'InternalError'), 'InternalError', CLOSINGS],
] as const)('what may have arrived is known: %s', async (_what, answer, code, arrived) => {
  const { thrown, sent } = await sendingTo(answer);
  expect(String(thrown)).toContain(code);
  expect(sent).toEqual(arrived);
});
