import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { destinationEventSchema } from '../../../events/destination.ts';
import { outcomeLineSchema, writeLineSchema } from '../../../events/history.ts';
import { httpEventSchema } from '../../../events/http.ts';
import { acceptedSchema, healthSchema, httpProblemSchema } from '../../../events/http-answers.ts';
import { invocationSchema } from '../../../events/invocation.ts';
import { invocationAnswerSchema } from '../../../events/invocation-answer.ts';
import { outcomeSchema } from '../../../events/outcome.ts';
import { ownerSchema } from '../../../events/owner.ts';
import { parseRequest } from '../../../events/parse-request.ts';
import { probeSchema } from '../../../events/probe.ts';
import { problemSchema } from '../../../events/problem.ts';
import { queueEventSchema } from '../../../events/queue.ts';
import { replySchema } from '../../../events/reply.ts';
import { requestSchema } from '../../../events/request.ts';
import { timerEventSchema } from '../../../events/timer.ts';
import { topicEventSchema } from '../../../events/topic.ts';
import { upkeepSchema } from '../../../events/upkeep.ts';
import type * as z from '../../../events/zod.ts';

/** Every file of `events/`, its schemas, and the samples that they parse. A file that is not here fails the first test. */
const ROWS: readonly (readonly [file: string, schema: z.ZodMiniType, ...samples: [string, ...string[]]])[] = [
  ['destination', destinationEventSchema, 'destination-success', 'destination-failure'],
  ['http', httpEventSchema, 'http'],
  ['http-answers', acceptedSchema, 'http-answer-accepted'],
  ['http-answers', healthSchema, 'http-answer-health'],
  ['http-answers', httpProblemSchema, 'http-answer-problem'],
  ['invocation', invocationSchema, 'invocation'],
  ['invocation-answer', invocationAnswerSchema, 'invocation-answer'],
  ['outcome', outcomeSchema, 'outcome', 'outcome-sweep'],
  ['history', writeLineSchema, 'history-write'],
  ['history', outcomeLineSchema, 'history-outcome'],
  ['probe', probeSchema, 'probe'],
  ['owner', ownerSchema(), 'owner-close', 'owner-keep'],
  ['queue', queueEventSchema(), 'queue-single', 'queue-array'],
  [
    'reply',
    replySchema,
    'reply-verified',
    'reply-rejected',
    'reply-changed',
    'reply-expiring',
    'reply-review-due',
  ],
  [
    'request',
    requestSchema,
    'request-minimal',
    'request-full',
    'request-console',
    'request-scoped',
    'request-read-only',
    'request-break-glass',
  ],
  ['timer', timerEventSchema, 'timer'],
  ['topic', topicEventSchema, 'topic'],
  [
    'upkeep',
    upkeepSchema(),
    'upkeep-role',
    'upkeep-policy',
    'upkeep-repair',
    'upkeep-remember-verdict',
    'upkeep-remember-told',
    'upkeep-unconfirmed',
    'upkeep-remember-inventory',
    'upkeep-sweep',
  ],
];

/** Parts of other shapes, and shapes whose samples have a test of their own. */
const ELSEWHERE = [
  ...['problem', 'report', 'parse-request', 'read-json', 'describe-issue', 'signed', 'requesters', 'trace'],
  ...['access', 'check', 'change', 'grant', 'json-text', 'request-id', 'uid', 'size-limit', 'cloud-event'],
  ...[
    'action',
    'approval-report',
    'review-report',
    'sweep-report',
    'text',
    'time',
    'nulls',
    'name',
    'nearest',
    'visible',
    'xml-safe-json',
    'digest',
    'grant-rules',
    'at-first-use',
    'stray-fields',
    'zod',
  ],
];

const EVENTS = new URL('../../../events/', import.meta.url);
const SAMPLES = new URL('samples/', EVENTS);

const read = (name: string): unknown => JSON.parse(readFileSync(new URL(`${name}.json`, SAMPLES), 'utf8'));
const namesIn = (folder: URL, extension: string): readonly string[] =>
  readdirSync(folder)
    .filter((file) => file.endsWith(extension))
    .map((file) => file.slice(0, -extension.length));

const rows = ROWS.flatMap(([file, schema, ...samples]) =>
  samples.map((sample) => ({ file, schema, sample })),
);

describe('the samples', () => {
  it('are of every shape that may enter or leave', () => {
    const shapes = namesIn(EVENTS, '.ts').filter((name) => !ELSEWHERE.includes(name));
    expect(shapes.sort()).toEqual([...new Set(rows.map(({ file }) => file))].sort());
  });

  it('all belong to a shape', () => {
    const known = rows.map(({ sample }) => sample);
    const found = namesIn(SAMPLES, '.json').filter(
      (name) => !ELSEWHERE.some((shape) => name === shape || name.startsWith(`${shape}-`)),
    );
    expect(found.sort()).toEqual([...known].sort());
  });

  it.each(rows)('$sample is one of $file', ({ schema, sample }) => {
    expect(schema.safeParse(read(sample)).error).toBeUndefined();
  });

  it.each(rows)('$sample is of no other shape', ({ schema, sample }) => {
    const fits = ROWS.filter(([, other]) => other.safeParse(read(sample)).success);
    expect(fits.map(([, other]) => other)).toEqual([schema]);
  });

  it('name no account but two invented ones', () => {
    const text = rows.map(({ sample }) => JSON.stringify(read(sample))).join();
    expect(new Set(text.match(/\b\d{16}\b/g))).toEqual(new Set(['1000000000000001', '2000000000000002']));
  });
});

describe('what the samples carry', () => {
  it('messages are requests that are understood', () => {
    const topic = topicEventSchema.parse(read('topic'));
    const single = queueEventSchema().parse(read('queue-single'));
    const many = queueEventSchema().parse(read('queue-array'));
    const bodies = [
      topic.Message,
      ...[single, many].flat().map(({ data }) => data.messageBody),
      httpEventSchema.parse(read('http')).body,
    ].map((body) => (typeof body === 'string' ? body : JSON.stringify(body)));
    for (const body of bodies) expect(parseRequest(body)).toHaveProperty('request');
  });

  it('a destination carries the event that came in and the outcomes that went out', () => {
    const success = destinationEventSchema.parse(read('destination-success'));
    expect(JSON.parse(success.requestPayload)).toEqual(read('topic'));
    expect(JSON.parse(success.responsePayload)).toEqual([read('outcome')]);
    const failure = destinationEventSchema.parse(read('destination-failure'));
    expect(JSON.parse(failure.responsePayload)).toMatchObject({
      errorMessage: expect.stringMatching(/^\[throttled\] /),
    });
  });

  it('a rejection has a problem, a verification has checks', () => {
    const rejected = replySchema.parse(read('reply-rejected'));
    expect(problemSchema.parse(rejected.data.problem).code).toBe('unknown-engine');
    const verified = replySchema.parse(read('reply-verified'));
    expect(verified.data.checks.every(({ status }) => status === 'pass')).toBe(true);
    expect(verified.data.problem).toBeNull();
  });
});

describe('a shape that is not quite right', () => {
  const without = (sample: string, key: string) => {
    const { [key]: _gone, ...rest } = Object(read(sample));
    return rest;
  };

  it.each(['TopicName', 'MessageId', 'Message', 'PublishTime'])('a topic event without %s is none', (key) => {
    expect(topicEventSchema.safeParse(without('topic', key)).success).toBe(false);
  });

  it.each([0, -1, 'soon', null, 1.5])('a topic event of the time %s is none', (PublishTime) => {
    expect(topicEventSchema.safeParse({ ...Object(read('topic')), PublishTime }).success).toBe(false);
  });

  it('a topic event may bring its time as a string, as some versions of the trigger do', () => {
    const parsed = topicEventSchema.parse({ ...Object(read('topic')), PublishTime: '1795428232000' });
    expect(parsed.PublishTime).toBe(1_795_428_232_000);
  });

  it('an empty list of queue events is none', () => {
    expect(queueEventSchema().safeParse([]).success).toBe(false);
  });

  it.each(['requestPayload', 'responsePayload', 'responseContext', 'requestContext'])(
    'a destination event without %s is none',
    (key) => {
      expect(destinationEventSchema.safeParse(without('destination-success', key)).success).toBe(false);
    },
  );

  it('an HTTP event may leave out what a GET has none of', () => {
    const { version, rawPath, requestContext } = Object(read('http'));
    expect(httpEventSchema.parse({ version, rawPath, requestContext })).toMatchObject({
      body: '',
      isBase64Encoded: false,
      headers: {},
      queryParameters: {},
    });
  });

  it.each([
    { status: 'ok' },
    { assurance: 'total' },
    { access: 'all' },
    { checks: [{ id: 'x', status: 'unknown', detail: '', fix: null }] },
  ])('a reply with %j is none', (change) => {
    const reply = replySchema.parse(read('reply-verified'));
    expect(replySchema.safeParse({ ...reply, data: { ...reply.data, ...change } }).success).toBe(false);
  });
});
