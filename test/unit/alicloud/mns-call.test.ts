import http from 'node:http';
import Client from '@alicloud/mns';
import { afterEach, describe, expect, expectTypeOf, it, vi } from 'vitest';
import { isTransient } from '../../../shared/alicloud/errors.ts';
import { callMns, type MnsOptions } from '../../../shared/alicloud/mns-call.ts';
import { OWNER } from '../../kit/accounts.ts';
import { failureIn, MARKERS, PLANTED, planted, thrownBy } from './setup.ts';
import { closedPort, html, mnsError, type Say, standIn, xml } from './stand-in.ts';

const options = (endpoint: string): MnsOptions => ({ accountId: OWNER, endpoint, credentials: planted() });
const published = xml(
  201,
  '<Message xmlns="http://mns.aliyuncs.com/doc/v1/"><MessageId>M-1</MessageId><MessageBodyMD5>0</MessageBodyMD5></Message>',
);

const publish = (endpoint: string, timeoutMs = 5_000) =>
  callMns('MNS PublishMessage', options(endpoint), timeoutMs, 201, (client) =>
    client.publishMessage('t', { MessageBody: '{}' }),
  );

/** The same call with the vendor's SDK alone: what the adapter has to make up for. */
const bare = (endpoint: string) =>
  new Client(OWNER, { ...PLANTED, endpoint }).publishMessage('t', { MessageBody: '{}' });

/** The failure of a publish that is answered so. */
async function failureOn(say: Say) {
  const { url } = await standIn(say);
  return failureIn(await thrownBy(publish(url)));
}

afterEach(() => {
  vi.restoreAllMocks();
});

describe('an answer of the queue service', () => {
  it('is handed on when it has the status of success', async () => {
    const { url, seen } = await standIn(published);
    expect(await publish(url)).toMatchObject({ code: 201, body: { MessageId: 'M-1' } });
    expect(seen[0]).toMatchObject({ method: 'POST', headers: { 'security-token': PLANTED.securityToken } });
  });

  it('that is an error carries its code, its status and the request id', async () => {
    expect(await failureOn(mnsError(404, 'TopicNotExist'))).toMatchObject({
      what: 'MNS PublishMessage',
      code: 'TopicNotExist',
      status: 404,
      requestId: '5F5C5B5A49443312D8A7C1F0',
    });
  });
});

describe('hazard: an error that is not XML resolves as success', () => {
  it.each([
    ['an HTML page', 502, html(502)],
    ['nothing', 503, { status: 503 }],
    ['a text', 500, { status: 500, headers: { 'content-type': 'text/plain' }, body: 'oops' }],
    ['JSON', 504, { status: 504, headers: { 'content-type': 'application/json' }, body: '{"Code":"x"}' }],
  ] as const)('%s with %i: an error here, worth another try', async (_what, status, say) => {
    const { url } = await standIn(say);
    expect(await bare(url)).toMatchObject({ code: status });
    const failure = failureIn(await thrownBy(publish(url)));
    expect(failure).toMatchObject({ code: `Http${status}`, status });
    expect(isTransient(failure)).toBe(true);
  });

  it('an HTML page with 403: an error here, and final', async () => {
    const failure = await failureOn(html(403));
    expect(failure).toMatchObject({ code: 'Http403', status: 403 });
    expect(isTransient(failure)).toBe(false);
  });
});

describe('hazard: every status below 400 resolves as success', () => {
  it.each([200, 204, 302])('%i instead of 201: an error here', async (status) => {
    const { url } = await standIn({ status });
    expect(await bare(url)).toMatchObject({ code: status });
    expect(failureIn(await thrownBy(publish(url)))).toMatchObject({ code: `Http${status}`, status });
  });

  it('200 with the XML of a success: an error here', async () => {
    expect(await failureOn({ ...Object(published), status: 200 })).toMatchObject({ code: 'Http200' });
  });
});

describe('hazard: error XML that lacks an element makes the SDK trip', () => {
  it.each([
    ['HostId', ['Message', 'RequestId']],
    ['RequestId', ['Message', 'HostId']],
    ['everything but its code', []],
  ])('without %s: an error here, worth another try', async (_what, parts) => {
    const { url } = await standIn(mnsError(403, 'AccessDenied', parts));
    await expect(bare(url)).rejects.toBeInstanceOf(TypeError);
    const failure = failureIn(await thrownBy(publish(url)));
    expect(failure).toMatchObject({ code: 'UnreadableError' });
    expect(isTransient(failure)).toBe(true);
  });

  it.each([
    ['half an element', xml(500, '<Error><Code>Intern')],
    ['another document', xml(201, '<html><body>hello</body></html>')],
    ['no element', xml(500, '')],
  ])('%s: an error here', async (_what, say) => {
    expect(isTransient(await failureOn(say))).toBe(true);
  });
});

describe('hazard: an error has a name and no status', () => {
  it('MNS<Code>Error and nothing else is what the SDK throws', async () => {
    const { url } = await standIn(mnsError(429, 'TooManyRequests'));
    const error = await thrownBy(bare(url));
    expect(error).toMatchObject({ name: 'MNSTooManyRequestsError' });
    expect(Object.keys(Object(error))).toEqual(['name']);
  });

  it.each([
    ['AccessDenied', 403, false],
    ['InvalidAccessKeyId', 403, false],
    ['SignatureDoesNotMatch', 403, false],
    ['TimeExpired', 408, false],
    ['QueueNotExist', 404, false],
    ['TopicNotExist', 404, false],
    ['MessageNotExist', 404, false],
    ['InvalidArgument', 400, false],
    ['MalformedXML', 400, false],
    ['ReceiptHandleError', 400, false],
    ['TooManyRequests', 429, true],
    ['QpsLimitExceeded', 429, true],
    ['InternalError', 500, true],
  ])('%s has its status (%i) again', async (code, status, transient) => {
    const failure = await failureOn(mnsError(status, code));
    expect(failure).toMatchObject({ code, status });
    expect(isTransient(failure)).toBe(transient);
  });

  it('without a request id is known by its code alone', async () => {
    const named = Object.assign(new Error('no'), { name: 'MNSTopicNotExistError' });
    const call = () => Promise.reject(named);
    const error = await thrownBy(callMns('MNS X', options('http://127.0.0.1:1'), 1_000, 201, call));
    expect(failureIn(error)).toMatchObject({ code: 'TopicNotExist', status: 404, requestId: null });
  });

  it('a code that the vendor’s table lacks has the status that the SDK put into its text', async () => {
    const final = await failureOn(mnsError(418, 'SomethingNew'));
    expect(final).toMatchObject({ code: 'SomethingNew', status: 418 });
    expect(isTransient(final)).toBe(false);
    const throttled = await failureOn(mnsError(429, 'SomethingNew'));
    expect(isTransient(throttled)).toBe(true);
  });
});

describe('hazard: what is thrown may be no error at all', () => {
  it('it is one here, worth another try', async () => {
    const error = await thrownBy(
      callMns('MNS PublishMessage', options('http://127.0.0.1:1'), 1_000, 201, () => Promise.reject('text')),
    );
    const failure = failureIn(error);
    expect(failure).toMatchObject({ code: 'Unknown', status: 0 });
    expect(isTransient(failure)).toBe(true);
  });
});

describe('hazard: some functions of the SDK do nothing', () => {
  it.each(['subscribe', 'unsubscribe', 'deleteTopic'])('%s: it does not call', async (name) => {
    const { url, seen } = await standIn(published);
    const client: object = new Client(OWNER, { ...PLANTED, endpoint: url });
    const method: unknown = Reflect.get(client, name);
    if (typeof method !== 'function') throw new Error(`${name} is gone`);
    expect(await Reflect.apply(method, client, ['t', 's'])).toBeUndefined();
    expect(seen).toEqual([]);
  });

  it('they are not known here', () => {
    type Empty = 'subscribe' | 'unsubscribe' | 'deleteTopic' | 'listSubscriptionByTopic' | 'httpEndpoint';
    expectTypeOf<Extract<keyof Client, Empty>>().toBeNever();
  });
});

describe('hazard: timeouts', () => {
  it('no answer within the time of the call is an error, worth another try', async () => {
    const { url } = await standIn('silence');
    const failure = failureIn(await thrownBy(publish(url, 40)));
    expect(failure).toMatchObject({ code: 'RequestTimeoutError', status: 0 });
    expect(isTransient(failure)).toBe(true);
  });

  it('the longest silence is the time of the call: the SDK’s own 30 s would race a long poll of 30 s', async () => {
    const { url } = await standIn(published);
    const request = vi.spyOn(http, 'request');
    await publish(url, 41_000);
    expect(request.mock.calls.map(([given]) => Reflect.get(Object(given), 'timeout'))).toEqual([41_000]);
  });
});

describe('hazard: no answer', () => {
  it('a closed connection is an error, worth another try', async () => {
    const failure = await failureOn('hang up');
    expect(failure).toMatchObject({ code: 'ECONNRESET', status: 0 });
    expect(isTransient(failure)).toBe(true);
  });

  it('a closed port too', async () => {
    const failure = failureIn(await thrownBy(publish(await closedPort())));
    expect(failure).toMatchObject({ code: 'ECONNREFUSED', status: 0 });
    expect(isTransient(failure)).toBe(true);
  });
});

describe('hazard: the SDK refreshes tokens by itself and keeps silent when that fails', () => {
  it('it is never asked to: every call has a client of its own, with the credentials of the invocation', async () => {
    const { url, seen } = await standIn(published);
    await publish(url);
    await callMns(
      'MNS PublishMessage',
      { accountId: OWNER, endpoint: url, credentials: planted() },
      5_000,
      201,
      (client) => {
        expect(Reflect.get(client, 'refreshSTSToken')).toBeUndefined();
        return client.publishMessage('t', { MessageBody: '{}' });
      },
    );
    expect(seen.map(({ headers }) => headers['security-token'])).toEqual([
      PLANTED.securityToken,
      PLANTED.securityToken,
    ]);
  });
});

describe('an error of the queue service', () => {
  it('shows no key, token, signature or address', async () => {
    const { url, seen } = await standIn(mnsError(403, 'SignatureDoesNotMatch'));
    const error = await thrownBy(publish(url));
    const text = `${String(error)} ${JSON.stringify(error)} ${JSON.stringify(failureIn(error))}`;
    const signature = String(seen[0]?.headers['authorization']).split(':')[1] ?? '';
    expect(signature.length).toBeGreaterThan(20);
    for (const marker of [...MARKERS, signature, url]) expect(text).not.toContain(marker);
    expect(Object(error).cause).toBeUndefined();
  });
});
