import { describe, expect, it } from 'vitest';
import type { Handled } from '../../../functions/intake/intake.ts';
import { readRequesters } from '../../../shared/admission/requesters.ts';
import { RetryableError } from '../../../shared/runtime/errors.ts';
import { OWNER, REQUESTER } from '../../kit/accounts.ts';
import { door, eventOf, problemOf, TOKEN } from '../../kit/intake.ts';

/** Every answer whole, as a ticket system gets it. */
const GOOD = { requesterUid: REQUESTER, engines: ['redis'] };
const HEADERS = {
  'cache-control': 'no-store',
  'x-content-type-options': 'nosniff',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'referrer-policy': 'no-referrer',
  'strict-transport-security': 'max-age=31536000',
};
const KEY = { 'Idempotency-Key': 'key-12345678' };

describe('the answer', () => {
  it('of health', async () => {
    expect((await door().send(eventOf('GET', '/health'))).answer).toStrictEqual({
      statusCode: 200,
      headers: { ...HEADERS, 'content-type': 'application/json; charset=utf-8' },
      isBase64Encoded: false,
      body: '{"status":"ok"}',
    });
  });

  it('to a request that is taken', async () => {
    expect((await door().post(GOOD, KEY)).answer).toStrictEqual({
      statusCode: 202,
      headers: { ...HEADERS, 'content-type': 'application/json; charset=utf-8' },
      isBase64Encoded: false,
      body: '{"requestId":"key-12345678","status":"accepted"}',
    });
  });

  it('to an object that looks as if it had a length is a refusal, and nothing is published', async () => {
    const odd = { length: { valueOf: null, toString: null } };
    const d = door();
    const handled = await d.post({ ...GOOD, engines: odd });
    expect(problemOf(handled)).toMatchObject({
      status: 400,
      detail: expect.stringMatching('^engines is an object: expected '),
    });
    expect(d.published).toEqual([]);
  });

  const failing = (error: Error): Promise<Handled> => {
    const d = door();
    d.fail = () => Promise.reject(error);
    return d.post(GOOD);
  };
  const copies = async (second: object): Promise<Handled> => {
    const d = door();
    await d.post(GOOD, KEY);
    return d.post(second, KEY);
  };
  const underWay = async (): Promise<Handled> => {
    const d = door();
    let release = () => {};
    d.fail = () =>
      new Promise<void>((resolve) => {
        release = resolve;
      });
    const first = d.post(GOOD, KEY);
    const second = await d.post(GOOD, KEY);
    release();
    await first;
    return second;
  };
  const rows: [string, () => Promise<Handled>, Record<string, string>, Record<string, unknown>][] = [
    [
      'no event of a trigger',
      () => door().send('x'),
      {},
      {
        type: 'urn:dms-handshake:problem:invalid-request',
        title: 'The request cannot be read',
        status: 400,
        detail: 'this is no event of an HTTP trigger; call the URL.',
        code: 'invalid-request',
      },
    ],
    [
      'who is not proved',
      () => door().post(GOOD, { Authorization: `Bearer ${TOKEN}x` }),
      { 'www-authenticate': 'Bearer realm="dms-handshake"' },
      {
        type: 'urn:dms-handshake:problem:signature-invalid',
        title: 'The signature does not prove the sender',
        status: 401,
        detail:
          'the request does not prove who sent it: expected the token or the signature of a listed client, made with its current secret and, where it carries a time, within 300 seconds; and the signature of the requester where it must sign.',
        code: 'signature-invalid',
      },
    ],
    [
      'an account that the client may not ask for',
      () => door().post({ ...GOOD, requesterUid: '999' }),
      {},
      {
        type: 'urn:dms-handshake:problem:requester-not-allowed',
        title: 'This account may not ask',
        status: 403,
        detail:
          'client jira may not ask for account 999; the owner lists it under that client in requesters.json and deploys again.',
        code: 'requester-not-allowed',
      },
    ],
    [
      'another path',
      () => door().send(eventOf('GET', '/')),
      {},
      {
        type: 'urn:dms-handshake:problem:not-found',
        title: 'There is nothing at this path',
        status: 404,
        detail: 'there are POST /requests and GET /health here.',
        code: 'invalid-request',
      },
    ],
    [
      'another method',
      () => door().send(eventOf('PUT', '/requests')),
      { allow: 'POST' },
      {
        type: 'urn:dms-handshake:problem:method-not-allowed',
        title: 'This path takes other methods',
        status: 405,
        detail: 'PUT is not for this path; use POST.',
        code: 'invalid-request',
      },
    ],
    [
      'a copy of what is under way',
      underWay,
      { 'retry-after': '1' },
      {
        type: 'urn:dms-handshake:problem:key-in-flight',
        title: 'The same request is under way',
        status: 409,
        detail: 'the first copy is not answered yet; try again.',
        code: 'throttled',
        retryable: true,
      },
    ],
    [
      'what is too long',
      () => door().post('x'.repeat(65_537)),
      {},
      {
        type: 'urn:dms-handshake:problem:too-large',
        title: 'The request is too long',
        status: 413,
        detail: 'the request takes 65537 bytes, at most 65536 are handed on; make it shorter.',
        code: 'invalid-request',
      },
    ],
    [
      'what is no JSON by its type',
      () => door().post('a=b', { 'Content-Type': 'text/plain' }),
      {},
      {
        type: 'urn:dms-handshake:problem:unsupported-media-type',
        title: 'The body is not JSON',
        status: 415,
        detail: 'send the request with Content-Type: application/json.',
        code: 'invalid-request',
      },
    ],
    [
      'another request under a key that is taken',
      () => copies({ ...GOOD, engines: ['rds'] }),
      {},
      {
        type: 'urn:dms-handshake:problem:key-reused',
        title: 'The key belongs to another request',
        status: 422,
        detail: 'this key came with another body before; give each request a key of its own.',
        code: 'invalid-request',
      },
    ],
    [
      'a topic that takes no more',
      () => failing(new RetryableError('throttled', 'x')),
      { 'retry-after': '10' },
      {
        type: 'urn:dms-handshake:problem:throttled',
        title: 'Too much at once, for the cloud or for this requester',
        status: 429,
        detail:
          'the request topic takes no more for now, and the request was not accepted; send it again later.',
        code: 'throttled',
        retryable: true,
      },
    ],
    [
      'a topic that is not there',
      () => failing(new TypeError('x')),
      { 'retry-after': '30' },
      {
        type: 'urn:dms-handshake:problem:internal',
        title: 'Something failed that nobody foresaw',
        status: 503,
        detail: 'the request could not be handed on and was not accepted; send it again later.',
        code: 'internal',
        retryable: true,
      },
    ],
  ];
  it.each(rows)('to %s', async (_what, make, headers, body) => {
    const { answer } = await make();
    expect({ ...answer, body: JSON.parse(answer.body) }).toStrictEqual({
      statusCode: body['status'],
      headers: { ...HEADERS, 'content-type': 'application/problem+json; charset=utf-8', ...headers },
      isBase64Encoded: false,
      body,
    });
  });
});

/** A client of one token whose requests stand at a place of its body. */
async function at(requestAt: string, body: string): Promise<Handled> {
  const listed = { uid: REQUESTER, name: 'a', engines: '*', access: ['register'] };
  const auth = { type: 'bearer', secretEnv: 'TOKEN' };
  const clients = [{ name: 'b', requesters: [REQUESTER], auth, requestAt }];
  const requesters = readRequesters(JSON.stringify({ requesters: [listed], clients }));
  return door({ settings: () => ({ ownerUid: OWNER, requestTopic: 'requests', requesters }) }).post(body);
}

describe('the place of a request in its body', () => {
  it.each([
    ['/a~1b', { 'a/b': GOOD }],
    ['/a~0b', { 'a~b': GOOD }],
    ['/a~01', { 'a~1': GOOD }],
    ['/a/b/1', { a: { b: [7, JSON.stringify(GOOD)] } }],
    ['/', { '': GOOD }],
  ])('%s is found in %j', async (place, body) => {
    expect((await at(place, JSON.stringify(body))).answer.statusCode).toBe(202);
  });

  it.each([
    ['/a', '{"a":7}'],
    ['/a', '{"a":true}'],
    ['/a', '{"a":null}'],
    ['/a/0', '{"a":"text"}'],
    ['/a/length', '{"a":"text"}'],
    ['/a', 'no JSON'],
    ['/toString', '{}'],
  ])('%s is not found in %s', async (place, body) => {
    expect(problemOf(await at(place, body)).detail).toBe(
      `there is no request at ${place} of the body; put one there as a JSON object or as its text.`,
    );
  });
});
