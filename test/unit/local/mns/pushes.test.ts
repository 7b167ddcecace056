import { getEventListeners } from 'node:events';
import { createServer } from 'node:http';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parseEndpoint } from '../../../../local/cloud/mns/delivery/endpoint.ts';
import { certificateAnswer, pushHeaders } from '../../../../local/cloud/mns/delivery/push-signature.ts';
import { pushToHttp } from '../../../../local/cloud/mns/delivery/to-http.ts';
import { NO_EXTRAS } from '../../../../local/cloud/mns/properties.ts';
import { ensureSubscription } from '../../../../local/cloud/mns/subscriptions.ts';
import { OWNER, REQUESTER } from '../../../kit/accounts.ts';
import { type Mns, mns } from './mns.ts';

const origin = { topicOwner: OWNER, topicName: 'news', subscriber: REQUESTER, subscriptionName: 's' };
const HEADERS = {
  'content-md5': '9DD4E461268C8034F5C8564E155C67A6',
  'content-type': 'text/plain;charset=utf-8',
  date: 'Mon, 23 Nov 2026 10:00:00 GMT',
  'x-mns-message-id': '0123456789ABCDEF0123456789ABCDEF',
  'x-mns-message-tag': 'a%20b',
  'x-mns-publish-time': '1795428000000',
  'x-mns-request-id': '0123456789ABCDEF01234567',
  'x-mns-subscriber': REQUESTER,
  'x-mns-subscription-name': 's',
  'x-mns-topic-name': 'news',
  'x-mns-topic-owner': OWNER,
  'x-mns-version': '2015-06-06',
};

let cloud: Mns;
beforeEach(() => {
  cloud = mns();
});

function push(tag: string | null = 'a b') {
  const message = {
    id: '0123456789ABCDEF0123456789ABCDEF',
    body: 'x',
    bodyMd5: '9DD4E461268C8034F5C8564E155C67A6',
    tag,
    extras: NO_EXTRAS,
    attributes: {},
    publishedAt: cloud.clock.now(),
  };
  const contentType = 'text/plain;charset=utf-8';
  return { url: 'http://127.0.0.1/hook?a=1', content: 'x', contentType, origin, message };
}

describe('the headers of a push', () => {
  it('are these where nothing is signed, for want of a key or of a place for the certificate', async () => {
    expect(await pushHeaders(cloud.world, 'http://127.0.0.1/cert', push())).toEqual(HEADERS);
    cloud.world.signing = async () => ({ key: '', cert: '' });
    expect(await pushHeaders(cloud.world, null, push())).toEqual(HEADERS);
  });

  it('name no tag where there is none', async () => {
    const { 'x-mns-message-tag': tag, ...rest } = HEADERS;
    expect(await pushHeaders(cloud.world, null, push(null))).toEqual(rest);
  });
});

it('the certificate is answered as PEM, or is not there', async () => {
  expect(await certificateAnswer(cloud.world)).toEqual({ status: 404, headers: {}, body: '' });
  cloud.world.signing = async () => ({ key: 'k', cert: 'c' });
  expect(await certificateAnswer(cloud.world)).toEqual({
    status: 200,
    headers: { 'content-type': 'application/x-pem-file' },
    body: 'c',
  });
});

describe('an endpoint', () => {
  const QUEUE = `acs:mns:cn-hangzhou:${OWNER}:queues/a_b-C9`;
  const FUNCTION = `acs:fc:cn-hangzhou:${OWNER}:functions/a_b-C9$LATEST`;

  it.each([
    [QUEUE, { type: 'queue', uid: OWNER, queueName: 'a_b-C9' }],
    [QUEUE.replace(':queues', ':/queues'), { type: 'queue', uid: OWNER, queueName: 'a_b-C9' }],
    [FUNCTION, { type: 'function', uid: OWNER, functionName: 'a_b-C9$LATEST' }],
    ['http://h/p', { type: 'http', url: 'http://h/p' }],
    ['https://h/p', { type: 'http', url: 'https://h/p' }],
  ])('%s', (text, endpoint) => {
    expect(parseEndpoint(cloud.world, text)).toEqual(endpoint);
  });

  it.each([
    `to ${QUEUE}`,
    `${QUEUE}/messages`,
    QUEUE.replace('a_b-C9', ''),
    QUEUE.replace(OWNER, 'owner'),
    `to ${FUNCTION}`,
    `${FUNCTION}/invocations`,
    FUNCTION.replace(OWNER, ''),
    'to http://h/p',
    'xhttp://h/p',
    'ftp://h/p',
    'http://',
  ])('is not %s', (text) => {
    expect(() => parseEndpoint(cloud.world, text)).toThrow(
      'The endpoint you provided is invalid: it is neither a queue nor a function nor an http address.',
    );
  });
});

describe('an http endpoint', () => {
  let answers: (number | null)[];
  let asked: string[];
  let url: string;
  const server = createServer((request, response) => {
    asked.push(`${request.method} ${request.url} ${request.headers['content-type']}`);
    const status = answers.shift();
    if (typeof status === 'number') response.writeHead(status, { location: '/other' }).end();
    else cloud.world.end();
  });

  beforeEach(async () => {
    [answers, asked] = [[], []];
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}/hook`;
    cloud.owner.mns.addTopic('news');
  });
  afterEach(() => {
    server.closeAllConnections();
    return new Promise((resolve) => server.close(resolve));
  });

  function pushed(notifyContentFormat: 'XML' | 'JSON' | 'SIMPLIFIED' = 'JSON'): Promise<void> {
    const { world, owner } = cloud;
    const request = { endpoint: url, notifyContentFormat };
    const { subscription } = ensureSubscription(world, owner, 'news', notifyContentFormat, request);
    const delivery = {
      world,
      account: owner,
      topic: owner.mns.topic('news'),
      subscription,
      message: push().message,
    };
    return pushToHttp(delivery, url, origin, 'x');
  }

  it('is told what kind of text it gets, and leaves nothing behind', async () => {
    answers = [200, 204, 299];
    for (const format of ['XML', 'JSON', 'SIMPLIFIED'] as const) await pushed(format);
    expect(asked).toEqual([
      'POST /hook text/xml;charset=utf-8',
      'POST /hook text/plain;charset=utf-8',
      'POST /hook text/plain;charset=utf-8',
    ]);
    expect(getEventListeners(cloud.world.ended, 'abort')).toEqual([]);
  });

  it.each([302, 404, 500])('that answers %d has failed, and is asked nothing else', async (status) => {
    answers = [status];
    await expect(pushed()).rejects.toMatchObject({
      status,
      code: 'EndpointFailed',
      message: `the endpoint answered ${status}`,
    });
    expect(asked).toHaveLength(1);
  });

  it('that never answers is given up with the world', async () => {
    answers = [null];
    await expect(pushed()).rejects.toThrow('This operation was aborted');
  });
});
