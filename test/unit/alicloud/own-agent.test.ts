import { createServer } from 'node:http';
import https from 'node:https';
import Client from '@alicloud/mns';
import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { logMessages } from '../../../shared/alicloud/logs.ts';
import { ownAgent } from '../../../shared/alicloud/own-agent.ts';
import { topic } from '../../../shared/alicloud/topic.ts';
import { ramCall } from '../../../shared/alicloud/vendor-calls.ts';
import { soak } from '../../bench/soak.ts';
import { OWNER } from '../../kit/accounts.ts';
import { apiOf, PLANTED, patienceOf, planted, thrownBy } from './setup.ts';

const ANSWERS = {
  core: ['application/json', '{"RequestId":"R"}'],
  topics: ['text/xml', '<?xml version="1.0"?><Message><MessageId>M-1</MessageId></Message>'],
  sls: ['application/json', '{"meta":{"progress":"Complete"},"data":[{"message":"a line"}]}'],
} as const;

/**
 * One host for all services, and how many requests it had so far. Whatever is no call of the core is under way while the
 * core's timers go off.
 */
async function oneHost(): Promise<{ readonly endpoint: string; requests(): number }> {
  let requests = 0;
  const server = createServer((request, response) => {
    const kind = request.url?.startsWith('/topics/')
      ? 'topics'
      : request.url?.startsWith('/sls/')
        ? 'sls'
        : 'core';
    requests += 1;
    request.resume().on('end', () => {
      if (kind !== 'core') vi.advanceTimersByTime(2_000);
      const [type, body] = ANSWERS[kind];
      response.writeHead(kind === 'topics' ? 201 : 200, { 'content-type': type }).end(body);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new Error('the server has no port');
  return { endpoint: `http://127.0.0.1:${address.port}`, requests: () => requests };
}

/** A call of the core, and what goes by until a second before its timer goes off. */
async function coreWasHere(endpoint: string): Promise<void> {
  await apiOf(endpoint).call(ramCall('GetRole', { RoleName: 'r' }));
  vi.advanceTimersByTime(9_000);
}

describe('hazard: a call of the core leaves a timer on its connection', () => {
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] });
  });

  afterEach(() => {
    vi.useRealTimers();
  });

  it('the queue’s SDK alone takes an answer that is there for a timeout', async () => {
    const { endpoint } = await oneHost();
    const { accessKeyId, accessKeySecret } = PLANTED;
    await coreWasHere(endpoint);
    const client = new Client(OWNER, { accessKeyId, accessKeySecret, endpoint });
    const error = await thrownBy(client.publishMessage('t', { MessageBody: '{}' }));
    expect(error).toMatchObject({ name: 'RequestTimeoutError' });
  });

  it('what is published here is published with one call', async () => {
    const { endpoint, requests } = await oneHost();
    await coreWasHere(endpoint);
    const before = requests();
    const replies = topic('t', { accountId: OWNER, endpoint, credentials: planted() }, patienceOf());
    expect(await replies.publish('{}')).toBe('M-1');
    expect(requests() - before).toBe(1);
  });

  it('what is looked up in the log is found with one call', async () => {
    const { endpoint, requests } = await oneHost();
    await coreWasHere(endpoint);
    const before = requests();
    const at = { region: 'cn-hangzhou', project: 'p', logstore: 'l', endpoint, credentials: planted() };
    const lines: string[] = [];
    for await (const line of logMessages(at, { query: '*', from: 0, to: 1 }, patienceOf())) lines.push(line);
    expect(lines).toEqual(['a line']);
    expect(requests() - before).toBe(1);
  });

  it('over https the connections are kept, too, and not those of Node.js itself', () => {
    const agent = ownAgent('https://1.mns.cn-hangzhou.aliyuncs.com');
    expect(agent).toBeInstanceOf(https.Agent);
    expect(agent).toBe(ownAgent('https://other.example'));
    expect(agent).not.toBe(https.globalAgent);
    expect(agent).toMatchObject({ keepAlive: true });
  });
});

it('of 1,200 calls over connections that are kept open, no answer is lost and no message sent twice', async () => {
  const { minutes, ...rest } = await soak(1_200);
  expect(rest).toEqual({ calls: 1_200, lost: 0, duplicates: 0 });
  // Longer than the core's timers live.
  expect(minutes).toBeGreaterThan(0.3);
});
