import { describe, expect, it } from 'vitest';
import { httpAnswer } from '../../../../local/host/http-answer.ts';
import { corsHeaders, preflightAnswer } from '../../../../local/host/http-cors.ts';
import { httpEvent } from '../../../../local/host/http-event.ts';
import { requireLimits } from '../../../../local/host/http-limits.ts';
import { millis } from '../../../../shared/runtime/clock.ts';

const NOW = millis(Date.UTC(2026, 10, 23, 12) + 123);

describe('an answer of a function, as HTTP', () => {
  const answer = (value: unknown) => {
    const body = Buffer.from(typeof value === 'string' ? value : JSON.stringify(value));
    const { status, headers, body: sent } = httpAnswer({ body, errorType: null });
    return [status, headers, sent.toString()];
  };
  const attached = (more: object = {}) => ({ ...more, 'content-disposition': 'attachment' });
  const bad = [502, { 'content-type': 'text/plain; charset=utf-8' }, 'BadResponse'];

  it.each<[value: unknown, sent: readonly unknown[]]>([
    ['hello', [200, attached({ 'content-type': 'application/json' }), 'hello']],
    ['null', [200, attached({ 'content-type': 'application/json' }), 'null']],
    ['7', [200, attached({ 'content-type': 'application/json' }), '7']],
    [{ a: 1 }, [200, attached({ 'content-type': 'application/json' }), '{"a":1}']],
    [{ statusCode: 204 }, [204, attached(), '']],
    [{ statusCode: '201', body: 'x' }, [201, attached(), 'x']],
    [{ statusCode: 200, body: null, headers: null, isBase64Encoded: null }, [200, attached(), '']],
    [{ statusCode: 200, body: { a: [1] } }, [200, attached(), '{"a":[1]}']],
    [{ statusCode: 200, body: [1] }, [200, attached(), '[1]']],
    [{ statusCode: 200, body: 'YQ==', isBase64Encoded: true }, [200, attached(), 'a']],
    [{ statusCode: 200, body: 'YQ==', isBase64Encoded: false }, [200, attached(), 'YQ==']],
    [
      { statusCode: 200, headers: { 'X-A': 'b', n: 7, many: ['c', 'd'] } },
      [200, attached({ 'X-A': 'b', n: '7', many: ['c', 'd'] }), ''],
    ],
    [{ statusCode: 100 }, [100, attached(), '']],
    [{ statusCode: 599 }, [599, attached(), '']],
    [{ statusCode: 99 }, bad],
    [{ statusCode: 600 }, bad],
    [{ statusCode: 200.5 }, bad],
    [{ statusCode: 'x' }, bad],
    [{ statusCode: 200, body: 7 }, bad],
    [{ statusCode: 200, headers: { a: {} } }, bad],
    [{ statusCode: 200, isBase64Encoded: 'yes' }, bad],
  ])('%j', (value, sent) => {
    expect(answer(value)).toEqual(sent);
  });

  it.each([
    'Connection',
    'content-disposition',
    'Content-Length',
    'date',
    'keep-alive',
    'server',
    'transfer-encoding',
    'upgrade',
    'X-Fc-Request-Id',
    'x-fc-',
  ])('goes without the header %s, which is the platform’s', (name) => {
    expect(answer({ statusCode: 200, headers: { [name]: 'x', 'a-x-fc-b': 'y' } })).toEqual([
      200,
      attached({ 'a-x-fc-b': 'y' }),
      '',
    ]);
  });

  it('with more headers than 8 KB is refused', () => {
    const of = (...values: readonly string[]) => answer({ statusCode: 200, headers: { a: values } })[0];
    expect([of('x'.repeat(8_191)), of('x'.repeat(8_192))]).toEqual([200, 502]);
    expect([of('é'.repeat(2_000), 'x'.repeat(4_191)), of('é'.repeat(2_000), 'x'.repeat(4_192))]).toEqual([
      200, 502,
    ]);
  });

  it('of a function that failed says nothing of the error', () => {
    expect(httpAnswer({ body: Buffer.from('secret'), errorType: 'UnhandledInvocationError' })).toEqual({
      status: 502,
      headers: {
        'content-type': 'text/plain; charset=utf-8',
        'x-fc-error-type': 'UnhandledInvocationError',
      },
      body: Buffer.from('Internal Server Error'),
    });
  });
});

describe('a request, as an event', () => {
  const eventOf = (over: object = {}) =>
    JSON.parse(
      httpEvent(
        {
          method: 'POST',
          target: '/a%20b?x=1&x=2&y=%2B',
          httpVersion: '1.1',
          rawHeaders: ['content-type', 'application/json', 'X-AbC', '1', 'x-abc', '2', 'USER-AGENT', 'me'],
          body: Buffer.from('{"a":1}'),
          sourceIp: '127.0.0.1',
          ...over,
        },
        { accountId: '2', functionName: 'Ask', region: 'cn-hangzhou', requestId: 'r-1', now: NOW },
      ).toString(),
    );

  it('has all that was sent', () => {
    expect(eventOf()).toEqual({
      version: 'v1',
      rawPath: '/a%20b',
      body: '{"a":1}',
      isBase64Encoded: false,
      headers: { 'Content-Type': 'application/json', 'X-Abc': '1,2', 'User-Agent': 'me' },
      queryParameters: { x: '1,2', y: '+' },
      requestContext: {
        accountId: '2',
        domainName: 'ask.cn-hangzhou.fcapp.run',
        domainPrefix: 'ask',
        http: {
          method: 'POST',
          path: '/a b',
          protocol: 'HTTP/1.1',
          sourceIp: '127.0.0.1',
          userAgent: 'me',
        },
        requestId: 'r-1',
        time: '2026-11-23T12:00:00Z',
        timeEpoch: String(NOW),
      },
    });
  });

  it('without a query, a header or a type has none, and a path that cannot be decoded stays', () => {
    const { rawPath, queryParameters, headers, isBase64Encoded, body, requestContext } = eventOf({
      target: '/%zz',
      rawHeaders: [],
    });
    expect({ rawPath, queryParameters, headers }).toEqual({
      rawPath: '/%zz',
      queryParameters: {},
      headers: {},
    });
    expect([isBase64Encoded, body]).toEqual([true, Buffer.from('{"a":1}').toString('base64')]);
    expect(requestContext.http).toMatchObject({ path: '/%zz', userAgent: '' });
  });

  it.each(['Connection', 'keep-alive', 'X-Fc-Invocation-Type', 'x-fc-'])('goes without %s', (name) => {
    expect(Object.keys(eventOf({ rawHeaders: [name, 'x'] }).headers)).toEqual([]);
    expect(Object.keys(eventOf({ rawHeaders: [`a${name}`, 'x'] }).headers)).toHaveLength(1);
  });

  it('keeps headers whose names only begin like these', () => {
    const rawHeaders = ['Connection-Kind', 'a', 'keep-alive-for', 'b'];
    expect(eventOf({ rawHeaders }).headers).toEqual({ 'Connection-Kind': 'a', 'Keep-Alive-For': 'b' });
  });

  it.each([
    ['text/plain', true],
    ['TEXT/HTML; charset=utf-8', true],
    [' application/json ', true],
    ['application/ld+json', true],
    ['application/xhtml+xml', true],
    ['application/xml;a=b', true],
    ['application/atom+xml', true],
    ['application/javascript', true],
    ['application/jsonp', false],
    ['x-application/json', false],
    ['application/octet-stream', false],
    ['', false],
  ])('a body of type %j travels as text: %s', (type, isText) => {
    const event = eventOf({ rawHeaders: ['content-type', type], body: Buffer.from('é') });
    expect([event.isBase64Encoded, event.body]).toEqual(isText ? [false, 'é'] : [true, 'w6k=']);
  });

  it('a body that is not UTF-8 travels in base64, whatever its type says', () => {
    const event = eventOf({ body: Buffer.from([0xff]) });
    expect([event.isBase64Encoded, event.body]).toEqual([true, '/w==']);
  });
});

describe('what the platform lets in', () => {
  const status = (rawHeaders: readonly string[], target: string) => {
    try {
      requireLimits(rawHeaders, target);
      return null;
    } catch (error) {
      const { status, code, message } = Object(error);
      return [status, code, message];
    }
  };
  it.each([
    [['a', 'é'.repeat(4_095)], '/', null],
    [['ab', 'é'.repeat(4_095)], '/', null],
    [['abc', 'é'.repeat(4_095)], '/', [431, 'RequestHeaderFieldsTooLarge', 'the headers have 8193 bytes']],
    [[], 'x'.repeat(4_096), null],
    [[], 'x'.repeat(4_097), [414, 'RequestURITooLong', 'path and query may have 4096 bytes']],
  ])('ends with its limits', (headers, target, refusal) => {
    expect(status(headers, target)).toEqual(refusal);
  });
});

describe('headers for pages of other origins', () => {
  it.each<
    [asked: Readonly<Record<string, string>>, answer: Readonly<Record<string, string>>, headers: object]
  >([
    [{}, {}, { 'access-control-expose-headers': 'Date,x-fc-request-id' }],
    [
      { origin: 'https://a' },
      { x: 'y' },
      {
        'access-control-expose-headers': 'Date,x-fc-request-id',
        'access-control-allow-origin': 'https://a',
        'access-control-allow-credentials': 'true',
        x: 'y',
      },
    ],
    [
      { origin: 'https://a' },
      { 'Access-Control-Allow-Origin': '*', 'access-control-expose-headers': 'z' },
      {
        'access-control-allow-credentials': 'true',
        'Access-Control-Allow-Origin': '*',
        'access-control-expose-headers': 'z',
      },
    ],
  ])('%j with %j', (asked, answer, headers) => {
    expect(corsHeaders(asked, answer)).toEqual(headers);
  });

  const preflight = { origin: 'https://a', 'access-control-request-method': 'PUT' };
  it.each<[method: string, asked: Readonly<Record<string, string>>, headers: object | null]>([
    ['OPTIONS', preflight, { 'access-control-allow-methods': 'PUT' }],
    [
      'OPTIONS',
      { ...preflight, 'access-control-request-headers': 'x-a' },
      { 'access-control-allow-methods': 'PUT', 'access-control-allow-headers': 'x-a' },
    ],
    ['POST', preflight, null],
    ['OPTIONS', { origin: 'https://a' }, null],
    ['OPTIONS', { 'access-control-request-method': 'PUT' }, null],
  ])('%s with %j is answered with %j', (method, asked, headers) => {
    expect(preflightAnswer(method, asked)).toStrictEqual(headers);
  });
});
