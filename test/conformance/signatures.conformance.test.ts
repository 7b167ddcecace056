import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { callApi, fc2Client, mnsClient, popClient } from './clients.ts';
import { mnsStatus } from './mns-request.ts';
import { refused } from './refused.ts';
import { conformance } from './target.ts';

const cloud = await conformance();
const wrongKey = { ...cloud.keys, accessKeyId: 'LTAI5tNobodyHasThisKeyAtAll' };
const wrongSecret = { ...cloud.keys, accessKeySecret: 'guessed' };
const HOUR_MS = 3_600_000;
/** One that is an hour behind, and one that is an hour ahead. */
const skewed = [-HOUR_MS, HOUR_MS].map((off) => new Date(Date.now() + off));
const seconds = (date: Date) => date.toISOString().replace(/\.\d+Z$/, 'Z');

describe('ACS3-HMAC-SHA256, by @alicloud/openapi-core', () => {
  const identity = { service: 'sts', version: '2015-04-01', action: 'GetCallerIdentity' };
  const ask = (headers: Record<string, string>, keys = cloud.keys) =>
    refused(callApi(cloud, { ...identity, headers }, keys));

  it('a wrong key, a wrong secret', async () => {
    expect(await ask({}, wrongKey)).toMatch(/^4\d\d InvalidAccessKeyId\.NotFound/);
    expect(await ask({}, wrongSecret)).toMatch(/^4\d\d SignatureDoesNotMatch/);
  });

  it.each(skewed)('a clock that says %s', async (date) => {
    expect(await ask({ 'x-acs-date': seconds(date) })).toMatch(/^4\d\d InvalidTimeStamp\.Expired/);
  });

  it('a nonce is good for one request', async () => {
    const nonce = { 'x-acs-signature-nonce': randomUUID() };
    expect(await ask(nonce)).toBe('accepted');
    expect(await ask(nonce)).toMatch(/^4\d\d SignatureNonceUsed/);
  });
});

describe.each(['GET', 'POST'] as const)('version 1 by %s, by @alicloud/pop-core', (method) => {
  const ask = (parameters: object, keys = cloud.keys) => {
    const client = popClient(cloud, 'sts', '2015-04-01', keys);
    return refused(client.request('GetCallerIdentity', parameters, { method }));
  };

  it('a wrong key, a wrong secret', async () => {
    expect(await ask({}, wrongKey)).toMatch(/^4\d\d InvalidAccessKeyId\.NotFound/);
    expect(await ask({}, wrongSecret)).toMatch(/^4\d\d SignatureDoesNotMatch/);
  });

  it.each(skewed)('a clock that says %s', async (date) => {
    expect(await ask({ Timestamp: seconds(date) })).toMatch(/^4\d\d InvalidTimeStamp\.Expired/);
  });

  it('a nonce is good for one request', async () => {
    const SignatureNonce = randomUUID();
    expect(await ask({ SignatureNonce })).toBe('accepted');
    expect(await ask({ SignatureNonce })).toMatch(/^4\d\d SignatureNonceUsed/);
  });
});

describe('MNS, by @alicloud/mns and by hand', () => {
  const queue = `/queues/${cloud.name('none')}`;
  const ask = (keys: typeof cloud.keys) =>
    refused(mnsClient(cloud, keys).getQueueAttributes(cloud.name('none')));

  it('a wrong key, a wrong secret', async () => {
    expect(await ask(cloud.keys)).toBe('QueueNotExist');
    expect(await ask(wrongKey)).toBe('InvalidAccessKeyId');
    expect(await ask(wrongSecret)).toBe('SignatureDoesNotMatch');
    expect(await mnsStatus(cloud, 'GET', queue, { keys: wrongKey })).toBe('403 InvalidAccessKeyId');
    expect(await mnsStatus(cloud, 'GET', queue, { keys: wrongSecret })).toBe('403 SignatureDoesNotMatch');
  });

  it.each(skewed)('a clock that says %s', async (date) => {
    const stamp = date.toUTCString();
    expect(await mnsStatus(cloud, 'GET', queue, { headers: { date: stamp } })).toBe('408 TimeExpired');
    const headers = { date: stamp, 'x-mns-date': stamp };
    expect(await refused(mnsClient(cloud).get(queue, 'Queue', { headers }))).toBe('TimeExpired');
  });

  it('the same request may come again: there is no nonce', async () => {
    const headers = { date: new Date().toUTCString() };
    for (let time = 1; time <= 2; time += 1)
      expect(await mnsStatus(cloud, 'GET', queue, { headers })).toBe('404 QueueNotExist');
  });
});

describe("Function Compute's own, by @alicloud/fc2", () => {
  const ask = (keys: typeof cloud.keys, headers: Record<string, string> = {}) =>
    refused(fc2Client(cloud, keys).get('/functions', { limit: '1' }, headers));

  it('a wrong key, a wrong secret', async () => {
    expect(await ask(cloud.keys)).toBe('accepted');
    expect(await ask(wrongKey)).toMatch(/^40[13]$/);
    expect(await ask(wrongSecret)).toMatch(/^40[13]$/);
  });

  it.each(skewed)('a clock that says %s', async (date) => {
    expect(await ask(cloud.keys, { date: date.toUTCString() })).toMatch(/^40[13]$/);
  });
});
