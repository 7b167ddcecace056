import http from 'node:http';
import https from 'node:https';
import core from '@alicloud/openapi-core';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { actionTrail } from '../../../shared/alicloud/action-trail.ts';
import { Api } from '../../../shared/alicloud/api.ts';
import { coreClient, failureOf } from '../../../shared/alicloud/core-client.ts';
import { Credentials } from '../../../shared/alicloud/credentials.ts';
import { CloudError } from '../../../shared/alicloud/errors.ts';
import { functionCompute } from '../../../shared/alicloud/fc.ts';
import { prober } from '../../../shared/alicloud/prober.ts';
import { ramLister } from '../../../shared/alicloud/ram-lister.ts';
import { ramReader } from '../../../shared/alicloud/ram-reader.ts';
import { callsMade, persist } from '../../../shared/alicloud/retry.ts';
import { sts } from '../../../shared/alicloud/sts.ts';
import { millis } from '../../../shared/runtime/clock.ts';
import type { TrailEvent } from '../../../shared/trail-port.ts';
import { OWNER } from '../../kit/accounts.ts';
import { TestClock } from '../../kit/clock.ts';
import { REGION } from './cloud.ts';
import { askedOf, scriptedApi } from './scripted-api.ts';
import { apiOf, cloudError, failureIn, PLANTED, patienceOf, planted, thrownBy } from './setup.ts';
import { html, json, standIn } from './stand-in.ts';

afterEach(() => {
  vi.restoreAllMocks();
});

const call = { service: 'RAM', version: '2015-05-01', action: 'GetRole', host: 'ram.aliyuncs.com' };

describe('a call of the core', () => {
  it.each([
    ['of a session', PLANTED, PLANTED.securityToken],
    ['of a user', { accessKeyId: 'k', accessKeySecret: 's' }, undefined],
  ])('is signed with the keys %s, and says whose software it is', async (_what, keys, token) => {
    const { url, seen } = await standIn(json(200, {}));
    await apiOf(url, patienceOf(), new Credentials(keys, millis(0))).call(call);
    const headers = seen[0]?.headers ?? {};
    expect(headers['x-acs-security-token']).toBe(token);
    expect(headers['authorization']).toContain(`Credential=${keys.accessKeyId}`);
    expect(headers['user-agent']).toContain('dms-handshake');
    expect(seen[0]?.url.pathname).toBe('/');
  });

  it('goes to a stand-in by the scheme that it has, and to the cloud encrypted', () => {
    const of = (endpoint: string | null) => {
      const client = coreClient(planted(), 'ram.aliyuncs.com', endpoint);
      return [Reflect.get(client, '_protocol'), Reflect.get(client, '_endpoint')];
    };
    expect(of(null)).toEqual(['https', 'ram.aliyuncs.com']);
    expect(of('http://127.0.0.1:9')).toEqual(['http', '127.0.0.1:9']);
    expect(of('https://127.0.0.1:9/x')).toEqual(['https', '127.0.0.1:9']);
  });

  it('hands the core its keys in the form that it asks for', async () => {
    const handed = async (keys: ConstructorParameters<typeof Credentials>[0]) => {
      const client = coreClient(new Credentials(keys, millis(0)), 'h', null);
      return Reflect.get(client, '_credential').getCredential();
    };
    expect(await handed(PLANTED)).toEqual({ ...PLANTED, type: 'sts' });
    const user = { accessKeyId: 'k', accessKeySecret: 's' };
    expect(await handed(user)).toEqual({ ...user, type: 'access_key' });
  });

  it('is made over one client for each host', async () => {
    const { url } = await standIn(json(200, {}));
    const made = vi.spyOn(core.$OpenApiUtil, 'Config');
    const api = apiOf(url);
    for (const host of ['a', 'a', 'b', 'a']) await api.call({ ...call, host });
    expect(made).toHaveBeenCalledTimes(2);
  });

  it.each<[said: object, code: string, status: number]>([
    [{ Success: false, HttpStatusCode: 299 }, 'NotSuccessful', 200],
    [{ HttpStatusCode: 300 }, 'NotSuccessful', 300],
    [{ Success: false }, 'NotSuccessful', 200],
    [[], 'UnreadableAnswer', 200],
  ])('that is answered with 200 and %j fails', async (said, code, status) => {
    const { url } = await standIn(json(200, said));
    expect(failureIn(await thrownBy(apiOf(url).call(call)))).toEqual({
      what: 'RAM GetRole',
      code,
      status,
      requestId: null,
      retryAfterMs: null,
      denied: null,
    });
  });

  it.each([200, 400])('that is answered with %i and speaks of rights says so', async (status) => {
    const Message = 'You are not authorized.';
    const { url } = await standIn(json(status, { Success: false, Code: 'InvalidParameter', Message }));
    expect(failureIn(await thrownBy(apiOf(url).call(call)))).toEqual({
      what: 'RAM GetRole',
      code: 'InvalidParameter',
      status,
      requestId: null,
      retryAfterMs: null,
      denied: null,
      aboutRights: true,
    });
  });

  it('of which nothing is to be answered fails by the words of its body', async () => {
    const { url } = await standIn({ status: 300 }, { status: 299 });
    const api = apiOf(url);
    expect(failureIn(await thrownBy(api.call({ ...call, answers: 'none' })))).toMatchObject({
      status: 300,
    });
    expect(await api.call({ ...call, answers: 'none' })).toBe('');
    const plain = await standIn(json(200, '""'));
    expect(failureIn(await thrownBy(apiOf(plain.url, patienceOf()).call(call)))).toMatchObject({
      code: 'UnreadableAnswer',
    });
  });
});

describe('what the core throws', () => {
  const NONE = { what: 'X', code: 'Unknown', status: 0, requestId: null, retryAfterMs: null, denied: null };
  it.each<[thrown: unknown, known: object]>([
    [null, NONE],
    [
      { code: 'undefined', statusCode: 404 },
      { ...NONE, code: 'Http404', status: 404 },
    ],
    [
      { code: 'undefined', statusCode: 404, data: { errorCode: 'Gone' } },
      { ...NONE, code: 'Gone', status: 404 },
    ],
    [{ code: `a b-${'x'.repeat(200)}` }, { ...NONE, code: `ab${'x'.repeat(98)}` }],
    [
      { code: 'A.b', retryAfter: 5 },
      { ...NONE, code: 'A.b', retryAfterMs: 5 },
    ],
    [
      { code: 'A', retryAfter: 0 },
      { ...NONE, code: 'A' },
    ],
    [
      { code: 'A', retryAfter: Number.POSITIVE_INFINITY },
      { ...NONE, code: 'A' },
    ],
    [
      { code: 'A', statusCode: 'x' },
      { ...NONE, code: 'A' },
    ],
    [
      {
        code: 'A',
        data: { RequestId: 'R', Message: 'no permission', AccessDeniedDetail: { AuthAction: 'a:B' } },
      },
      { ...NONE, code: 'A', requestId: 'R', denied: { action: 'a:B', by: '' }, aboutRights: true },
    ],
    [new SyntaxError('x'), { ...NONE, code: 'UnreadableAnswer' }],
    [new TypeError('x'), { ...NONE, code: 'TypeError' }],
  ])('%j', (thrown, known) => {
    expect(failureOf('X', thrown)).toEqual(known);
  });
});

describe('the time that a call may take', () => {
  const at = (left: number, clock = new TestClock()) => ({
    clock,
    random: () => 0.5,
    deadline: millis(clock.now() + left),
  });

  it.each([
    [249, null],
    [250, 250],
    [9_999, 9_999],
    [10_001, 10_000],
  ])('with %i ms to go is %s', async (left, timeout) => {
    const given: number[] = [];
    const made = callsMade();
    const ended = persist('X', at(left), async (timeoutMs) => given.push(timeoutMs));
    if (timeout === null) {
      expect(await thrownBy(ended)).toMatchObject({
        name: 'RetryableError',
        code: 'internal',
        message: 'X: no answer (OutOfTime)',
      });
      expect(callsMade() - made).toBe(0);
    } else {
      await ended;
      expect(given).toEqual([timeout]);
      expect(callsMade() - made).toBe(1);
    }
  });

  // Half of the first wait is 100 ms, and the next call needs 250 more.
  it.each([
    [349, 1],
    [350, 2],
  ])('with %i ms to go is enough for %i attempts', async (left, attempts) => {
    const patience = at(left);
    let made = 0;
    const error = await thrownBy(
      persist('X', patience, () => {
        made += 1;
        return Promise.reject(cloudError({ code: 'InternalError', status: 500 }));
      }),
    );
    expect(error).toMatchObject({ name: 'RetryableError' });
    expect(made).toBe(attempts);
  });
});

describe('an invocation of a function', () => {
  const at = (endpoint: string) =>
    functionCompute({ ...patienceOf(), accountId: OWNER, region: REGION, endpoint, credentials: planted() });

  it('may be silent for as long as a function runs, and a reading for as long as a call takes', async () => {
    const { url } = await standIn(json(200, { runtime: 'nodejs20', timeout: 60 }));
    const request = vi.spyOn(http, 'request');
    await at(url).invoke('verify', {});
    await at(url).describe('verify');
    const silences = request.mock.calls.map(([given]) => Reflect.get(Object(given), 'timeout'));
    expect(silences).toEqual([200_000, 10_000]);
  });

  it('says its version, and reads with GET and without a body', async () => {
    const { url, seen } = await standIn(json(200, { runtime: 'nodejs20', timeout: 60 }));
    await at(url).describe('verify');
    expect(seen[0]).toMatchObject({ method: 'GET', body: '', headers: { 'x-acs-version': '2023-03-30' } });
  });

  it('answered with nothing answers nothing, and what a function threw has its kind', async () => {
    const { url } = await standIn(
      { status: 200 },
      { status: 200, headers: { 'x-fc-error-type': 'X' }, body: '{"errorMessage":"no"}' },
    );
    expect(await at(url).invoke('verify', {})).toBeUndefined();
    expect(await thrownBy(at(url).invoke('verify', {}))).toMatchObject({
      name: 'TerminalError',
      code: 'internal',
    });
  });

  it.each([
    [{ runtime: 'n', timeout: 1, logConfig: { project: 7 } }, 'logConfig.project'],
    [{ runtime: 'n', timeout: 1, logConfig: { logstore: 7 } }, 'logConfig.logstore'],
  ])('of another shape is not guessed at: %j', async (answer, place) => {
    const { url } = await standIn(json(200, answer));
    expect(await thrownBy(at(url).describe('verify'))).toMatchObject({
      message: `Function Compute GetFunction verify: the answer does not have the documented shape (at "${place}")`,
    });
  });

  it('is known by its address, its role and its log', async () => {
    const trigger = { triggerName: 't', triggerType: 'http', httpTrigger: { urlInternet: 'https://x' } };
    const facts = { runtime: 'n', timeout: 1, logConfig: { project: 'p', logstore: 'l' }, role: 'r' };
    const { url } = await standIn(json(200, { triggers: [trigger] }), json(200, facts));
    expect(await at(url).triggers('verify')).toEqual([trigger]);
    expect(await at(url).describe('verify')).toEqual(facts);
  });

  it('a reading that is no JSON is worth another try', async () => {
    const { url, seen } = await standIn(html(200));
    expect(failureIn(await thrownBy(at(url).describe('verify')))).toMatchObject({
      what: 'Function Compute GetFunction verify',
      code: 'UnreadableAnswer',
      status: 0,
    });
    expect(seen).toHaveLength(7);
  });
});

describe('who is asking, and whether a role can be assumed', () => {
  const wanted = {
    roleArn: 'acs:ram::1:role/r',
    sessionName: 's',
    externalId: null,
    sessionPolicy: { Statement: [], Version: '1' },
  } as const;
  const assuming = (code: string, status: number) =>
    sts(scriptedApi(cloudError({ what: 'STS AssumeRole', code, status })).api, REGION).assume(wanted);

  it('an answer of another shape is not guessed at', async () => {
    expect(await thrownBy(sts(scriptedApi({}).api, REGION).accountId())).toMatchObject({
      message: 'STS GetCallerIdentity: the answer does not have the documented shape (at "AccountId")',
    });
  });

  it('a harmless code proves nothing, and keys that are not accepted are an error', async () => {
    expect(await assuming('MissingParameter', 400)).toEqual({
      kind: 'unknown',
      detail: 'STS AssumeRole: MissingParameter (HTTP 400), which proves nothing: this answer is not known',
    });
    expect(await thrownBy(assuming('InvalidAccessKeyId', 404))).toMatchObject({ name: 'RetryableError' });
    expect(await thrownBy(assuming('Throttling', 400))).toMatchObject({ code: 'throttled' });
  });
});

describe('the probe of an engine', () => {
  const probing = (code: string, status: number) => {
    const { api } = scriptedApi(cloudError({ what: 'X', code, status }));
    return prober(() => api, REGION).probe('redis', planted());
  };

  it.each([
    ['NoSuchThing', 403, 'refused', 'X: NoSuchThing (HTTP 403)'],
    ['NoPermission', 403, 'denied', 'X: NoPermission (HTTP 403)'],
    [
      'NobodyKnows',
      400,
      'unknown',
      'X: NobodyKnows (HTTP 400), which proves nothing: this answer is not known',
    ],
    [
      'MissingParameter',
      400,
      'harmless',
      'X: MissingParameter (HTTP 400): the call needs a parameter more, which is not a refused right',
    ],
    ['InvalidAccessKeyId', 404, 'unavailable', 'X: InvalidAccessKeyId (HTTP 404)'],
  ])('that is answered with %s (HTTP %i) is %s', async (code, status, kind, detail) => {
    expect(await probing(code, status)).toEqual({ kind, detail });
  });

  it('takes no session of somebody else', async () => {
    const probed = prober(() => scriptedApi({}).api, REGION).probe('redis', { expiresAt: millis(0) });
    expect(await thrownBy(probed)).toMatchObject({ message: 'a session comes from sts.assume()' });
  });
});

describe('a listing of RAM', () => {
  const first = async (items: AsyncIterable<unknown>) => {
    for await (const item of items) return item;
    return null;
  };
  it('asks for pages of the largest size, of our own policies', async () => {
    const { api, calls } = scriptedApi({ IsTruncated: false, Roles: { Role: [] }, Policies: { Policy: [] } });
    const lister = ramLister(api);
    for (const items of [lister.roles(), lister.allRoles(), lister.policies()]) await first(items);
    const Tag = '[{"Key":"managed-by","Value":"dms-handshake"}]';
    expect(askedOf(calls)).toEqual([
      ['ListRoles', { Tag, MaxItems: '1000' }],
      ['ListRoles', { MaxItems: '1000' }],
      ['ListPolicies', { Tag, PolicyType: 'Custom', MaxItems: '1000' }],
    ]);
  });

  it('of another shape is not guessed at', async () => {
    const lister = ramLister(scriptedApi({ IsTruncated: false }).api);
    expect(await thrownBy(first(lister.roles()))).toMatchObject({
      message: 'RAM ListRoles: the answer does not have the documented shape (at "Roles")',
    });
    expect(await thrownBy(first(lister.policies()))).toMatchObject({
      message: 'RAM ListPolicies: the answer does not have the documented shape (at "Policies")',
    });
  });
});

it('a document that only looks as if it were encoded is kept as it is', async () => {
  const role = (AssumeRolePolicyDocument: string) => ({
    Role: { RoleName: 'r', Arn: 'a', CreateDate: '2026-11-23T10:00:00Z', AssumeRolePolicyDocument },
  });
  const { api } = scriptedApi(role('{"a":"%7B"}'), role('%7B%22a%22%3A1%7D'));
  const reader = ramReader(api);
  expect((await reader.role('r'))?.trust).toBe('{"a":"%7B"}');
  expect((await reader.role('r'))?.trust).toBe('{"a":1}');
});

describe('the call of the trail', () => {
  const NOON = Date.parse('2026-11-23T12:00:00Z');
  const event = (more: object) => ({
    eventId: 'e',
    eventName: 'TagResources',
    eventTime: '2026-11-23T11:00:00Z',
    ...more,
  });

  async function reading(endpoint: string | null, left: number, ...pages: readonly unknown[]) {
    const clock = new TestClock(NOON);
    const { api, calls } = scriptedApi(...pages);
    const found: TrailEvent[] = [];
    const opened: number[] = [];
    const open = (deadline: number): Api => {
      opened.push(deadline - NOON);
      return api;
    };
    const read = await actionTrail(open, 'cn-beijing', { clock, endpoint }).read(
      {
        name: 'TagResources',
        from: millis(NOON - 1_500),
        to: millis(NOON + 1_500),
        until: millis(NOON + left),
      },
      (one) => found.push(one),
    );
    return { calls, found, opened, ...read };
  }

  it('is made in the regions that keep events of RAM, and in the own one', async () => {
    const { calls, opened, reached } = await reading(null, 1_000, { Events: [] });
    const parameters = {
      'LookupAttribute.1.Key': 'EventName',
      'LookupAttribute.1.Value': 'TagResources',
      StartTime: '2026-11-23T11:59:58Z',
      EndTime: '2026-11-23T12:00:02Z',
      Direction: 'FORWARD',
      MaxResults: '50',
    };
    expect(calls).toEqual(
      ['cn-beijing', 'cn-hangzhou', 'ap-southeast-1'].map((region) => ({
        service: 'ActionTrail',
        version: '2020-07-06',
        action: 'LookupEvents',
        host: `actiontrail.${region}.aliyuncs.com`,
        parameters,
      })),
    );
    expect(opened).toEqual([11_000]);
    expect(reached).toBe(NOON + 1_500);
  });

  it('at a stand-in is made once, and goes on where the answer says so', async () => {
    const { calls, fault } = await reading(
      'http://x',
      5_000,
      { Events: [], NextToken: 't' },
      { NextToken: '' },
    );
    expect(calls.map(({ parameters }) => parameters?.['NextToken'])).toEqual([undefined, 't']);
    expect(fault).toBeNull();
  });

  it('ends at the time that it was given', async () => {
    const { calls, reached } = await reading('http://x', 0, { Events: [], NextToken: 't' });
    expect(calls).toHaveLength(1);
    expect(reached).toBe(NOON - 1_500);
  });

  it.each<[parameters: object, tagged: object | null]>([
    [
      { ResourceType: 'role', ResourceNames: '["a","b"]' },
      { type: 'role', names: ['a', 'b'] },
    ],
    [
      { ResourceType: 'role', ResourceNames: ['a', 'b'] },
      { type: 'role', names: ['a', 'b'] },
    ],
    [{ ResourceNames: 'a, b,c' }, { type: '', names: ['a', 'b', 'c'] }],
    [{ ResourceType: 'role' }, null],
  ])('tells what was tagged: %j', async (requestParameters, tagged) => {
    const { found } = await reading('http://x', 5_000, {
      Events: [event({ requestParameters, errorCode: '' })],
    });
    expect(found.map((one) => [one.tagged, one.isRefused])).toEqual([[tagged, false]]);
  });

  it('of another shape is a fault, named by what was called', async () => {
    const { fault } = await reading('http://x', 5_000, { Events: 1 });
    expect(fault).toEqual({
      code: 'internal',
      isDenied: false,
      text: 'ActionTrail LookupEvents: the answer does not have the documented shape (at "Events")',
    });
  });

  it('that fails by a fault of ours is thrown', async () => {
    const error = new TypeError('a fault of ours');
    expect(await thrownBy(reading('http://x', 5_000, error))).toBe(error);
    const { fault } = await reading(
      'http://x',
      5_000,
      new CloudError(cloudError({ code: 'NoPermission', status: 403 }).failure),
    );
    expect(fault).toMatchObject({ isDenied: true, code: 'NoPermission' });
  });
});

it('a call without a stand-in is encrypted', async () => {
  const request = vi.spyOn(https, 'request').mockImplementation(() => {
    throw new TypeError('there is no network');
  });
  const api = new Api({ ...patienceOf(), credentials: planted(), endpoint: null });
  await thrownBy(api.call(call));
  expect(Reflect.get(Object(request.mock.calls[0]?.[0]), 'port')).toBe(443);
});
