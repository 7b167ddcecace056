import { describe, expect, it } from 'vitest';
import type { PolicyStatement } from '../../../../local/cloud/caller.ts';
import { mnsIdle, publishToTopic } from '../../../../local/cloud/mns/index.ts';
import { OWNER, REQUESTER } from '../../../kit/accounts.ts';
import { addRole } from '../../../kit/two-accounts.ts';
import { mnsOpen } from './mns-open.ts';

const ENDPOINT = `acs:mns:cn-hangzhou:${REQUESTER}:/queues/replies`;
const ROLE = `acs:ram::${REQUESTER}:role/replies`;
const NAMES = { TopicName: 'news', SubscriptionName: 's' };
const WANTED = {
  ...NAMES,
  PushType: 'queue',
  Endpoint: ENDPOINT,
  StsRoleArn: ROLE,
  MessageTag: REQUESTER,
  NotifyContentFormat: 'SIMPLIFIED',
  NotifyStrategy: 'EXPONENTIAL_DECAY_RETRY',
};

/** The owner's topic, and the requester's queue with the role that lets pushes in. */
async function stage(...rights: PolicyStatement[]) {
  const cloud = await mnsOpen(...(rights.length === 0 ? [] : [rights]));
  cloud.owner.mns.addTopic('news');
  const queue = cloud.requester.mns.addQueue('replies');
  const trust = {
    Version: '1',
    Statement: [
      { Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: [`${OWNER}@mns.aliyuncs.com`] } },
    ],
  } as const;
  addRole(cloud.requester, 'replies', trust, {
    Effect: 'Allow',
    Action: 'mns:SendMessage',
    Resource: `${ENDPOINT}/messages`,
  });
  return {
    ...cloud,
    async pushed(tag?: string) {
      publishToTopic(cloud.world, cloud.owner, 'news', { body: `to ${tag}`, tag });
      await mnsIdle(cloud.world);
      return queue.messages.map(({ body }) => body);
    },
  };
}

describe('a subscription of the control API', () => {
  it('pushes into another account under its role, and only what has its tag', async () => {
    const { call, pushed } = await stage();
    await call('Subscribe', WANTED);
    await pushed('1');
    await pushed();
    expect(await pushed(REQUESTER)).toEqual([`to ${REQUESTER}`]);
  });

  it('shows its filter under another name, and its role never', async () => {
    const { call, data } = await stage();
    await call('Subscribe', WANTED);
    const shown = await data('GetSubscriptionAttributes', NAMES);
    expect(shown).toMatchObject({
      TopicOwner: OWNER,
      Endpoint: ENDPOINT,
      FilterTag: REQUESTER,
      NotifyStrategy: 'EXPONENTIAL_DECAY_RETRY',
    });
    expect(JSON.stringify([shown, await data('ListSubscriptionByTopic', NAMES)])).not.toContain('role');
  });

  it('keeps its endpoint, filter and role when it is changed', async () => {
    const { call, data, pushed } = await stage();
    await call('Subscribe', WANTED);
    await call('SetSubscriptionAttributes', {
      ...NAMES,
      NotifyStrategy: 'BACKOFF_RETRY',
      MessageTag: 'other',
      StsRoleArn: 'acs:ram::1:role/other',
    });
    expect(await data('GetSubscriptionAttributes', NAMES)).toMatchObject({
      FilterTag: REQUESTER,
      NotifyStrategy: 'BACKOFF_RETRY',
    });
    expect(await pushed(REQUESTER)).toHaveLength(1);
  });

  it('can name the dead letters of what could not be pushed', async () => {
    const { call, data, owner } = await stage();
    owner.mns.addQueue('lost');
    const DlqPolicy = JSON.stringify({ Enabled: true, DeadLetterTargetQueue: 'lost' });
    await call('Subscribe', { ...WANTED, DlqPolicy });
    expect(await data('GetSubscriptionAttributes', NAMES)).toMatchObject({
      DlqPolicy: { Enabled: true, DeadLetterTargetQueue: 'lost' },
    });
    await call('SetSubscriptionAttributes', { ...NAMES, DlqPolicy: '{"Enabled":false}' });
    expect(await data('GetSubscriptionAttributes', NAMES)).toMatchObject({ DlqPolicy: { Enabled: false } });
  });

  it('is away when it was taken away, twice too', async () => {
    const { call, refusal } = await stage();
    await call('Subscribe', WANTED);
    await call('Unsubscribe', NAMES);
    await call('Unsubscribe', NAMES);
    expect(await refusal('GetSubscriptionAttributes', NAMES)).toBe('404 SubscriptionNotExist');
  });

  it.each([
    ['the endpoint of the XML API', { Endpoint: ENDPOINT.replace(':/', ':') }, '400 EndpointInvalid'],
    ['an address as a queue', { Endpoint: 'http://example.com' }, '400 EndpointInvalid'],
    ['a push type that is not here', { PushType: 'email' }, '400 InvalidParameter.PushType'],
    ['a role that is none', { StsRoleArn: 'role/x' }, '400 InvalidArgument'],
    ['a tag of 17 characters', { MessageTag: 'a'.repeat(17) }, '400 InvalidArgument'],
    ['dead letters that are not there', { DlqPolicy: '{"Enabled":true}' }, '400 InvalidArgument'],
    ['a format for functions', { NotifyContentFormat: 'STREAM' }, '400 InvalidParameter.NotifyContentFormat'],
    ['a topic that is not there', { TopicName: 'none' }, '404 TopicNotExist'],
  ])('is refused with %s', async (_what, rest, code) => {
    const { refusal, owner } = await stage();
    expect(await refusal('Subscribe', { ...WANTED, ...rest })).toBe(code);
    expect(owner.mns.topic('news').subscriptions.size).toBe(0);
  });

  it('is not replaced by another of its name', async () => {
    const { call, refusal, owner } = await stage();
    await call('Subscribe', WANTED);
    await call('Subscribe', WANTED);
    expect(await refusal('Subscribe', { ...WANTED, StsRoleArn: 'acs:ram::1:role/other' })).toBe(
      '409 SubscriptionAlreadyExist',
    );
    expect(owner.mns.topic('news').subscriptions.get('s')?.attributes.stsRoleArn).toBe(ROLE);
  });

  it.each([
    ['queue', 'taken'],
    ['http', '403 NoPermission'],
  ])('needs a right that may be limited to a push type, here %s: %s', async (PushType, came) => {
    const { call, refusal } = await stage({
      Effect: 'Allow',
      Action: 'mns:Subscribe',
      Resource: `acs:mns:cn-hangzhou:${OWNER}:/topics/news/subscriptions/s`,
      Condition: { StringEquals: { 'mns:PushType': PushType } },
    });
    if (came === 'taken') await call('Subscribe', WANTED);
    else expect(await refusal('Subscribe', WANTED)).toBe(came);
  });
});
