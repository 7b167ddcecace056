import { describe, expect, it } from 'vitest';
import { mnsAdmin, type Subscription } from '../../../shared/alicloud/mns-admin.ts';
import { OWNER } from '../../kit/two-accounts.ts';
import { patienceOf, planted, thrownBy } from './setup.ts';
import { mnsError, type Say, standIn, xml } from './stand-in.ts';

const WANTED: Subscription = {
  endpoint: `acs:mns:cn-hangzhou:${OWNER}:queues/replies`,
  contentFormat: 'SIMPLIFIED',
  strategy: 'BACKOFF_RETRY',
  roleArn: null,
};

async function told(...says: [Say, ...Say[]]) {
  const { url, seen } = await standIn(...says);
  const options = { accountId: OWNER, endpoint: url, credentials: planted() };
  return { admin: mnsAdmin(options, patienceOf()), seen };
}

describe('topics and queues', () => {
  it('are there where the service shows them', async () => {
    const { admin } = await told(xml(200, '<Topic><TopicName>t</TopicName></Topic>'), xml(200, '<Queue/>'));
    expect(await admin.hasTopic('t')).toBe(true);
    expect(await admin.hasQueue('q')).toBe(true);
  });

  it('are not there where the service knows none of the name', async () => {
    const { admin } = await told(mnsError(404, 'TopicNotExist'), mnsError(404, 'QueueNotExist'));
    expect(await admin.hasTopic('t')).toBe(false);
    expect(await admin.hasQueue('q')).toBe(false);
  });

  it('are neither there nor not where the service does not show them', async () => {
    const { admin } = await told(mnsError(403, 'AccessDenied'));
    expect(await thrownBy(admin.hasTopic('t'))).toMatchObject({ failure: { code: 'AccessDenied' } });
  });

  it('are made, whether there were some of the name before or not', async () => {
    const { admin, seen } = await told({ status: 201 }, { status: 204 });
    await admin.createTopic('t');
    await admin.createQueue('q');
    expect(seen.map(({ method, url }) => `${method} ${url.pathname}`)).toEqual([
      'PUT /topics/t',
      'PUT /queues/q',
    ]);
    expect(seen[1]?.body).toContain('<MessageRetentionPeriod>604800</MessageRetentionPeriod>');
  });

  it('are taken away, and are away if they were not there', async () => {
    const { admin, seen } = await told({ status: 204 }, mnsError(404, 'QueueNotExist'));
    await admin.deleteTopic('t');
    await admin.deleteQueue('q');
    expect(seen.map(({ method, url }) => `${method} ${url.pathname}`)).toEqual([
      'DELETE /topics/t',
      'DELETE /queues/q',
    ]);
  });

  it('are not away where the service refused', async () => {
    const { admin } = await told(mnsError(403, 'AccessDenied'));
    expect(await thrownBy(admin.deleteTopic('t'))).toMatchObject({ failure: { code: 'AccessDenied' } });
    const busy = await told(mnsError(500, 'InternalError'));
    expect(await thrownBy(busy.admin.deleteQueue('q'))).toMatchObject({ name: 'RetryableError' });
  });
});

describe('a subscription', () => {
  const found = (role: string) =>
    xml(
      200,
      `<Subscription><Endpoint>e</Endpoint><NotifyContentFormat>XML</NotifyContentFormat><NotifyStrategy>BACKOFF_RETRY</NotifyStrategy>${role}</Subscription>`,
    );

  it.each([
    ['<StsRoleArn>acs:ram::1:role/push</StsRoleArn>', 'acs:ram::1:role/push'],
    ['', null],
  ])('is read with its role: %s', async (element, roleArn) => {
    const { admin } = await told(found(element));
    expect(await admin.subscription('t', 's')).toEqual({
      endpoint: 'e',
      contentFormat: 'XML',
      strategy: 'BACKOFF_RETRY',
      roleArn,
    });
  });

  it('that is not there is null', async () => {
    const { admin } = await told(mnsError(404, 'SubscriptionNotExist'));
    expect(await admin.subscription('t', 's')).toBeNull();
  });

  it('names a role only where the push needs one', async () => {
    const { admin, seen } = await told({ status: 201 });
    await admin.subscribe('t', 's', WANTED);
    await admin.subscribe('t', 's', { ...WANTED, roleArn: 'acs:ram::1:role/push' });
    expect(seen.map(({ body }) => /<StsRoleArn>.*<\/StsRoleArn>/.exec(body)?.[0])).toEqual([
      undefined,
      '<StsRoleArn>acs:ram::1:role/push</StsRoleArn>',
    ]);
  });

  it('is taken away, and is away if it was not there', async () => {
    const { admin, seen } = await told({ status: 204 }, mnsError(404, 'SubscriptionNotExist'));
    await admin.unsubscribe('t', 's');
    await admin.unsubscribe('t', 's');
    expect(seen.map(({ method, url }) => `${method} ${url.pathname}`)).toEqual(
      Array(2).fill('DELETE /topics/t/subscriptions/s'),
    );
  });

  it('with what would be markup is refused: nothing is sent', async () => {
    const { admin, seen } = await told({ status: 201 });
    const error = await thrownBy(admin.subscribe('t', 's', { ...WANTED, endpoint: 'a&b' }));
    expect(error).toMatchObject({ name: 'TypeError', message: 'Endpoint is not safe inside XML' });
    expect(seen).toEqual([]);
  });
});
