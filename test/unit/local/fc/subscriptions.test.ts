import { describe, expect, it } from 'vitest';
import { parseDestination } from '../../../../local/cloud/fc/destination.ts';
import { createTopic, subscribe } from '../../../../local/cloud/mns/index.ts';
import { OWNER } from '../../../kit/accounts.ts';
import { bareCloud } from './bare.ts';
import { type Body, saying, topic } from './setup.ts';

const config = (more: object) => ({ triggerConfig: JSON.stringify(more) });
const onTopic = (name: string) => `acs:mns:cn-hangzhou:${OWNER}:/topics/${name}`;

describe('the subscription of a topic trigger', () => {
  const trigger = {
    ...topic(),
    invocationRole: `acs:ram::${OWNER}:role/r`,
    ...config({
      notifyContentFormat: 'JSON',
      notifyStrategy: 'EXPONENTIAL_DECAY_RETRY',
      filterTag: 'urgent',
    }),
  };

  async function subscribed() {
    const cloud = bareCloud();
    await cloud.ask('POST /functions', { ...saying(''), functionName: 'my_fn' });
    await cloud.ask('POST /functions/my_fn/triggers', { ...trigger, triggerName: 'my_t' });
    createTopic(cloud.world, cloud.owner, 'others');
    const of = (name: string) => cloud.owner.mns.topic(name).subscriptions;
    const change = async (body: Body) => (await cloud.ask('PUT /functions/my_fn/triggers/my_t', body)).status;
    return { ...cloud, of, change };
  }

  it('is named after both, and has what the trigger says', async () => {
    const { of } = await subscribed();
    expect([...of('requests')].map(([name, { attributes }]) => [name, attributes])).toEqual([
      [
        'my-fn-my-t',
        expect.objectContaining({
          endpoint: `acs:fc:cn-hangzhou:${OWNER}:functions/my_fn`,
          notifyStrategy: 'EXPONENTIAL_DECAY_RETRY',
          notifyContentFormat: 'JSON',
          filterTag: 'urgent',
          stsRoleArn: `acs:ram::${OWNER}:role/r`,
        }),
      ],
    ]);
  });

  it('moves to another topic', async () => {
    const { of, change } = await subscribed();
    expect(await change({ sourceArn: onTopic('others') })).toBe(200);
    expect([[...of('requests').keys()], [...of('others').keys()]]).toEqual([[], ['my-fn-my-t']]);
  });

  it('is made anew where somebody took it away, and stays away where that cannot be', async () => {
    const { of, change } = await subscribed();
    of('requests').clear();
    expect(await change({ sourceArn: onTopic('none') })).toBe(400);
    expect(of('requests').size).toBe(0);
    expect(await change({ description: 'd' })).toBe(200);
    expect([...of('requests').keys()]).toEqual(['my-fn-my-t']);
  });

  it('is gone with its topic, which stops neither a change nor the end', async () => {
    const { ask, owner, of, change } = await subscribed();
    owner.mns.topics.delete('requests');
    expect(await change({ sourceArn: onTopic('none') })).toBe(400);
    expect(await change({ sourceArn: onTopic('others') })).toBe(200);
    expect(of('others').size).toBe(1);
    owner.mns.topics.delete('others');
    expect((await ask('DELETE /functions/my_fn/triggers/my_t')).status).toBe(204);
  });

  it('of another under its name stays as it is', async () => {
    const { world, owner, said } = await subscribed();
    subscribe(world, owner, 'others', 'my-fn-second', { endpoint: 'http://example.com' });
    const second = { ...topic(onTopic('others')), triggerName: 'second' };
    expect(await said('POST /functions/my_fn/triggers', second)).toMatch(
      /^400 InvalidArgument: my_fn\/second: SubscriptionAlreadyExist: /,
    );
    expect(owner.mns.topic('others').subscriptions.get('my-fn-second')?.attributes.endpoint).toBe(
      'http://example.com',
    );
  });
});

it.each<[arn: string, parsed: object | null]>([
  [
    'acs:fc:cn-x:42:functions/my_fn-1',
    { type: 'function', region: 'cn-x', uid: '42', functionName: 'my_fn-1' },
  ],
  ['acs:fc:cn-x::functions/f', { type: 'function', region: 'cn-x', uid: null, functionName: 'f' }],
  ['acs:mns:cn-x:42:/queues/my-q/messages', { type: 'queue', region: 'cn-x', uid: '42', queueName: 'my-q' }],
  ['acs:mns:cn-x::/queues/9q/messages', { type: 'queue', region: 'cn-x', uid: null, queueName: '9q' }],
  ['xacs:fc:cn-x:42:functions/f', null],
  ['acs:fc:cn-x:42:functions/f/x', null],
  ['acs:fc:cn-x:x:functions/f', null],
  ['acs:fc:cn-x:42:functions/9', null],
  ['xacs:mns:cn-x:42:/queues/q/messages', null],
  ['acs:mns:cn-x:42:/queues/q/messages/x', null],
  ['acs:mns:cn-x:x:/queues/q/messages', null],
  ['acs:mns:cn-x:42:/queues/-q/messages', null],
])('the destination %s is %j', (arn, parsed) => {
  expect(parseDestination(arn)).toEqual(parsed === null ? null : { arn, ...parsed });
});
