import { describe, expect, it } from 'vitest';
import { heardTopics, standardNames } from '../../../shared/installation/installation.ts';
import {
  madeKey,
  ownerSubscription,
  replySubscription,
  subscriptionMark,
} from '../../../shared/installation/reply-subscription.ts';

const at = { ...standardNames('cn-x', '2'), replyTopic: 'replies', ownerReplies: 'all' };

it('every topic that starts provision is listed, each one time', () => {
  expect(heardTopics(at)).toEqual(['dms-handshake-requests', 'dms-handshake-upkeep', 'dms-handshake-owner']);
  const more = { requesterTopics: ['team-a', 'dms-handshake-requests'] };
  expect(heardTopics({ ...at, ...more })).toEqual([
    'dms-handshake-requests',
    'team-a',
    'dms-handshake-upkeep',
    'dms-handshake-owner',
  ]);
});

describe('replies are pushed', () => {
  it('all of them into the queue of account B, under no role', () => {
    expect(ownerSubscription(at)).toEqual({
      endpoint: 'acs:mns:cn-x:2:/queues/all',
      contentFormat: 'SIMPLIFIED',
      strategy: 'EXPONENTIAL_DECAY_RETRY',
      roleArn: null,
      filterTag: null,
    });
  });

  it('those for account A into its queue, under its role', () => {
    expect(replySubscription(at, '1')).toEqual({
      endpoint: 'acs:mns:cn-x:1:/queues/replies',
      contentFormat: 'SIMPLIFIED',
      strategy: 'EXPONENTIAL_DECAY_RETRY',
      roleArn: 'acs:ram::1:role/dms-handshake-replies',
      filterTag: '1',
    });
  });
});

describe('the key of a tag that says that we made something', () => {
  const long = (length: number, end = 'x') => 'n'.repeat(length - 'made-'.length - end.length) + end;

  it('has the whole name where it fits', () => {
    expect(madeKey('topic-t')).toBe('made-topic-t');
    expect(madeKey(long(128))).toBe(`made-${long(128)}`);
  });

  it('has a digest of the whole name at its end where it does not: two names have two keys', () => {
    const keys = [madeKey(long(129, 'x')), madeKey(long(129, 'y'))];
    for (const key of keys) expect(key).toMatch(/^made-n{90}-[0-9a-f]{32}$/);
    expect(new Set(keys).size).toBe(2);
  });
});

describe('the mark of a subscription that we made', () => {
  const wanted = replySubscription(at, '1');
  const mark = subscriptionMark(wanted, '1790000000');

  it('is a digest and the time that the service says', () => {
    expect(mark).toMatch(/^[0-9a-f]{32}\.1790000000$/);
    expect(subscriptionMark({ ...wanted }, '1790000001')).toBe(mark.replace(/0$/, '1'));
  });

  it.each([
    ['endpoint', { endpoint: 'acs:mns:cn-x:1:/queues/other' }],
    ['role', { roleArn: 'acs:ram::3:role/dms-handshake-replies' }],
    ['filter', { filterTag: null }],
  ])('is another where its %s is another', (_part, other) => {
    expect(subscriptionMark({ ...wanted, ...other }, '1790000000')).not.toBe(mark);
  });
});
