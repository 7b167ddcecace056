import http from 'node:http';
import https from 'node:https';
import { inspect } from 'node:util';
import core from '@alicloud/openapi-core';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { Api, type ApiCall } from '../../../shared/alicloud/api.ts';
import { CloudError } from '../../../shared/alicloud/errors.ts';
import { millis, systemClock } from '../../../shared/runtime/clock.ts';
import { TestClock } from '../../kit/clock.ts';
import { apiOf, failureIn, MARKERS, PLANTED, patienceOf, planted, thrownBy } from './setup.ts';
import { closedPort, html, json, type Say, standIn } from './stand-in.ts';

const getRole: ApiCall = {
  service: 'RAM',
  version: '2015-05-01',
  action: 'GetRole',
  host: 'ram.aliyuncs.com',
  parameters: { RoleName: 'r' },
};

const invocation: ApiCall = {
  service: 'Function Compute',
  version: '2023-03-30',
  action: 'InvokeFunction',
  host: 'fc.example',
  pathname: '/2023-03-30/functions/f/invocations',
  body: 'json',
  payload: { a: { b: 1 } },
  headers: { 'x-fc-invocation-type': 'Async' },
  answers: 'none',
};

async function told(...says: [Say, ...Say[]]) {
  const { url, seen } = await standIn(...says);
  const clock = new TestClock();
  return { api: apiOf(url, patienceOf(clock)), seen, clock };
}

async function failedWith(say: Say) {
  const { api, seen } = await told(say);
  const error = await thrownBy(api.call(getRole));
  return { error, failure: failureIn(error), attempts: seen.length };
}

afterEach(() => {
  vi.restoreAllMocks();
});

describe('a call', () => {
  it('is a POST with its parameters in the query, as the vendor’s SDKs make it', async () => {
    const { api, seen } = await told(json(200, { Role: { RoleName: 'r' } }));
    expect(await api.call(getRole)).toEqual({ Role: { RoleName: 'r' } });
    expect(seen[0]).toMatchObject({
      method: 'POST',
      headers: {
        'x-acs-action': 'GetRole',
        'x-acs-version': '2015-05-01',
        'x-acs-security-token': PLANTED.securityToken,
      },
    });
    expect(seen[0]?.url.searchParams.get('RoleName')).toBe('r');
  });

  it('has its parameters in a form where the product wants one', async () => {
    const { api, seen } = await told(json(200, {}));
    await api.call({ ...getRole, body: 'form', parameters: { PageSize: '1' } });
    expect(seen[0]?.body).toBe('PageSize=1');
    expect(seen[0]?.url.search).toBe('');
  });

  it('has a path and JSON where the product wants those', async () => {
    const { api, seen } = await told(json(200, {}));
    await api.call({ ...getRole, pathname: '/api/v1/instances', body: 'json', parameters: {} });
    expect(seen[0]).toMatchObject({ method: 'POST', body: '{}' });
    expect(seen[0]?.url.pathname).toBe('/api/v1/instances');
  });

  it('carries headers, and an answer without a body is a success where nothing is to be answered', async () => {
    const { api, seen } = await told({ status: 202 });
    await api.call(invocation);
    expect(seen[0]?.headers['x-fc-invocation-type']).toBe('Async');
    expect(seen[0]).toMatchObject({ method: 'POST', body: '{"a":{"b":1}}' });
  });

  it.each([
    ['a redirect', { status: 302, headers: { location: '/' } }, 'NotSuccessful'],
    ['a body that says no', json(202, '{"Code":"No"}'), 'UnreadableAnswer'],
    ['a refusal', json(403, { Code: 'AccessDenied', Message: 'm', RequestId: 'R' }), 'AccessDenied'],
  ])('is none where nothing is to be answered and %s comes', async (_what, say, code) => {
    const { api } = await told(say);
    expect(failureIn(await thrownBy(api.call(invocation)))).toMatchObject({ code });
  });

  it('may be silent for as long as it may take: what is called the connect timeout is the longest silence', async () => {
    const { api } = await told(json(200, {}));
    const request = vi.spyOn(http, 'request');
    await api.call(getRole);
    expect(request.mock.calls.map(([given]) => Reflect.get(Object(given), 'timeout'))).toEqual([10_000]);
  });

  it('goes to the service’s own host, and encrypted, where no stand-in is named', async () => {
    const request = vi.spyOn(https, 'request').mockImplementation(() => {
      throw new TypeError('there is no network');
    });
    const api = new Api({ ...patienceOf(), credentials: planted(), endpoint: null });
    expect(await thrownBy(api.call(getRole))).toMatchObject({ name: 'RetryableError' });
    const hosts = request.mock.calls.map(([given]) => Reflect.get(Object(given), 'host'));
    expect(new Set(hosts)).toEqual(new Set(['ram.aliyuncs.com']));
  });

  it('carries a fresh nonce at every attempt', async () => {
    const { api, seen } = await told(json(400, { Code: 'SignatureNonceUsed' }), json(200, {}));
    await api.call(getRole);
    const nonces = seen.map(({ headers }) => headers['x-acs-signature-nonce']);
    expect(new Set(nonces).size).toBe(2);
  });
});

describe('an error that a repetition cannot mend is thrown at once', () => {
  it('with its code, status and request id', async () => {
    const { error, failure, attempts } = await failedWith(
      json(404, {
        Code: 'EntityNotExist.Role',
        Message: 'The role does not exist.',
        RequestId: 'R-1',
        HostId: 'h',
      }),
    );
    expect(error).toBeInstanceOf(CloudError);
    expect(failure).toEqual({
      what: 'RAM GetRole',
      code: 'EntityNotExist.Role',
      status: 404,
      requestId: 'R-1',
      retryAfterMs: null,
      denied: null,
    });
    expect(attempts).toBe(1);
  });

  it('with what was denied, and by what', async () => {
    const { error, failure } = await failedWith(
      json(403, {
        Code: 'NoPermission',
        Message: 'You are not authorized to do this action. You should be authorized by RAM.',
        RequestId: 'R-2',
        AccessDeniedDetail: {
          AuthAction: 'ram:GetRole',
          AuthPrincipalType: 'AssumedRoleUser',
          AuthPrincipalOwnerId: '2000000000000002',
          AuthPrincipalDisplayName: 'dms-handshake-verify:x',
          NoPermissionType: 'ImplicitDeny',
          PolicyType: 'AccountLevelIdentityBasedPolicy',
          EncodedDiagnosticMessage: 'AQEAAAAA',
        },
      }),
    );
    expect(failure.denied).toEqual({
      action: 'ram:GetRole',
      by: 'AccountLevelIdentityBasedPolicy, ImplicitDeny',
    });
    expect(String(error)).toContain(
      'ram:GetRole is not allowed (AccountLevelIdentityBasedPolicy, ImplicitDeny)',
    );
    expect(String(error)).not.toContain('AQEAAAAA');
  });

  it.each([
    ['an object without a code', json(400, { message: 'x' }), 'Http400'],
    ['an empty object', json(403, {}), 'Http403'],
    ['a list', json(404, []), 'Http404'],
  ])('of %s, by its status', async (_what, say, code) => {
    const { failure, attempts } = await failedWith(say);
    expect(failure.code).toBe(code);
    expect(attempts).toBe(1);
  });

  it('with a code that holds nothing but the characters of a code', async () => {
    const { failure } = await failedWith(json(400, { Code: `Bad<script>\n${'x'.repeat(500)}` }));
    expect(failure.code).toMatch(/^Badscriptx+$/);
    expect(failure.code.length).toBeLessThanOrEqual(100);
  });
});

describe('an error that a repetition may mend is thrown after seven attempts', () => {
  it.each([
    ['throttling', json(400, { Code: 'Throttling.User', RequestId: 'R' }), 'Throttling.User', 'throttled'],
    ['throttling of an API', json(429, { Code: 'Throttling.Api' }), 'Throttling.Api', 'throttled'],
    ['an unavailable service', json(503, { Code: 'ServiceUnavailable' }), 'ServiceUnavailable', 'internal'],
    ['an internal error', json(500, { Code: 'InternalError' }), 'InternalError', 'internal'],
    ['a 5xx without a code', json(500, {}), 'Http500', 'internal'],
    ['a page of a gateway', html(502), 'UnreadableAnswer', 'internal'],
    ['an empty 503', { status: 503 }, 'UnreadableAnswer', 'internal'],
    ['a page instead of an answer', html(200), 'UnreadableAnswer', 'internal'],
    ['a closed connection', 'hang up', 'ECONNRESET', 'internal'],
  ] as const)('%s', async (_what, say, code, problem) => {
    const { error, failure, attempts } = await failedWith(say);
    expect(error).toMatchObject({ name: 'RetryableError', code: problem });
    expect(failure.code).toBe(code);
    expect(attempts).toBe(7);
  });

  it('a closed port', async () => {
    const error = await thrownBy(apiOf(await closedPort()).call(getRole));
    expect(error).toMatchObject({
      name: 'RetryableError',
      message: 'RAM GetRole: no answer (ECONNREFUSED), after 7 attempts',
    });
  });

  it('no answer within the time of the invocation, after as many attempts as fit', async () => {
    const { url, seen } = await standIn('silence');
    const patience = { ...patienceOf(systemClock), deadline: millis(systemClock.now() + 300) };
    const error = await thrownBy(apiOf(url, patience).call(getRole));
    expect(error).toMatchObject({ name: 'RetryableError', code: 'internal' });
    expect(failureIn(error).status).toBe(0);
    expect(seen).toHaveLength(1);
  });
});

describe('throttling', () => {
  it('is waited out for as long as the service asks', async () => {
    const { api, clock } = await told(
      json(400, { Code: 'Throttling.User' }, { 'x-acs-retry-after': '1234' }),
      json(200, { ok: true }),
    );
    expect(await api.call(getRole)).toEqual({ ok: true });
    expect(clock.waits).toEqual([1_234]);
  });

  it.each(['', 'soon', '-5', '0'])(
    'is waited out with jitter when the service asks for "%s"',
    async (asked) => {
      const { api, clock } = await told(
        json(400, { Code: 'Throttling.User' }, { 'x-acs-retry-after': asked }),
        json(200, {}),
      );
      await api.call(getRole);
      expect(clock.waits).toEqual([100]);
    },
  );
});

describe('hazard: the core throws anything', () => {
  it.each([
    ['a text', 'text', { code: 'Unknown', status: 0 }],
    ['nothing', undefined, { code: 'Unknown', status: 0 }],
    ['an object of nothing', {}, { code: 'Unknown', status: 0 }],
    ['a status that is none', { code: 'X', statusCode: 'soon' }, { code: 'X', status: 0 }],
    ['a name alone', { name: 'Timeout', statusCode: 504 }, { code: 'Timeout', status: 504 }],
  ])('%s: an error that says what is known', async (_what, thrown, known) => {
    vi.spyOn(core.default.prototype, 'callApi').mockRejectedValue(thrown);
    const error = await thrownBy(apiOf('http://127.0.0.1:1').call(getRole));
    expect(failureIn(error)).toEqual({
      what: 'RAM GetRole',
      requestId: null,
      retryAfterMs: null,
      denied: null,
      ...known,
    });
  });

  it('a denial that does not say of what: the right is missing all the same', async () => {
    const { failure } = await failedWith(
      json(403, { Code: 'NoPermission', AccessDeniedDetail: { PolicyType: 'ControlPolicy' } }),
    );
    expect(failure).toMatchObject({ code: 'NoPermission', denied: null });
  });
});

describe('what is thrown', () => {
  it('shows no key, token, signature or address, even when the service quotes what was signed', async () => {
    const quoting = `Specified signature is not matched with our calculation. server string to sign is: ${MARKERS.join(' ')}`;
    const says: Say[] = [
      json(403, { Code: 'SignatureDoesNotMatch', Message: quoting, RequestId: 'R', HostId: MARKERS.join() }),
      json(500, { Code: 'InternalError', Message: quoting }),
      'hang up',
      html(502),
    ];
    for (const say of says) {
      const { url, seen } = await standIn(say);
      const error = await thrownBy(apiOf(url).call(getRole));
      const text =
        inspect(error, { depth: Number.POSITIVE_INFINITY, showHidden: true }) + JSON.stringify(error);
      const signature = /Signature=(\w+)/.exec(String(seen[0]?.headers['authorization']))?.[1] ?? '';
      expect(signature.length).toBeGreaterThan(20);
      for (const marker of [...MARKERS, signature, url]) expect(text).not.toContain(marker);
    }
  });
});
