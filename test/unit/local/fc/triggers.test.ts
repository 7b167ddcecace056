import { describe, expect, it } from 'vitest';
import { mnsIdle, publishToTopic } from '../../../../local/cloud/mns/index.ts';
import { type Cloud, emptyCloud, http, REGION, saying, timer, topic, zipOf } from './setup.ts';

const logging = {
  zipFile: zipOf(`exports.handler = async (event) => {
    process.stdout.write(event.toString() + '\\n');
    return { statusCode: 200, body: 'seen' };
  };`).toString('base64'),
};

async function withFunction(...options: Parameters<typeof emptyCloud>): Promise<Cloud> {
  const cloud = emptyCloud(...options);
  await cloud.call('CreateFunction', [], { ...saying(''), code: logging });
  return cloud;
}

const lines = ({ host }: Cloud): readonly string[] => host.logs.map(({ line }) => line);

describe('a topic trigger', () => {
  it('subscribes the function, and unsubscribes it when it is deleted', async () => {
    const cloud = await withFunction();
    const { call, world, account, host } = cloud;
    const made = await call('CreateTrigger', ['f'], topic());
    expect(made).toMatchObject({ triggerName: 'requests', triggerType: 'mns_topic', qualifier: 'LATEST' });
    publishToTopic(world, account, 'requests', { body: 'one' });
    await mnsIdle(world);
    await call('DeleteTrigger', ['f', 'requests']);
    publishToTopic(world, account, 'requests', { body: 'two' });
    await mnsIdle(world);
    await host.idle();
    expect(lines(cloud)).toEqual(['one']);
  });

  it.each([
    ['of a topic that is not there', topic(`acs:mns:${REGION}::/topics/none`), /TopicNotExist/],
    ['of another account', topic(`acs:mns:${REGION}:42:/topics/requests`), /own account and region/],
    ['without a topic', { ...topic(), sourceArn: undefined }, /sourceArn/],
    ['of a version', { ...topic(), qualifier: '7' }, /LATEST only/],
    ['of a role of another account', { ...topic(), invocationRole: 'acs:ram::42:role/x' }, /does not belong/],
    ['whose configuration is no text', { ...topic(), triggerConfig: { a: 1 } }, /text of a JSON object/],
  ])('%s is refused, and nothing is kept', async (_what, body, message) => {
    const { call, account } = await withFunction();
    await expect(call('CreateTrigger', ['f'], body)).rejects.toMatchObject({
      code: 'InvalidArgument',
      message: expect.stringMatching(message),
    });
    expect(account.fc.function('f').triggers.size).toBe(0);
    expect(account.mns.topic('requests').subscriptions.size).toBe(0);
  });

  it('cannot be made twice', async () => {
    const { call } = await withFunction();
    await call('CreateTrigger', ['f'], topic());
    await expect(call('CreateTrigger', ['f'], topic())).rejects.toMatchObject({
      status: 409,
      code: 'TriggerAlreadyExists',
    });
  });

  it('is changed in place: its id and its subscription stay, the filter is another', async () => {
    const { call, account } = await withFunction();
    const { triggerId } = (await call('CreateTrigger', ['f'], topic())) ?? {};
    const [subscription] = account.mns.topic('requests').subscriptions.values();
    const triggerConfig = JSON.stringify({
      filterTag: 'urgent',
      notifyContentFormat: 'STREAM',
      notifyStrategy: 'EXPONENTIAL_DECAY_RETRY',
    });
    await call('UpdateTrigger', ['f', 'requests'], { triggerConfig, description: 'd' });
    expect([...account.mns.topic('requests').subscriptions.values()]).toEqual([subscription]);
    expect(subscription?.attributes).toMatchObject({ filterTag: 'urgent' });
    expect(await call('GetTrigger', ['f', 'requests'])).toMatchObject({
      triggerId,
      triggerConfig,
      description: 'd',
      httpTrigger: {},
    });
  });

  it('whose change is refused stays as it was, subscription and all', async () => {
    const { call, account } = await withFunction();
    await call('CreateTrigger', ['f'], topic());
    const before = await call('GetTrigger', ['f', 'requests']);
    const elsewhere = topic(`acs:mns:${REGION}::/topics/none`);
    await expect(call('UpdateTrigger', ['f', 'requests'], elsewhere)).rejects.toThrow(/TopicNotExist/);
    expect(await call('GetTrigger', ['f', 'requests'])).toEqual(before);
    expect([...account.mns.topic('requests').subscriptions.values()]).toMatchObject([
      { attributes: { filterTag: null } },
    ]);
  });

  it('made again after it was deleted has another id', async () => {
    const { call, clock } = await withFunction();
    const first = await call('CreateTrigger', ['f'], topic());
    await call('DeleteTrigger', ['f', 'requests']);
    await clock.advance(1_000);
    const second = await call('CreateTrigger', ['f'], topic());
    expect(first?.['triggerId']).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
    expect(second?.['triggerId']).not.toBe(first?.['triggerId']);
  });
});

describe('a timer trigger', () => {
  it('fires on the clock until it is deleted', async () => {
    const cloud = await withFunction();
    const { call, clock, host } = cloud;
    await call('CreateTrigger', ['f'], timer('CRON_TZ=Asia/Shanghai 0 7 * * * *'));
    await clock.advance(2 * 3_600_000);
    await call('DeleteTrigger', ['f', 'tick']);
    await clock.advance(2 * 3_600_000);
    expect(lines(cloud).map((line) => JSON.parse(line))).toEqual([
      { triggerTime: '2026-11-23T10:07:00Z', triggerName: 'tick', payload: 'sweep' },
      { triggerTime: '2026-11-23T11:07:00Z', triggerName: 'tick', payload: 'sweep' },
    ]);
    expect(host.scheduled).toBe(0);
    expect(clock.sleeping).toBe(0);
  });

  it('follows an update, and stops when it is not enabled', async () => {
    const cloud = await withFunction();
    const { call, clock, host } = cloud;
    await call('CreateTrigger', ['f'], timer('@every 10m'));
    await clock.advance(25 * 60_000);
    await call('UpdateTrigger', ['f', 'tick'], timer('@every 1h'));
    await clock.advance(90 * 60_000);
    expect(lines(cloud)).toHaveLength(3);
    const off = JSON.stringify({ cronExpression: '@every 1h', enable: false });
    await call('UpdateTrigger', ['f', 'tick'], { triggerConfig: off });
    expect(host.scheduled).toBe(0);
    expect(await call('GetTrigger', ['f', 'tick'])).toMatchObject({ triggerConfig: off });
  });

  it('waits longer than the timers of the system hold', async () => {
    const cloud = await withFunction();
    await cloud.call('CreateTrigger', ['f'], timer('CRON_TZ=UTC 0 0 0 1 1 *'));
    await cloud.clock.advance(39 * 24 * 3_600_000);
    expect(lines(cloud).map((line) => JSON.parse(line).triggerTime)).toEqual(['2027-01-01T00:00:00Z']);
  });

  it.each(['0 3 * * *', '0 99 * * * *', 'CRON_TZ=Mars/Olympus 0 0 3 * * *', '@every 0s'])(
    '%s is refused',
    async (expression) => {
      const { call, account } = await withFunction();
      await expect(call('CreateTrigger', ['f'], timer(expression))).rejects.toMatchObject({
        code: 'InvalidArgument',
      });
      expect(account.fc.function('f').triggers.size).toBe(0);
    },
  );
});

describe('an HTTP trigger', () => {
  it('gets a URL that runs the function, until it is deleted', async () => {
    const { call } = await withFunction({ urls: 'served' });
    const made = await call('CreateTrigger', ['f'], http());
    const { urlInternet } = { urlInternet: '', ...Object(made?.['httpTrigger']) };
    expect(await (await fetch(urlInternet)).text()).toBe('seen');
    await call('UpdateTrigger', ['f', 'http'], {
      triggerConfig: http({ methods: ['POST'] })['triggerConfig'],
    });
    expect((await fetch(urlInternet)).status).toBe(403);
    await call('DeleteTrigger', ['f', 'http']);
    await expect(fetch(urlInternet)).rejects.toThrow();
  });

  it('the first of an account gets the URL that was reserved', async () => {
    const { call, host, account } = await withFunction({ urls: 'served' });
    const url = await host.doors.reserve(account.uid, 0);
    expect((await fetch(url)).status).toBe(404);
    await call('CreateTrigger', ['f'], http());
    expect(await (await fetch(url)).text()).toBe('seen');
    await call('DeleteFunction');
    expect((await fetch(url)).status).toBe(404);
  });

  it('there is one per function, and proofs of the platform are refused', async () => {
    const { call } = await withFunction({ urls: 'served' });
    await expect(call('CreateTrigger', ['f'], http({ authType: 'function' }))).rejects.toThrow(
      /authType function is not in the local cloud/,
    );
    await call('CreateTrigger', ['f'], http());
    await expect(call('CreateTrigger', ['f'], { ...http(), triggerName: 'second' })).rejects.toThrow(
      /has an HTTP trigger already/,
    );
  });
});

it('ListTriggers pages by name', async () => {
  const { call, client } = await withFunction();
  for (const name of ['c', 'a', 'b']) await call('CreateTrigger', ['f'], timer('@every 1h', name));
  const all = { triggers: [{ triggerName: 'a' }, { triggerName: 'b' }, { triggerName: 'c' }] };
  expect(await call('ListTriggers')).toMatchObject(all);
  expect(await client.call('GET', '/functions/f/triggers', undefined, { limit: '2' })).toMatchObject({
    triggers: [{ triggerName: 'a' }, { triggerName: 'b' }],
    nextToken: 'c',
  });
});
