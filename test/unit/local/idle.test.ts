import { expect, it } from 'vitest';
import { createTopic, publishToTopic } from '../../../local/cloud/mns/index.ts';
import { untilIdle } from '../../../local/idle.ts';
import { startLocalCloud } from '../../../local/index.ts';
import { OWNER } from '../../kit/accounts.ts';
import { bench, functionArn, REGION } from './host/setup.ts';
import { callApi, mnsClient } from './http/clients.ts';

it('is idle when the last of a chain of messages and functions has ended', async () => {
  const seen: number[] = [];
  const relay = (left: number) => {
    seen.push(left);
    if (left > 0) publishToTopic(b.world, b.account, 'chain', { body: String(left - 1) });
  };
  const b = bench({ globals: { relay } });
  createTopic(b.world, b.account, 'chain');
  const source = 'exports.handler = async (event) => relay(Number(JSON.parse(event).Message));';
  const trigger = {
    triggerName: 'chain',
    triggerType: 'mns_topic',
    sourceArn: `acs:mns:${REGION}:${OWNER}:/topics/chain`,
    invocationRole: b.role('pusher', ['fc:InvokeFunction'], functionArn('f'), 'mns.aliyuncs.com'),
    triggerConfig: { notifyContentFormat: 'JSON', notifyStrategy: 'BACKOFF_RETRY' },
  };
  await b.deploy({ f: { source, props: { triggers: [trigger] } } });
  relay(9);
  await untilIdle(b.world, b.host);
  expect(seen).toEqual([9, 8, 7, 6, 5, 4, 3, 2, 1, 0]);
});

it('is idle when an event that nobody published has ended', async () => {
  const b = bench();
  const source = `exports.handler = async () => { console.log('ran'); };`;
  await b.deploy({ f: { source } });
  await b.send('f');
  await untilIdle(b.world, b.host);
  expect(b.host.logs.map(({ line }) => line)).toEqual([expect.stringMatching(/ ran$/)]);
});

it('a local cloud for tests waits for what is on its way', async () => {
  const cloud = await startLocalCloud();
  try {
    const { uid, endpoint, ...keys } = cloud.account();
    const url = endpoint ?? '';
    const call = (action: string, form: Record<string, string>) =>
      callApi({ url }, keys, { version: '2022-01-19', action, form });
    await call('CreateQueue', { QueueName: 'q' });
    await call('CreateTopic', { TopicName: 't' });
    const Endpoint = `acs:mns:${cloud.region}:${uid}:/queues/q`;
    const pushed = { TopicName: 't', SubscriptionName: 's', PushType: 'queue', Endpoint };
    await call('Subscribe', { ...pushed, NotifyContentFormat: 'SIMPLIFIED' });
    cloud.on('mns', 'Push').delays(30);
    const client = mnsClient({ url }, keys, uid);
    await client.publishMessage('t', { MessageBody: 'late' });
    await cloud.idle();
    expect(await client.peekMessage('q')).toMatchObject({ body: { MessageBody: 'late' } });
  } finally {
    await cloud.close();
  }
});
