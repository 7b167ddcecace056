import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Reply } from '../../events/reply.ts';
import { MAX_MESSAGE_BYTES } from '../../events/size-limit.ts';
import { ApiError } from '../../local/cloud/error.ts';
import { type Built, openBuilt } from '../chaos/built.ts';
import { REQUESTER } from '../kit/accounts.ts';

/** Whatever comes in, in whatever size and shape: one outcome that somebody can read, and nothing that is too large. */

const KB = 1_024;
const grant = { requesterUid: REQUESTER, engines: ['redis'], requestId: 'large', reference: 'ticket 7' };
const padded = (body: object, fill: string) => `${fill.repeat(60 * KB)}${JSON.stringify(body)}`;

let built: Built;
beforeAll(async () => {
  built = await openBuilt({});
});
afterAll(() => built.close());
beforeEach(() => built.renew());

/** The one outcome of a body: replies of one id, or a dead letter. */
async function outcomeOf(body: string): Promise<Reply> {
  built.publish(body);
  await built.settle();
  expect(built.deadLetters()).toEqual([]);
  const replies = [...new Map(built.everyReply().map((reply) => [reply.id, reply])).values()];
  expect(replies.map(({ data }) => data.status)).toHaveLength(1);
  const [reply] = replies;
  if (reply === undefined) throw new Error('no reply');
  expect(Buffer.byteLength(JSON.stringify(reply))).toBeLessThan(64 * KB);
  return reply;
}

/** A call that fails for good. */
function failing(service: string, operation: string): void {
  built.world.weather.faults.push({
    at: 'before',
    error: new ApiError(403, 'NoPermission', 'You are not authorized to do this action.'),
    times: Number.POSITIVE_INFINITY,
    matches: (call) => call.service === service && call.operation === operation,
  });
}

const isInvocation = ({ service, operation }: { readonly service: string; readonly operation: string }) =>
  service === 'fc' && operation === 'InvokeFunction';

const NO_REQUESTS: readonly [what: string, body: string][] = [
  ['quotes', '"'.repeat(40 * KB)],
  ['backslashes', '\\'.repeat(40 * KB)],
  ['line ends', '\n'.repeat(65_000)],
  ['lists in lists', `${'['.repeat(9_000)}${']'.repeat(9_000)}`],
  ['objects in objects', `${'{"a":'.repeat(9_000)}1${'}'.repeat(9_000)}`],
  ['a field of nested lists', `{"requesterUid":${'['.repeat(9_000)}${']'.repeat(9_000)}}`],
  ['a name of 60 KB', JSON.stringify({ ...grant, ['x'.repeat(60_000)]: 1 })],
  ['an engine of 30 KB of quotes', JSON.stringify({ ...grant, engines: ['"'.repeat(30_000)] })],
  [
    'a narrowed engine of 30 KB of quotes',
    JSON.stringify({ ...grant, instances: { ['"'.repeat(30_000)]: [1] } }),
  ],
];

describe('a message that is no request', () => {
  it.each(NO_REQUESTS)('of %s is refused in words', async (_what, body) => {
    const { data } = await outcomeOf(body);
    expect([data.status, data.requesterUid]).toEqual(['rejected', REQUESTER]);
    expect(data.problem?.detail.length).toBeLessThan(4_100);
  });
});

describe('a request in a large message', () => {
  it.each([
    ['line ends', '\n'],
    ['blanks', ' '],
  ])('between %s is carried out, and answered once', async (_what, fill) => {
    const { data } = await outcomeOf(padded(grant, fill));
    expect([data.status, data.requestId, data.engines]).toEqual(['verified', 'large', ['redis']]);
  });

  it('that fails for good is answered once, with the reason', async () => {
    failing('ram', 'CreateRole');
    const { data } = await outcomeOf(padded(grant, '\n'));
    expect([data.status, data.requestId, data.problem?.code]).toEqual([
      'failed',
      'large',
      'permission-missing',
    ]);
  });

  it('that meets an outage is answered once, when the platform gives up', async () => {
    built.world.weather.faults.push({
      at: 'before',
      times: Number.POSITIVE_INFINITY,
      matches: ({ service }) => service === 'ram',
    });
    const { data } = await outcomeOf(padded(grant, '\n'));
    expect([data.status, data.requestId, data.problem?.code]).toEqual(['failed', 'large', 'internal']);
    expect(data.problem?.detail).toMatch(/gave up after 4 deliveries/);
  });
});

describe('an outcome that provision hands to verify itself', () => {
  it('is handed over again when that fails, and answered as one', async () => {
    const fault = { at: 'before', times: 9, matches: isInvocation } as const;
    built.world.weather.faults.push(fault);
    const { data } = await outcomeOf(padded(grant, '\n'));
    expect(data.status).toBe('verified');
    expect(built.calls('fc').filter(({ status }) => status === 202)).toHaveLength(1);
  });

  it('is told of in the log, where that fails for good', async () => {
    failing('fc', 'InvokeFunction');
    built.publish(padded(grant, '\n'));
    await built.settle();
    expect(built.everyReply()).toEqual([]);
    const lines = built.logs().filter(({ line }) => line.includes('invocation-failed'));
    expect(lines).toHaveLength(4);
    expect(lines[0]?.line).toContain('InvokeFunction');
  });

  it('is not made of a message that the platform can hand on', async () => {
    await outcomeOf(JSON.stringify(grant));
    expect(built.calls('fc')).toEqual([]);
  });
});

describe('a message that no event of a function could hold', () => {
  const ESCAPED = ['"', '\\', '\n'];

  it.each(ESCAPED)('is refused by the topic, to whoever publishes it: %j', async (character) => {
    expect(() => built.publish(character.repeat(64 * KB))).toThrow(/MessageBody/);
    await built.settle();
    expect([built.everyReply(), built.deadLetters()]).toEqual([[], []]);
  });

  it.each(ESCAPED)('is not the longest that the topic takes, which is answered: %j', async (character) => {
    const { data } = await outcomeOf(character.repeat(MAX_MESSAGE_BYTES));
    expect([data.status, data.problem?.code]).toEqual(['rejected', 'invalid-request']);
  });
});

describe('what verify cannot answer', () => {
  it.each([
    ['quotes', '"'.repeat(40 * KB)],
    ['quotes, not quite too many', '"'.repeat(9 * KB)],
    ['a request between line ends', padded(grant, '\n')],
  ])('is a dead letter that fits its queue: %s', async (_what, body) => {
    failing('mns', 'PublishMessage');
    built.publish(body);
    await built.settle();
    const letters = built.deadLetters();
    expect(letters).toHaveLength(1);
    expect(Buffer.byteLength(letters.join(''))).toBeLessThan(64 * KB);
    expect(letters.join('')).toContain('NoPermission');
  });
});
