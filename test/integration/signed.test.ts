import { generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createTopic, publishToTopic } from '../../local/cloud/mns/index.ts';
import { REQUESTER } from '../kit/accounts.ts';
import { type TestCloud, testCloud } from '../kit/test-cloud.ts';

const OTHER = '1000000000000011';

const { publicKey, privateKey } = generateKeyPairSync('ed25519');
const stranger = generateKeyPairSync('ed25519');
const whpk = `whpk_${publicKey.export({ format: 'der', type: 'spki' }).subarray(-32).toString('base64')}`;

let cloud: TestCloud;

beforeEach(async () => {
  cloud = await testCloud({
    requesters: {
      requesters: [
        { uid: REQUESTER, name: 'signer', engines: '*', access: ['register'], signing: { publicKey: whpk } },
        { uid: OTHER, name: 'other', engines: ['redis'], access: ['register'], topics: ['requests-other'] },
      ],
    },
  });
});
afterEach(() => cloud.close());

/** The envelope of a signed request, as account A makes it. */
function envelope(request: object, how: { key?: KeyObject; at?: number; id?: string } = {}): object {
  const { key = privateKey, at = cloud.world.clock.now(), id = 'sig-1' } = how;
  const payload = JSON.stringify(request);
  const timestamp = String(Math.floor(at / 1_000));
  const signature = `v1a,${sign(null, Buffer.from(`${id}.${timestamp}.${payload}`), key).toString('base64')}`;
  return { id, timestamp, signature, payload };
}

const grant = { requesterUid: REQUESTER, engines: ['redis'] };

it('a signed request is granted, and answered under the id that it was sent with', async () => {
  const reply = await cloud.ask(envelope(grant));
  expect(reply.data).toMatchObject({ status: 'verified', requesterUid: REQUESTER, requestId: 'sig-1' });
});

it('a replay inside the window changes nothing, and cannot bring back what was revoked since', async () => {
  const now = cloud.world.clock.now();
  const first = envelope(grant, { at: now - 120_000 });
  await cloud.ask(first);
  cloud.forget();
  const again = await cloud.ask(first);
  expect([again.data.status, cloud.writes()]).toEqual(['verified', []]);
  await cloud.ask(envelope({ requesterUid: REQUESTER, action: 'revoke' }, { at: now - 60_000, id: 'sig-2' }));
  const late = await cloud.ask(first);
  expect(late.data).toMatchObject({ status: 'rejected', problem: { code: 'superseded' } });
  expect(cloud.owner.ram.findRole(`dms-cross-account-${REQUESTER}`)?.attachments).toEqual([]);
});

it.each([
  ['no signature', () => grant],
  ["a stranger's key", () => envelope(grant, { key: stranger.privateKey })],
  ['a signature from before the window', () => envelope(grant, { at: cloud.world.clock.now() - 400_000 })],
  [
    'another payload',
    () => ({ ...envelope(grant), payload: JSON.stringify({ ...grant, engines: ['gdb'] }) }),
  ],
  ['another scheme', () => ({ ...envelope(grant), signature: 'v9,AAAA' })],
])('%s: refused, without a call to RAM', async (_what, body) => {
  const reply = await cloud.ask(body());
  expect(reply.data).toMatchObject({ status: 'rejected', problem: { code: 'signature-invalid' } });
  expect(cloud.calls('ram')).toEqual([]);
});

it('a requester bound to one topic is refused on another, and nobody speaks for an unlisted account', async () => {
  const bound = await cloud.ask({ requesterUid: OTHER, engines: ['redis'] });
  expect(bound.data.problem?.code).toBe('sender-mismatch');
  const unlisted = await cloud.ask({ requesterUid: '1000000000000099', engines: ['redis'] });
  expect(unlisted.data.problem?.code).toBe('requester-not-allowed');
  expect(cloud.calls('ram')).toEqual([]);
});

it('on its own topic a bound requester gets what it may have, and no more', async () => {
  const { world, owner, host } = cloud;
  createTopic(world, owner, 'requests-other');
  const ask = async (engines: string[]) => {
    const MessageId = publishToTopic(world, owner, 'requests-other', { body: '-' }).messageId;
    const event = {
      TopicOwner: owner.uid,
      TopicName: 'requests-other',
      MessageId,
      Message: JSON.stringify({ requesterUid: OTHER, engines }),
      PublishTime: world.clock.now(),
    };
    await host.enqueue({
      accountId: owner.uid,
      functionName: 'dms-handshake-provision',
      payload: Buffer.from(JSON.stringify(event)),
    });
    return (await cloud.replies())[0]?.data;
  };
  expect(await ask(['redis', 'gdb'])).toMatchObject({
    status: 'rejected',
    problem: { code: 'engine-not-allowed' },
  });
  expect(cloud.calls('ram')).toEqual([]);
  expect(await ask(['redis'])).toMatchObject({ status: 'verified', engines: ['redis'] });
});
