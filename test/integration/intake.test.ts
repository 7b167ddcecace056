import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ApiError } from '../../local/cloud/error.ts';
import type { Fault } from '../../local/cloud/weather.ts';
import { type LocalCloud, startLocalCloud } from '../../local/local-cloud.ts';
import { Api } from '../../shared/alicloud/api.ts';
import { Credentials } from '../../shared/alicloud/credentials.ts';
import { CloudError } from '../../shared/alicloud/errors.ts';
import { ramReader } from '../../shared/alicloud/ram-reader.ts';
import { topic } from '../../shared/alicloud/topic.ts';
import { millis, systemClock } from '../../shared/runtime/clock.ts';

let cloud: LocalCloud;
beforeAll(async () => {
  cloud = await startLocalCloud({ root: process.cwd() });
});
afterAll(() => cloud.close());

const post = (body: unknown, headers: Record<string, string> = {}) =>
  fetch(`${cloud.ready.http}/requests`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${cloud.httpToken}`, ...headers },
    body: JSON.stringify(body),
  });

const callsOfIntake = () =>
  cloud.world.journal.calls.filter(({ caller }) => JSON.stringify(caller).includes('dms-handshake-intake'));

describe('the deployed intake', () => {
  it('publishes what it accepts, under its own role, and calls nothing else', async () => {
    cloud.world.journal.clear();
    const response = await post({
      requesterUid: cloud.requester.uid,
      engines: ['redis'],
      reference: 'a < b & c',
    });
    expect([response.status, response.headers.get('cache-control')]).toEqual([202, 'no-store']);
    expect(await response.json()).toMatchObject({
      status: 'accepted',
      requestId: expect.stringMatching(/^1-/),
    });
    await cloud.idle();
    expect(callsOfIntake().map(({ service, operation, code }) => [service, operation, code])).toEqual([
      ['mns', 'PublishMessage', null],
    ]);
    expect(cloud.owner.ram.findRole(`dms-cross-account-${cloud.requester.uid}`)).toBeDefined();
  });

  it('refuses before any call', async () => {
    cloud.world.journal.clear();
    const answers = [
      await post(
        { requesterUid: cloud.requester.uid, engines: ['redis'] },
        { authorization: 'Bearer wrong' },
      ),
      await post({ requesterUid: '1234567890', engines: ['redis'] }),
      await post({ requesterUid: cloud.requester.uid, engines: ['reddis'] }),
      await fetch(`${cloud.ready.http}/requests`, { method: 'PUT', body: '{}' }),
      await fetch(`${cloud.ready.http}/nothing`),
    ];
    expect(answers.map(({ status }) => status)).toEqual([401, 403, 400, 405, 404]);
    expect(answers.map(({ headers }) => headers.get('content-type'))).toEqual(
      answers.map(() => 'application/problem+json; charset=utf-8'),
    );
    await cloud.idle();
    expect(cloud.world.journal.calls).toEqual([]);
  });

  it('is healthy without credentials and without calls', async () => {
    cloud.world.journal.clear();
    const response = await fetch(`${cloud.ready.http}/health`);
    expect([response.status, await response.json()]).toEqual([200, { status: 'ok' }]);
    expect(response.headers.get('content-type')).toBe('application/json; charset=utf-8');
    expect(cloud.world.journal.calls).toEqual([]);
  });

  it('writes neither the token nor what was sent into its log', async () => {
    await post({ requesterUid: cloud.requester.uid, engines: ['redis'], reference: 'plant-reference' });
    const lines = JSON.stringify(
      cloud.host.logs.filter((line) => line.functionName === 'dms-handshake-intake'),
    );
    expect(lines).toContain('answered');
    expect(lines).not.toContain(cloud.httpToken);
    expect(lines).not.toContain('plant-reference');
    await cloud.idle();
  });
});

describe('the role of intake', () => {
  const patience = () => ({
    clock: systemClock,
    random: () => 0,
    deadline: millis(systemClock.now() + 5_000),
  });

  function session(): Credentials {
    const fn = cloud.host.find(cloud.owner.uid, 'dms-handshake-intake');
    const keys = fn.session.credentials();
    if (keys === null) throw new Error('intake runs without a role');
    return new Credentials(keys, millis(Date.parse(keys.expiration)));
  }

  const publishTo = (name: string) =>
    topic(
      name,
      { accountId: cloud.owner.uid, endpoint: cloud.ready.owner.endpoint, credentials: session() },
      patience(),
    ).publish('{"requesterUid":"1"}');

  it('may publish to the request topic', async () => {
    expect(await publishTo(cloud.ready.requestTopic)).not.toBe('');
    await cloud.idle();
  });

  it('may not publish a reply', async () => {
    await expect(publishTo(cloud.ready.replyTopic)).rejects.toMatchObject({ code: 'permission-missing' });
  });

  const api = () => new Api({ ...patience(), credentials: session(), endpoint: cloud.ready.owner.endpoint });
  const call = (service: string, version: string, action: string, parameters: Record<string, string> = {}) =>
    api().call({ service, version, action, host: 'ignored', parameters });
  const RoleName = 'dms-handshake-provision';
  const forbidden: [string, string, string, Record<string, string>][] = [
    ['RAM', '2015-05-01', 'GetRole', { RoleName }],
    ['RAM', '2015-05-01', 'ListRoles', {}],
    ['RAM', '2015-05-01', 'CreateRole', { RoleName: 'mine', AssumeRolePolicyDocument: '{}' }],
    ['RAM', '2015-05-01', 'DeleteRole', { RoleName }],
    [
      'RAM',
      '2015-05-01',
      'AttachPolicyToRole',
      { RoleName, PolicyName: 'AdministratorAccess', PolicyType: 'System' },
    ],
    [
      'STS',
      '2015-04-01',
      'AssumeRole',
      { RoleArn: `acs:ram::2000000000000002:role/${RoleName}`, RoleSessionName: 'x1' },
    ],
  ];
  it.each(forbidden)('may not %s %s %s', async (service, version, action, parameters) => {
    const before = cloud.owner.ram.roles.size;
    const refusal = call(service, version, action, parameters);
    await expect(refusal).rejects.toMatchObject({
      failure: { status: 403, code: expect.stringMatching(/^NoPermission/) },
    });
    await expect(refusal).rejects.toBeInstanceOf(CloudError);
    expect(cloud.owner.ram.roles.size).toBe(before);
  });

  it('may not even read a role', async () => {
    await expect(ramReader(api()).role(RoleName)).rejects.toThrow();
  });
});

describe('who may ask, as the file says', () => {
  it('nobody, where nobody is listed', async () => {
    const closed = await startLocalCloud({
      root: process.cwd(),
      requesters: { requesters: [], clients: [] },
    });
    try {
      const response = await fetch(`${closed.ready.http}/requests`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: `Bearer ${closed.httpToken}` },
        body: JSON.stringify({ requesterUid: closed.requester.uid, engines: ['redis'] }),
      });
      expect(response.status).toBe(401);
      await closed.idle();
      expect(closed.world.journal.calls).toEqual([]);
    } finally {
      await closed.close();
    }
  });

  it('a broken file is 503, says so in the log, and health does not depend on it', async () => {
    const broken = await startLocalCloud({ root: process.cwd(), requesters: { requesters: [{ uid: '1' }] } });
    try {
      const response = await fetch(`${broken.ready.http}/requests`, { method: 'POST', body: '{}' });
      expect([response.status, response.headers.get('retry-after')]).toEqual([503, '30']);
      expect(await response.text()).not.toContain('requesters[0]');
      expect(broken.host.logs.map(({ line }) => line).join()).toContain('requesters[0].name is missing');
      expect((await fetch(`${broken.ready.http}/health`)).status).toBe(200);
    } finally {
      await broken.close();
    }
  });
});

describe('when the topic does not take it', () => {
  const rows: [string, Omit<Fault, 'matches' | 'times'>, number, string][] = [
    ['throttles', { at: 'throttled' }, 429, '10'],
    [
      'throttles by a code that nobody knows',
      { at: 'before', error: new ApiError(429, 'SomethingNew', 'x') },
      429,
      '10',
    ],
    ['is down', { at: 'before' }, 503, '30'],
  ];
  it.each(rows)(
    '%s: nothing is accepted, and the same request is taken later',
    async (what, fault, status, wait) => {
      const before = cloud.owner.ram.roles.size;
      const request = { requesterUid: cloud.requester.uid, engines: ['gdb'] };
      const id = `ticket-${what.replaceAll(' ', '-')}`;
      const key = { 'idempotency-key': id };
      cloud.world.weather.faults = [
        {
          ...fault,
          matches: ({ operation }) => operation === 'PublishMessage',
          times: Number.POSITIVE_INFINITY,
        },
      ];
      const refused = await post(request, key);
      cloud.world.weather.faults = [];
      expect([refused.status, refused.headers.get('retry-after')]).toEqual([status, wait]);
      await cloud.idle();
      expect(cloud.owner.ram.roles.size).toBe(before);
      const taken = await post(request, key);
      expect([taken.status, await taken.json()]).toEqual([202, { requestId: id, status: 'accepted' }]);
      await cloud.idle();
    },
  );
});
