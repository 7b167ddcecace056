import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Reply } from '../../events/reply.ts';
import { publishToTopic } from '../../local/cloud/mns/index.ts';
import type { TestCloud } from '../kit/test-cloud.ts';
import { weatherCloud } from '../kit/weather-cloud.ts';

/** One requester cannot keep the writer from another: what is over its rate costs no call of RAM. */

const LOUD = '1000000000000001';
const REQUESTS = 'dms-handshake-requests';

/** On a virtual clock: sixty requests take longer than their minute on a busy machine. */
let cloud: TestCloud;
beforeEach(async () => {
  const listed = {
    uid: LOUD,
    name: 'loud',
    engines: '*',
    access: ['register'],
    requestsPerMinute: 3,
    topics: [REQUESTS],
  };
  cloud = await weatherCloud({}, () => ({
    environment: { PATIENCE_SECONDS: '0' },
    requesters: { requesters: [listed], clients: [] },
  }));
});
afterEach(() => cloud.close());

const grant = (n: number) => ({ requesterUid: LOUD, engines: ['redis'], requestId: `grant-${n}` });
const revoke = (n: number) => ({ requesterUid: LOUD, action: 'revoke', requestId: `revoke-${n}` });

/** Publishes bodies at once, and answers the replies, one of each id. */
async function flood(bodies: readonly object[]): Promise<readonly Reply[]> {
  for (const body of bodies)
    publishToTopic(cloud.world, cloud.owner, REQUESTS, { body: JSON.stringify(body) });
  return [...new Map((await cloud.replies()).map((reply) => [reply.id, reply])).values()];
}
const held = (replies: readonly Reply[]) => replies.filter(({ data }) => data.problem?.code === 'throttled');

describe('a requester over its rate', () => {
  it('gets one answer to every request, and those on top cost no call of RAM', async () => {
    await flood([grant(1), grant(2), grant(3)]);
    cloud.forget();
    const replies = await flood(Array.from({ length: 20 }, (_, n) => grant(n + 4)));
    expect(new Set(replies.map(({ data }) => data.requestId)).size).toBe(20);
    expect(held(replies)).toHaveLength(20);
    expect(held(replies)[0]?.data).toMatchObject({ status: 'rejected', problem: { retryable: true } });
    expect(cloud.calls('ram')).toEqual([]);
  });

  it('has what it gave taken away all the same', async () => {
    const replies = await flood([1, 2, 3, 4, 5].map(grant));
    expect(held(replies)).toHaveLength(2);
    const [closed] = await flood([revoke(1)]);
    expect(closed?.data.status).toBe('revoked');
    expect(cloud.owner.ram.findRole(`dms-cross-account-${LOUD}`)?.attachments).toEqual([]);
  });

  it('gets no second answer to copies of what was carried out', async () => {
    await flood([grant(1), grant(2), grant(3)]);
    cloud.forget();
    expect(await flood([grant(2), grant(2), grant(3)])).toEqual([]);
    expect(cloud.calls('ram')).toEqual([]);
  });

  it('repeats of one revoke are held back only above 60 a minute, and not after a grant', async () => {
    await flood([grant(1)]);
    await flood(Array.from({ length: 60 }, (_, n) => revoke(n)));
    cloud.forget();
    expect(held(await flood([revoke(61), revoke(62)]))).toHaveLength(2);
    // A copy has the outcome of the one that was carried out, and gets no other.
    expect(await flood([revoke(1), revoke(2)])).toEqual([]);
    expect(cloud.calls('ram')).toEqual([]);
    await flood([grant(2)]);
    const [again] = await flood([revoke(63)]);
    expect(again?.data.status).toBe('revoked');
    expect(cloud.owner.ram.findRole(`dms-cross-account-${LOUD}`)?.attachments).toEqual([]);
  });
});
