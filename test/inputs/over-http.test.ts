import { describe, expect, it } from 'vitest';
import { clientFaults } from '../../shared/admission/authenticate/clients.ts';
import { REQUESTER } from '../kit/accounts.ts';
import { door, eventOf, HUB, problemOf, REQUESTERS, SIGNING, TOKEN } from '../kit/intake.ts';
import { signedHeaders, WHSEC } from '../kit/signing-keys.ts';

const GOOD = { requesterUid: REQUESTER, engines: ['redis'] };
const MARK = '\ufeff';
const text = JSON.stringify(GOOD);
const headers = { 'content-type': 'application/json', authorization: `Bearer ${TOKEN}` };
/** A body that the trigger hands over in base64, as it does with bytes that are no text. */
const bytes = (body: Buffer, over: object = {}) =>
  eventOf('POST', '/requests', {
    headers: { ...headers, ...over },
    body: body.toString('base64'),
    isBase64Encoded: true,
  });

describe('the bytes of a body', () => {
  it.each([
    ['with a byte order mark', Buffer.from(MARK + text)],
    ['with a mark and white space', Buffer.from(`${MARK}\r\n ${text}\n`)],
    ['in base64', Buffer.from(Buffer.from(text).toString('base64'))],
    ['in base64, a mark inside', Buffer.from(Buffer.from(MARK + text).toString('base64'))],
    ['in base64, a mark before it', Buffer.from(MARK + Buffer.from(text).toString('base64'))],
  ])('%s are taken', async (_what, body) => {
    const d = door();
    expect((await d.send(bytes(body))).answer.statusCode).toBe(202);
    expect(d.published.map((one) => JSON.parse(one.body))).toMatchObject([GOOD]);
  });

  const gbk = Buffer.concat([
    Buffer.from(`${text.slice(0, -1)},\n"reference":"`),
    Buffer.from([0xb6, 0xa9]),
    Buffer.from('"}'),
  ]);
  it.each([
    ['GBK', gbk, 'byte 0xb6 at line 2, column 14'],
    ['GBK in base64', Buffer.from(gbk.toString('base64')), 'the body in base64 is not UTF-8: byte 0xb6'],
    ['UTF-16', Buffer.from(MARK + text, 'utf16le'), 'the body is UTF-16 (little-endian)'],
    ['UTF-16 without a mark', Buffer.from(text, 'utf16le'), 'the body is UTF-16 (little-endian)'],
    ['a mark and nothing else', Buffer.from(MARK), 'the body is empty'],
    ['two marks', Buffer.from(MARK + MARK + text), 'it begins with "\\ufeff'],
    ['what begins with a space that is none', Buffer.from(`\u00a0${text}`), 'it begins with "\\u00a0'],
  ])('%s are refused, and what is wrong can be seen', async (_what, body, why) => {
    const d = door();
    const answered = await d.send(bytes(body));
    expect(answered.answer.statusCode).toBe(400);
    expect(problemOf(answered).detail).toContain(why);
    expect(problemOf(answered).detail).not.toMatch(/[\u00a0\ufeff\ufffd]/);
    expect(d.published).toEqual([]);
  });

  it('are signed as they were sent, mark and all', async () => {
    const payload = MARK + JSON.stringify({ ...GOOD, requesterUid: SIGNING });
    const d = door();
    const { answer } = await d.send(bytes(Buffer.from(payload), signedHeaders(payload)));
    expect(answer.statusCode).toBe(202);
    expect(d.published.map(({ body }) => JSON.parse(body).payload)).toEqual([payload]);
    const other = await d.send(bytes(Buffer.from(payload.slice(1)), signedHeaders(payload)));
    expect(other.answer.statusCode).toBe(401);
  });
});

describe('a content type', () => {
  it.each([
    'application/json; charset=utf8',
    'application/json; charset=utf-8; version=1',
    'application/json;',
    'application/json; odata=verbose',
    'application/json; charset=iso-8859-1',
    'application/json; charset="utf-8"',
    "application/json; profile='x'",
    'application/json ; charset=UTF-8 ;',
    'application/problem+json; charset=',
    'application/vnd.api+json; ext="https://example.com/ext"',
  ])('%s is of JSON', async (type) => {
    const d = door();
    expect((await d.post(GOOD, { 'Content-Type': type })).answer.statusCode).toBe(202);
    const latin = await d.send(
      bytes(Buffer.from(text.replace('redis', 'r\xe9dis'), 'latin1'), { 'content-type': type }),
    );
    expect([latin.answer.statusCode, problemOf(latin).detail]).toEqual([
      400,
      expect.stringContaining('not UTF-8'),
    ]);
  });

  it.each([
    'application/jsonp',
    'text/json',
    'application/x-www-form-urlencoded',
    'json',
    ';',
    'application/',
  ])('%s is not', async (type) => {
    expect((await door().post(GOOD, { 'Content-Type': type })).answer.statusCode).toBe(415);
  });
});

describe('a field that is null', () => {
  const OPTIONAL = ['action', 'access', 'connections', 'instances', 'readOnly', 'expiresAt', 'users'];
  it.each([...OPTIONAL, 'requestId', 'reference', 'traceparent'])('%s is as if left out', async (field) => {
    const d = door();
    await d.post({ ...GOOD, [field]: null }, { 'Idempotency-Key': 'same-key' });
    await d.post(GOOD, { 'Idempotency-Key': 'same-key-2' });
    const [one, other] = d.published.map(({ body }) => ({ ...JSON.parse(body), requestId: '' }));
    expect(one).toEqual(other);
  });

  it.each([
    ['requesterUid', { engines: ['redis'], requesterUid: null }, 'requesterUid is null'],
    ['engines of a grant', { ...GOOD, engines: null }, 'expected at least one engine to grant'],
    ['a name among engines', { ...GOOD, engines: ['redis', null] }, 'engines[1] is null'],
    ['instances of an engine', { ...GOOD, instances: { redis: null } }, 'instances.redis is null'],
    ['what is no field', { ...GOOD, engine: null }, '"engine" (null) is no field'],
  ])('is refused where it means nothing: %s', async (_what, body, why) => {
    const answered = await door().post(body);
    expect(answered.answer.statusCode).toBe(400);
    expect(problemOf(answered).detail).toContain(why);
  });
});

describe('a time', () => {
  it.each([
    ['2027-01-31T00:00Z', '2027-01-31T00:00:00.000Z'],
    ['2027-01-31T00:00:00.000+0000', '2027-01-31T00:00:00.000Z'],
    ['2027-01-31T09:00+09:00', '2027-01-31T00:00:00.000Z'],
    ['20270131T090000+0900', '2027-01-31T00:00:00.000Z'],
  ])('%s is taken', async (expiresAt, utc) => {
    const d = door();
    expect((await d.post({ ...GOOD, expiresAt })).answer.statusCode).toBe(202);
    expect(d.published.map(({ body }) => JSON.parse(body).expiresAt)).toEqual([utc]);
  });

  it.each(['2027-02-30T00:00:00Z', '2027-04-31T00:00Z', '2027-01-31T24:00:00Z', '2027-01-31T00:00:00'])(
    '%s is refused',
    async (expiresAt) => {
      const answered = await door().post({ ...GOOD, expiresAt });
      expect([answered.answer.statusCode, problemOf(answered).detail]).toEqual([
        400,
        expect.stringContaining(`expiresAt is "${expiresAt}"`),
      ]);
    },
  );
});

describe('a secret in the environment', () => {
  const around = [
    ...['\n', '\r\n', '\r', ' ', '\t', '\u00a0', '\ufeff', '  \n'].map((end) => ['', end] as const),
    ...[' ', '\ufeff', '\n'].map((start) => [start, ''] as const),
  ];
  it.each(around)(
    'with %j before and %j after it is used without, and the log names the variable',
    async (start, end) => {
      const environment = { TOKEN: start + TOKEN + end, HUB, WEBHOOKS: start + WHSEC + end };
      const d = door({ environment });
      expect((await d.post(GOOD)).answer.statusCode).toBe(202);
      const faults = clientFaults(REQUESTERS.clients, environment);
      expect(faults).toEqual([
        expect.stringMatching(/^client webhooks: WEBHOOKS begins or ends with white space/),
        expect.stringMatching(/^client jira: TOKEN begins or ends with white space/),
      ]);
      expect(faults.join()).not.toContain(TOKEN);
    },
  );

  it('that is white space only is not set, and proves nobody', async () => {
    const environment = { TOKEN: ' \r\n', HUB, WEBHOOKS: WHSEC };
    expect((await door({ environment }).post(GOOD, { authorization: 'Bearer ' })).answer.statusCode).toBe(
      401,
    );
    expect(clientFaults(REQUESTERS.clients, environment)).toEqual([
      'client jira: the environment variable TOKEN is not set',
    ]);
  });

  it('with a line end inside is told of', () => {
    const environment = { TOKEN: 'one-half\nother-half', HUB, WEBHOOKS: WHSEC };
    expect(clientFaults(REQUESTERS.clients, environment)).toEqual([
      'client jira: TOKEN holds a control character inside of the secret; set it anew',
    ]);
  });
});
