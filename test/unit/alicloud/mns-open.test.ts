import { describe, expect, it } from 'vitest';
import { mnsOpen, type Subscription } from '../../../shared/alicloud/mns-open.ts';
import { REGION } from './cloud.ts';
import { apiOf, thrownBy } from './setup.ts';
import { json, type Say, standIn } from './stand-in.ts';

const QUEUE = 'acs:mns:cn-hangzhou:1000000000000001:/queues/replies';
const ROLE = 'acs:ram::1000000000000001:role/replies';
const PLAIN: Subscription = {
  endpoint: QUEUE,
  contentFormat: 'SIMPLIFIED',
  strategy: 'EXPONENTIAL_DECAY_RETRY',
  roleArn: null,
  filterTag: null,
};

const success = (Data: unknown): Say =>
  json(200, { RequestId: 'R', Code: 200, Status: 'Success', Success: true, Data });
const shown = (name: string, rest: object = {}) => ({
  SubscriptionName: name,
  Endpoint: QUEUE,
  NotifyContentFormat: 'SIMPLIFIED',
  NotifyStrategy: 'BACKOFF_RETRY',
  CreateTime: 1_790_000_000,
  ...rest,
});
const page = (Pages: number, ...names: readonly string[]): Say =>
  success({ PageData: names.map((name) => shown(name)), PageNum: 1, PageSize: 50, Pages });

async function told(...says: [Say, ...Say[]]) {
  const { url, seen } = await standIn(...says);
  const forms = () => seen.map(({ body }) => Object.fromEntries(new URLSearchParams(body)));
  return { open: mnsOpen(apiOf(url), REGION), seen, forms };
}

describe('a subscription', () => {
  it('is made by the control API, as a form, with its role and its filter', async () => {
    const { open, seen, forms } = await told(success({}));
    await open.subscribe('t', 's', { ...PLAIN, roleArn: ROLE, filterTag: '1000000000000001' });
    expect(forms()).toEqual([
      {
        TopicName: 't',
        SubscriptionName: 's',
        PushType: 'queue',
        Endpoint: QUEUE,
        NotifyContentFormat: 'SIMPLIFIED',
        NotifyStrategy: 'EXPONENTIAL_DECAY_RETRY',
        StsRoleArn: ROLE,
        MessageTag: '1000000000000001',
      },
    ]);
    expect(seen[0]).toMatchObject({
      method: 'POST',
      headers: { 'x-acs-action': 'Subscribe', 'x-acs-version': '2022-01-19' },
    });
  });

  it('inside one account has neither', async () => {
    const { open, forms } = await told(success({}));
    await open.subscribe('t', 's', PLAIN);
    expect(forms()[0]).not.toHaveProperty('StsRoleArn');
    expect(forms()[0]).not.toHaveProperty('MessageTag');
  });

  it.each([
    ['SubscriptionAlreadyExist', json(409, { Code: 'SubscriptionAlreadyExist' })],
    ['NoPermission', json(403, { Code: 'NoPermission' })],
    ['a no with HTTP 200', json(200, { Success: false, Code: 'SubscriptionAlreadyExist' })],
  ])('is not made where the service says %s', async (_what, say) => {
    const { open } = await told(say);
    expect(await thrownBy(open.subscribe('t', 's', PLAIN))).toMatchObject({
      name: 'CloudError',
      failure: { code: expect.stringMatching(/AlreadyExist|NoPermission/) },
    });
  });

  it.each([
    [{ FilterTag: '1' }, '1'],
    [{ FilterTag: '' }, null],
    [{ FilterTag: null }, null],
    [{}, null],
  ])('is read with its filter: %j', async (rest, filterTag) => {
    const { open } = await told(success(shown('s', rest)));
    expect(await open.subscription('t', 's')).toEqual({
      name: 's',
      endpoint: QUEUE,
      contentFormat: 'SIMPLIFIED',
      strategy: 'BACKOFF_RETRY',
      filterTag,
      createdAt: '1790000000',
    });
  });

  const GONE = [
    'SubscriptionNotExist',
    'TopicNotExist',
    'RESOURCE_NOT_FOUND',
    'ResourceNotFound:TopicName',
    'ResourceNotFound:TopicName/subscriptionName',
  ];

  it.each(GONE)('is none where the service says %s, and taking it away is done', async (Code) => {
    const { open } = await told(json(404, { Code }));
    expect(await open.subscription('t', 's')).toBeNull();
    await open.unsubscribe('t', 's');
    expect(await open.subscriptions('t')).toEqual([]);
  });

  it('that the service does not show is not taken for none', async () => {
    const { open } = await told(json(403, { Code: 'NoPermission' }));
    for (const asked of [open.subscription('t', 's'), open.subscriptions('t'), open.unsubscribe('t', 's')])
      expect(await thrownBy(asked)).toMatchObject({ failure: { code: 'NoPermission' } });
    const odd = await told(success({ Endpoint: QUEUE }));
    expect(await thrownBy(odd.open.subscription('t', 's'))).toMatchObject({
      message: expect.stringContaining('does not have the documented shape (at "Data.SubscriptionName")'),
    });
  });
});

describe('the subscriptions of a topic', () => {
  it('are read page by page', async () => {
    const { open, forms } = await told(page(2, 'a', 'b'), page(2, 'c'));
    expect((await open.subscriptions('t')).map(({ name }) => name)).toEqual(['a', 'b', 'c']);
    expect(forms()).toEqual([
      { TopicName: 't', PageNum: '1', PageSize: '50' },
      { TopicName: 't', PageNum: '2', PageSize: '50' },
    ]);
  });
});
