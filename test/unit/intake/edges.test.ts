import { describe, expect, it } from 'vitest';
import { MAX_MESSAGE_BYTES, MAX_REQUEST_BYTES } from '../../../events/size-limit.ts';
import { RetryableError } from '../../../shared/runtime/errors.ts';
import { REQUESTER } from '../../kit/accounts.ts';
import { door, eventOf, problemOf, SIGNING, TOKEN } from '../../kit/intake.ts';
import { signedHeaders } from '../../kit/signing-keys.ts';

const GOOD = { requesterUid: REQUESTER, engines: ['redis'], requestId: 'edge-1' };
const status = async (body: unknown, headers: Record<string, string> = {}) =>
  (await door().post(body, headers)).answer.statusCode;
/** A body of a good request, of so many bytes. */
const bodyOf = (bytes: number): string => JSON.stringify(GOOD).padEnd(bytes);
/** What is published of a signed request, whose words are signed with so many spaces behind them; and the answer. */
async function signedOf(
  spaces: number,
): Promise<{ readonly bytes: number | null; readonly answered: number }> {
  const text = JSON.stringify({ requesterUid: SIGNING, engines: ['redis'] });
  const body = text.padEnd(text.length + spaces);
  const d = door();
  const { answer } = await d.post(body, signedHeaders(body));
  const [message] = d.published;
  return {
    bytes: message === undefined ? null : Buffer.byteLength(message.body),
    answered: answer.statusCode,
  };
}

describe('the length of a request', () => {
  it('is counted to the byte, as it comes in', async () => {
    expect(await status(bodyOf(MAX_REQUEST_BYTES))).toBe(202);
    expect(await status(bodyOf(MAX_REQUEST_BYTES + 1))).toBe(413);
  });

  it('is counted to the byte, as it is published', async () => {
    const { bytes } = await signedOf(0);
    const spaces = MAX_MESSAGE_BYTES - Number(bytes);
    expect(await signedOf(spaces)).toEqual({ bytes: MAX_MESSAGE_BYTES, answered: 202 });
    expect(await signedOf(spaces + 1)).toEqual({ bytes: null, answered: 413 });
  });
});

describe('the type of a body', () => {
  it.each([
    'application/json',
    'Application/JSON',
    ' application/json ',
    'application/json;charset=utf-8',
    'application/json;  charset=UTF-8',
    'application/json; charset="utf-8" ',
    'application/json ;charset=utf-8',
    'application/vnd.jira+json',
  ])('%s is JSON', async (type) => {
    expect(await status(GOOD, { 'Content-Type': type })).toBe(202);
  });

  it.each(['xapplication/json', 'application/jsonx', 'application/+json', 'text/plain', ''])(
    '%s is not',
    async (type) => {
      expect(await status(GOOD, { 'Content-Type': type })).toBe(415);
    },
  );
});

describe('a trace', () => {
  const TRACE = `00-${'4bf92f3577b34da6'.repeat(2)}-00f067aa0ba902b7-01`;
  const traced = async (traceparent: string) =>
    (await door().post(GOOD, { Traceparent: traceparent })).traceparent;

  it('that a request came with is told to the log', async () => {
    expect(await traced(TRACE)).toBe(TRACE);
    expect(
      (await door().send(eventOf('GET', '/health', { headers: { traceparent: TRACE } }))).traceparent,
    ).toBe(TRACE);
  });

  it.each([
    `x${TRACE}`,
    `${TRACE}x`,
    TRACE.replace('00-', '01-'),
    TRACE.toUpperCase(),
    TRACE.replace('4b', ''),
    TRACE.replace('-00f0', '-'),
    TRACE.slice(0, -1),
    '',
  ])('of another form is not repeated: %s', async (traceparent) => {
    expect(await door().post(GOOD, { traceparent })).not.toHaveProperty('traceparent');
  });
});

describe('what is said', () => {
  it('of a long method, its beginning', async () => {
    const { answer } = await door().send(eventOf('X'.repeat(1_000), '/health'));
    expect(problemOf({ answer }).detail).toBe(`${'X'.repeat(16)} is not for this path; use GET, HEAD.`);
  });

  it('to the log, which client it was', async () => {
    expect((await door().post('{')).detail).toBe('client jira');
  });

  it('when the topic did not take it, that it was not accepted', async () => {
    const d = door();
    for (const [error, detail] of [
      [
        new RetryableError('throttled', 'x'),
        'the request topic takes no more for now, and the request was not accepted; send it again later.',
      ],
      [new TypeError('x'), 'the request could not be handed on and was not accepted; send it again later.'],
    ] as const) {
      d.fail = () => Promise.reject(error);
      expect(problemOf(await d.post(GOOD)).detail).toBe(detail);
    }
  });
});

it('of a requester that does not sign, a signature is no part of the request', async () => {
  const d = door();
  const text = JSON.stringify({ requesterUid: REQUESTER, engines: ['redis'] });
  const { answer, requestId } = await d.post(text, {
    Authorization: `Bearer ${TOKEN}`,
    ...signedHeaders(text),
  });
  expect(answer.statusCode).toBe(202);
  expect(d.published).toEqual([
    {
      topic: 'plain-topic',
      body: JSON.stringify({
        requesterUid: REQUESTER,
        engines: ['redis'],
        action: 'grant',
        access: 'register',
        connections: [],
        requestId,
      }),
    },
  ]);
});
