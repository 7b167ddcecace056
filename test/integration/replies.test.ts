import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Reply, replySchema } from '../../events/reply.ts';
import { runCli, stateFile } from '../kit/cli.ts';
import { type TestCloud, testCloud } from '../kit/test-cloud.ts';

/** Each requester gets its own replies: those to what topic or signature prove that it sent. */

const A1 = '1000000000000001';
const A2 = '1000000000000011';
const COMMON = 'dms-handshake-requests';
const listed = (uid: string, topic: string) => ({
  uid,
  name: uid,
  engines: '*',
  access: ['register'],
  topics: [topic],
});

let cloud: TestCloud;
beforeEach(async () => {
  cloud = await testCloud({
    environment: { PATIENCE_SECONDS: '0' },
    requesters: { requesters: [listed(A1, COMMON), listed(A2, 'requests-a2')] },
  });
});
afterEach(() => cloud.close());

/** Delivers a body as a topic's trigger does, and answers the replies of all tags. */
async function on(TopicName: string, body: object): Promise<readonly Reply[]> {
  const { world, owner, host } = cloud;
  const event = {
    TopicOwner: owner.uid,
    TopicName,
    MessageId: `m-${TopicName}`,
    Message: JSON.stringify(body),
    PublishTime: world.clock.now(),
  };
  await host.enqueue({
    accountId: owner.uid,
    functionName: 'dms-handshake-provision',
    payload: Buffer.from(JSON.stringify(event)),
  });
  return cloud.replies();
}

/** What has come to the queue of A1, whose subscription is filtered. */
const inbox = () =>
  cloud.requester.mns
    .queue('dms-handshake-replies')
    .messages.map(({ body }) => replySchema.parse(JSON.parse(body)));

const WORDS = { requesterUid: A2, engines: ['redis'], requestId: 'T-1' };

describe('a reply', () => {
  it('to one requester does not reach another; the owner gets all', async () => {
    const [granted] = await on('requests-a2', WORDS);
    expect(granted?.data).toMatchObject({ status: 'verified', requesterUid: A2 });
    expect(inbox()).toEqual([]);
    const [own] = await on(COMMON, { ...WORDS, requesterUid: A1 });
    expect(inbox().map(({ id }) => id)).toEqual([own?.id]);
  });

  it('to the exact words of A2 on the topic of A1 goes to A1, with an id that no answer to A2 has', async () => {
    const [forged] = await on(COMMON, WORDS);
    const [real] = await on('requests-a2', WORDS);
    expect([forged?.data.status, forged?.data.problem?.code]).toEqual(['rejected', 'sender-mismatch']);
    expect([forged?.subject, forged?.data.requesterUid, real?.data.requesterUid]).toEqual([A1, A1, A2]);
    expect(real?.data.status).toBe('verified');
    expect(forged?.id).not.toBe(real?.id);
    expect(inbox().map(({ id }) => id)).toEqual([forged?.id]);
    expect(JSON.stringify(forged)).not.toContain('requests-a2');
  });

  it('to a broken body goes to whom the topic belongs, whomever the body names', async () => {
    const [refused] = await on(COMMON, { ...WORDS, engines: 7 });
    expect(refused?.data).toMatchObject({ requesterUid: A1, problem: { code: 'invalid-request' } });
    expect(inbox()).toHaveLength(1);
  });

  it('to what nobody is proved to have sent is for the owner alone', async () => {
    const [refused] = await on('requests-of-nobody', { ...WORDS, requesterUid: A1 });
    expect(refused?.data).toMatchObject({ status: 'rejected', requesterUid: null });
    expect(inbox()).toEqual([]);
  });

  it('of another account, or of another owner, is not taken by whoever waits for its request', async () => {
    const [granted] = await on(COMMON, { ...WORDS, requesterUid: A1 });
    if (granted === undefined) throw new Error('no reply');
    const queue = cloud.requester.mns.queue('dms-handshake-replies');
    const forged = await stateFile(cloud.ready);
    const ended = async (wait: string) =>
      runCli(['reply', 'T-1', '--local', '--wait', wait, '--json'], {
        env: { DMS_HANDSHAKE_LOCAL: forged.file },
      });
    try {
      const taken = await ended('5');
      expect(JSON.parse(taken.stdout).id).toBe(granted.id);
      for (const change of [{ requesterUid: A2 }, { ownerUid: '3' }, { requesterUid: null }])
        queue.send({ body: JSON.stringify({ ...granted, data: { ...granted.data, ...change } }) });
      expect(await ended('1')).toMatchObject({ code: 3, stdout: '' });
    } finally {
      await forged.remove();
    }
  });
});
