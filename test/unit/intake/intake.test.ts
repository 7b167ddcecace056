import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { acceptedSchema, healthSchema, httpProblemSchema } from '../../../events/http-answers.ts';
import { parseRequest } from '../../../events/parse-request.ts';
import { PROBLEM_CODES } from '../../../events/problem.ts';
import { STATUS_OF } from '../../../functions/intake/http-problems.ts';
import type { Handled } from '../../../functions/intake/intake.ts';
import { openEnvelope, verifySignature } from '../../../shared/admission/authenticate/signed-message.ts';
import { RetryableError, TerminalError } from '../../../shared/runtime/errors.ts';
import { OWNER, REQUESTER } from '../../kit/accounts.ts';
import { door, eventOf, FOREIGN, HUB, later, problemOf, SIGNING, TOKEN } from '../../kit/intake.ts';
import { NOW, pairOf, SECONDS, signedHeaders, v1Signature } from '../../kit/signing-keys.ts';

const GOOD = { requesterUid: REQUESTER, engines: ['redis'] };
const text = JSON.stringify;
const status = ({ answer }: Handled) => answer.statusCode;
const requestId = ({ answer }: Handled) => acceptedSchema.parse(JSON.parse(answer.body)).requestId;

describe('a request that is accepted', () => {
  it('is published to the topic of its requester as provision will read it, under the id that was answered', async () => {
    const d = door();
    const handled = await d.post({ ...GOOD, reference: '<DBA & 1>' });
    expect(status(handled)).toBe(202);
    expect(d.published).toHaveLength(1);
    const [message] = d.published;
    expect(message?.topic).toBe('plain-topic');
    expect(message?.body).not.toMatch(/[<>&]/);
    expect(parseRequest(message?.body ?? '')).toMatchObject({
      request: {
        ...GOOD,
        action: 'grant',
        access: 'register',
        reference: '<DBA & 1>',
        requestId: requestId(handled),
      },
    });
  });

  it('carries on the trace of the call, as a field of the request; its own comes first', async () => {
    const d = door();
    const trace = (last: string) => `00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-0${last}`;
    const told = [
      await d.post(GOOD, { Traceparent: trace('1') }),
      await d.post({ ...GOOD, traceparent: trace('0') }, { traceparent: trace('1') }),
      await d.post(GOOD, { traceparent: '00-no-trace-01' }),
      await d.post(GOOD, { traceparent: `00-${'0'.repeat(32)}-00f067aa0ba902b7-01` }),
    ].map(({ traceparent }) => traceparent);
    const published = d.published.map(({ body }) => JSON.parse(body).traceparent);
    expect(published).toEqual([trace('1'), trace('0'), undefined, undefined]);
    expect(told).toEqual(published);
  });

  it('may come in base64, with header names in any case and a charset', async () => {
    const d = door();
    const body = Buffer.from(text(GOOD)).toString('base64');
    for (const headers of [
      { 'CONTENT-TYPE': 'application/json; charset=utf-8', AUTHORIZATION: `Bearer ${TOKEN}` },
      { 'content-type': 'Application/JSON', authorization: `bearer ${TOKEN}` },
      { 'Content-Type': 'application/cloudevents+json', Authorization: `Bearer ${TOKEN}` },
    ])
      expect(
        status(await d.send(eventOf('POST', '/requests', { headers, body, isBase64Encoded: true }))),
      ).toBe(202);
    expect(d.published).toHaveLength(3);
  });

  it('may stand inside the event of the sender, as an object or as text', async () => {
    const d = door();
    for (const payload of [GOOD, text(GOOD)]) {
      const body = text({ action: 'created', deployment: { payload } });
      const signature = `sha256=${createHmac('sha256', HUB).update(body).digest('hex')}`;
      const headers = {
        Authorization: '',
        'X-Hub-Signature-256': signature,
        'X-GitHub-Delivery': `d-${body.length}-123`,
      };
      expect(requestId(await d.post(body, headers))).toBe(`d-${body.length}-123`);
    }
    expect(d.published.map(({ body }) => parseRequest(body))).toMatchObject([
      { request: GOOD },
      { request: GOOD },
    ]);
  });

  it.each([
    null,
    'text',
    7,
    [],
    { deployment: null },
    { deployment: 'text' },
    { deployment: { payload: null } },
  ])('is missed in %j, where the sender said that it stands', async (event) => {
    const d = door();
    const body = text(event);
    const signature = `sha256=${createHmac('sha256', HUB).update(body).digest('hex')}`;
    const { answer } = await d.post(body, { Authorization: '', 'X-Hub-Signature-256': signature });
    expect([answer.statusCode, JSON.parse(answer.body).code]).toEqual([400, 'invalid-request']);
    expect(answer.body).toContain('/deployment/payload');
    expect(d.published).toEqual([]);
  });

  it('of a requester that signs travels sealed, so that provision checks it again', async () => {
    const d = door();
    const body = text({ requesterUid: SIGNING, engines: ['gdb'], reference: 'é<&>' });
    const headers = signedHeaders(body);
    const given = {
      ...headers,
      'webhook-signature': `v1,bm90LWZvci1wcm92aXNpb24= ${headers['webhook-signature']}`,
    };
    expect(requestId(await d.post(body, given))).toBe(headers['webhook-id']);
    expect(d.published[0]?.topic).toBe('requests');
    const { payload, signed } = openEnvelope(d.published[0]?.body ?? '');
    expect(payload).toBe(body);
    expect(signed?.signature).toBe(headers['webhook-signature']);
    if (signed !== null) expect(verifySignature(signed, [pairOf(1).publicKey], NOW)).toBe('valid');
  });
});

describe('the request id', () => {
  const cases: [string, object, Record<string, string>, string][] = [
    ['of the body first', { requestId: 'mine' }, { 'Idempotency-Key': 'key-12345678' }, 'mine'],
    ['of the key', {}, { 'idempotency-key': 'key-12345678' }, 'key-12345678'],
    ['of a quoted key', {}, { 'idempotency-key': '"key-12345678"' }, 'key-12345678'],
    ['of a webhook id', {}, { 'webhook-id': 'msg_12345678' }, 'msg_12345678'],
    [
      'of GitHub',
      {},
      { 'X-GitHub-Delivery': '72d3162e-cc78-11e3-81ab-4c9367dc0958' },
      '72d3162e-cc78-11e3-81ab-4c9367dc0958',
    ],
    ['of Jira', {}, { 'x-atlassian-webhook-identifier': 'jira-12345678' }, 'jira-12345678'],
    ['of Zendesk', {}, { 'x-zendesk-webhook-invocation-id': '8350205582' }, '8350205582'],
    ['of the call, where there is nothing else', {}, {}, '1-call-1'],
  ];
  it.each(cases)('%s', async (_name, body, headers, expected) => {
    const d = door();
    expect(requestId(await d.post({ ...GOOD, ...body }, headers))).toBe(expected);
    expect(JSON.parse(d.published[0]?.body ?? '').requestId).toBe(expected);
  });

  it('of a client that signs is the signed webhook id: a copy under another key is no second request', async () => {
    const d = door();
    const body = text(GOOD);
    const copy = (key: object) =>
      d.post(body, {
        Authorization: '',
        'webhook-id': 'msg_12345678',
        'webhook-timestamp': SECONDS,
        'webhook-signature': v1Signature('msg_12345678', SECONDS, body),
        ...key,
      });
    for (const key of [{}, { 'Idempotency-Key': 'key-12345678' }, { 'X-GitHub-Delivery': 'other-12345678' }])
      expect(requestId(await copy(key))).toBe('msg_12345678');
    expect(d.published).toHaveLength(1);
  });

  it.each(['short', 'with space in it', 'é'.repeat(20), 'x'.repeat(129)])(
    'of the odd key %j is its digest, the same each time',
    async (key) => {
      const ids = [
        requestId(await door().post(GOOD, { 'idempotency-key': key })),
        requestId(await door().post(GOOD, { 'idempotency-key': key })),
      ];
      expect(ids[0]).toMatch(/^key-[0-9a-f]{32}$/);
      expect(ids[1]).toBe(ids[0]);
    },
  );
});

describe('a delivery id that its client does not sign', () => {
  it('cannot be taken by another body: the request of that id is published all the same, and a copy is not', async () => {
    const d = door();
    const hub = (reference: string) => {
      const body = text({ deployment: { payload: { ...GOOD, reference } } });
      const signature = `sha256=${createHmac('sha256', HUB).update(body).digest('hex')}`;
      const headers = {
        Authorization: '',
        'X-Hub-Signature-256': signature,
        'X-GitHub-Delivery': 'gh-12345678',
      };
      return d.post(body, headers);
    };
    for (const reference of ['seen before', 'the real one', 'the real one'])
      expect((await hub(reference)).answer.statusCode).toBe(202);
    expect(d.published.map(({ body }) => JSON.parse(body).reference)).toEqual([
      'seen before',
      'the real one',
    ]);
  });
});

describe('copies under one key', () => {
  const key = { 'Idempotency-Key': 'key-12345678' };

  it('are one request, answered alike', async () => {
    const d = door();
    const answers = [await d.post(GOOD, key), await d.post(GOOD, key)];
    expect(answers[1]?.answer).toEqual(answers[0]?.answer);
    expect(d.published).toHaveLength(1);
  });

  it('with another body are 422, and nothing is published', async () => {
    const d = door();
    await d.post(GOOD, key);
    const refused = await d.post({ ...GOOD, engines: ['rds'] }, key);
    expect(problemOf(refused)).toMatchObject({ status: 422, type: 'urn:dms-handshake:problem:key-reused' });
    expect(d.published).toHaveLength(1);
  });

  it('while the first is under way are 409', async () => {
    const d = door();
    let release = () => {};
    d.fail = () =>
      new Promise<void>((resolve) => {
        release = resolve;
      });
    const first = d.post(GOOD, key);
    const second = await d.post(GOOD, key);
    expect([status(second), second.answer.headers['retry-after'], problemOf(second)]).toMatchObject([
      409,
      '1',
      { retryable: true },
    ]);
    release();
    expect(status(await first)).toBe(202);
    expect(d.published).toHaveLength(1);
  });

  it('are tried again where the first was not accepted', async () => {
    const d = door();
    d.fail = async () => {
      throw new RetryableError('internal', 'down');
    };
    expect(status(await d.post(GOOD, key))).toBe(503);
    d.fail = null;
    expect(status(await d.post(GOOD, key))).toBe(202);
    expect(d.published).toHaveLength(1);
  });

  it('are unknown after ten minutes and to other instances: published again, they are one grant', async () => {
    const d = door();
    await d.post(GOOD, key);
    d.now = later(600_000);
    await d.post(GOOD, key);
    const other = door();
    await other.post(GOOD, key);
    expect(d.published).toHaveLength(2);
    expect(new Set([...d.published, ...other.published].map(({ body }) => body)).size).toBe(1);
  });

  it('of another sender are not copies', async () => {
    const d = door();
    await d.post(GOOD, key);
    const body = text({ deployment: { payload: { ...GOOD, engines: ['rds'] } } });
    const signature = `sha256=${createHmac('sha256', HUB).update(body).digest('hex')}`;
    expect(status(await d.post(body, { ...key, Authorization: '', 'X-Hub-Signature-256': signature }))).toBe(
      202,
    );
  });

  it('a memory holds ten thousand keys and no more', () => {
    const { memory } = door();
    for (let n = 0; n < 10_001; n += 1) memory.begin(`k${n}`, 'd', 'r', NOW);
    expect(memory.begin('k0', 'other', 'r', NOW).kind).toBe('new');
    expect(memory.begin('k10000', 'other', 'r', NOW).kind).toBe('other-body');
  });
});

describe('the answer to everything else', () => {
  const json = { 'content-type': 'application/json', authorization: `Bearer ${TOKEN}` };
  const post = (body: string, headers: object = json) => eventOf('POST', '/requests', { headers, body });
  const rows: [string, object | string | null, number, string, RegExp][] = [
    ['no event', 'x', 400, 'invalid-request', /HTTP trigger/],
    ['an empty body', post(''), 400, 'invalid-request', /the body is empty/],
    ['no JSON', post('please'), 400, 'invalid-request', /not JSON.*"please"/],
    [
      'an unknown field',
      post(text({ ...GOOD, engine: 'x' })),
      400,
      'invalid-request',
      /nearest is "engines"/,
    ],
    [
      'a past end',
      post(text({ ...GOOD, expiresAt: '2020-01-01T00:00:00Z' })),
      400,
      'invalid-request',
      /past when the request was sent/,
    ],
    [
      'bytes that are no UTF-8',
      eventOf('POST', '/requests', { headers: json, body: '//8=', isBase64Encoded: true }),
      400,
      'invalid-request',
      /UTF-8/,
    ],
    [
      'an unknown engine',
      post(text({ ...GOOD, engines: ['rediss'] })),
      400,
      'unknown-engine',
      /nearest is "redis".*Known/,
    ],
    ['the owner itself', post(text({ ...GOOD, requesterUid: OWNER })), 400, 'own-account', /needs no role/],
    [
      'no credentials',
      post(text(GOOD), { 'content-type': 'application/json' }),
      401,
      'signature-invalid',
      /listed client/,
    ],
    [
      'an unsigned request of who must sign',
      post(text({ ...GOOD, requesterUid: SIGNING })),
      401,
      'signature-invalid',
      /must sign/,
    ],
    [
      'a listed requester of another client',
      post(text({ ...GOOD, requesterUid: FOREIGN })),
      403,
      'requester-not-allowed',
      /client jira may not ask/,
    ],
    [
      'an unlisted requester',
      post(text({ ...GOOD, requesterUid: '999' })),
      403,
      'requester-not-allowed',
      /requesters\.json/,
    ],
    [
      'an engine beyond',
      post(text({ ...GOOD, engines: ['gdb'] })),
      403,
      'engine-not-allowed',
      /gdb, only for redis, rds/,
    ],
    [
      'an access beyond',
      post(text({ requesterUid: REQUESTER, access: 'console' })),
      403,
      'access-not-allowed',
      /not for console/,
    ],
    ['an unknown path', eventOf('POST', '/request'), 404, 'invalid-request', /POST \/requests/],
    ['a path too many', eventOf('POST', '/requests/'), 404, 'invalid-request', /POST \/requests/],
    ['a wrong method', eventOf('GET', '/requests'), 405, 'invalid-request', /use POST/],
    ['a wrong method of health', eventOf('POST', '/health'), 405, 'invalid-request', /use GET, HEAD/],
    [
      'a long body',
      post(text({ ...GOOD, reference: 'x'.repeat(70_000) })),
      413,
      'invalid-request',
      /at most 65536/,
    ],
    [
      'a body that grows too long on the way',
      post(text({ ...GOOD, engines: Array(64).fill('<'.repeat(400)) })),
      400,
      'unknown-engine',
      /is no engine/,
    ],
    [
      'a form',
      post('a=b', { ...json, 'content-type': 'application/x-www-form-urlencoded' }),
      415,
      'invalid-request',
      /application\/json/,
    ],
    [
      'no content type',
      post('{}', { authorization: `Bearer ${TOKEN}` }),
      415,
      'invalid-request',
      /application\/json/,
    ],
  ];
  it.each(rows)('%s', async (_name, event, expected, code, way) => {
    const d = door();
    const { answer } = await d.send(event);
    const body = httpProblemSchema.parse(JSON.parse(answer.body));
    expect([answer.statusCode, body.status, body.code]).toEqual([expected, expected, code]);
    expect(body.detail).toMatch(way);
    expect(answer.headers['content-type']).toBe('application/problem+json; charset=utf-8');
    expect(answer.headers['cache-control']).toBe('no-store');
    expect('www-authenticate' in answer.headers).toBe(expected === 401);
    expect('allow' in answer.headers).toBe(expected === 405);
    expect(d.published).toEqual([]);
  });

  it('every problem code has one status', () => {
    expect(Object.keys(STATUS_OF).sort()).toEqual([...PROBLEM_CODES].sort());
    expect(STATUS_OF).toMatchObject({ 'sender-mismatch': 403, throttled: 429, internal: 503 });
  });

  it('a signed request that grows over the limit in its envelope is 413', async () => {
    const d = door();
    const body =
      text({ requesterUid: SIGNING, engines: ['gdb'], reference: '' }) +
      ' '.repeat(100) +
      '\t'.repeat(40_000);
    expect(status(await d.post(body, signedHeaders(body)))).toBe(413);
    expect(d.published).toEqual([]);
  });

  it('health needs nothing', async () => {
    const d = door({
      settings: () => {
        throw new TerminalError('internal', 'broken');
      },
    });
    for (const method of ['GET', 'HEAD']) {
      const { answer } = await d.send(eventOf(method, '/health'));
      expect([answer.statusCode, healthSchema.parse(JSON.parse(answer.body))]).toEqual([
        200,
        { status: 'ok' },
      ]);
    }
  });

  it('a failed proof of any kind is answered byte for byte alike', async () => {
    const body = text({ requesterUid: SIGNING, engines: ['gdb'] });
    const good = signedHeaders(body);
    const bad = (change: Record<string, string>) => door().post(body, { ...good, ...change });
    const answers = [
      await bad({ Authorization: '' }),
      await bad({ Authorization: 'Bearer wrong' }),
      await bad({ Authorization: 'Basic wrong', 'content-type': 'text/plain' }),
      await bad({ 'webhook-id': 'msg_other' }),
      await bad({ 'webhook-timestamp': '1' }),
      await bad(signedHeaders(body, { timestamp: String(NOW / 1_000 - 301) })),
      await bad(signedHeaders(body, { seed: 2 })),
      await bad({ 'webhook-signature': good['webhook-signature'].replace('v1a', 'v9') }),
      await door().post(body, { 'webhook-id': good['webhook-id'] }),
      await door().post(body),
    ].map(({ answer }) => answer);
    expect(new Set(answers.map((answer) => text(answer))).size).toBe(1);
    expect(answers[0]?.statusCode).toBe(401);
  });
});

describe('when the topic does not take it', () => {
  const rows: [string, Error, number, string, string][] = [
    ['throttled', new RetryableError('throttled', 'plant-inside'), 429, 'throttled', '10'],
    ['down', new RetryableError('internal', 'plant-inside'), 503, 'internal', '30'],
    ['refused', new TerminalError('permission-missing', 'plant-inside'), 503, 'internal', '30'],
    ['anything', new TypeError('plant-inside'), 503, 'internal', '30'],
  ];
  it.each(rows)('%s', async (_name, error, expected, code, wait) => {
    const d = door();
    d.fail = async () => {
      throw error;
    };
    const handled = await d.post(GOOD);
    expect(problemOf(handled)).toMatchObject({ status: expected, code, retryable: true });
    expect(handled.answer.headers['retry-after']).toBe(wait);
    expect(handled.answer.body).not.toContain('plant-inside');
    expect(handled.detail).toBe('plant-inside');
    expect(d.published).toEqual([]);
  });
});

describe('what is told', () => {
  it('no secret, no token and no signature, in no answer and in nothing for the log', async () => {
    const d = door();
    const signed = text({ requesterUid: SIGNING, engines: ['gdb'] });
    const headers = signedHeaders(signed);
    const all = [
      await d.post(GOOD),
      await d.post({ ...GOOD, engines: ['gdb'] }),
      await d.post('{'),
      await d.post(signed, headers),
      await d.post(signed, { ...headers, 'webhook-signature': `${headers['webhook-signature']}x` }),
      await d.post(GOOD, { Authorization: `Basic ${TOKEN}` }),
      await d.post(GOOD, { Authorization: `Bearer ${TOKEN}x` }),
    ];
    const told = text(all);
    for (const secret of [TOKEN, HUB, headers['webhook-signature'].slice(4, 40)])
      expect(told).not.toContain(secret);
  });
});
