import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { cloudEvent } from '../../../events/cloud-event.ts';
import { outcomeLineSchema, writeLineSchema } from '../../../events/history.ts';
import { httpEventSchema } from '../../../events/http.ts';
import { invocationAnswerSchema } from '../../../events/invocation-answer.ts';
import { outcomeSchema } from '../../../events/outcome.ts';
import { traced } from '../../../events/trace.ts';
import type * as z from '../../../events/zod.ts';

const sample = (name: string): Record<string, unknown> =>
  JSON.parse(readFileSync(new URL(`../../../events/samples/${name}.json`, import.meta.url), 'utf8'));

const DIGEST = 'd'.repeat(43);
const left = (why: string) => ({ requestId: 'r', digest: DIGEST, why });

it.each<[what: string, schema: z.ZodMiniType, sample: string, more: object, isOne: boolean]>([
  ['an outcome for nobody', outcomeSchema, 'outcome', { to: [] }, false],
  ['an outcome for three', outcomeSchema, 'outcome', { to: ['1', '2', 'owner'] }, false],
  ['an outcome for somebody unknown', outcomeSchema, 'outcome', { to: ['anybody'] }, false],
  ['an outcome of nobody proved', outcomeSchema, 'outcome', { to: ['unproved', 'owner'] }, true],
  ['an outcome that asks for nothing', outcomeSchema, 'outcome', { asked: {} }, false],
  ['an outcome that asks', outcomeSchema, 'outcome', { asked: { request: {}, digest: DIGEST } }, true],
  ['an outcome that left nothing', outcomeSchema, 'outcome', { left: {} }, false],
  ['an outcome that left for no reason', outcomeSchema, 'outcome', { left: left('tired') }, false],
  ...['replaced', 'ended', 'denied'].map((why): [string, z.ZodMiniType, string, object, boolean] => [
    `an outcome that left what was ${why}`,
    outcomeSchema,
    'outcome',
    { left: left(why) },
    true,
  ]),
  ['a sweep to go on after nothing', outcomeSchema, 'outcome', { sweep: {} }, false],
  ['a write of no time', writeLineSchema, 'history-write', { at: undefined }, false],
  ['a write that is settled', writeLineSchema, 'history-write', { settled: true }, true],
  ['a write that is not settled', writeLineSchema, 'history-write', { settled: false }, false],
  ['a line of no access', outcomeLineSchema, 'history-outcome', { access: undefined }, false],
  [
    'a line with a problem of no code',
    outcomeLineSchema,
    'history-outcome',
    { problem: { title: 't' } },
    false,
  ],
  [
    'a line with a problem of no title',
    outcomeLineSchema,
    'history-outcome',
    { problem: { code: 'internal' } },
    false,
  ],
  [
    'a line with a problem',
    outcomeLineSchema,
    'history-outcome',
    { problem: { code: 'internal', title: 't' } },
    true,
  ],
  ['an HTTP event of no request', httpEventSchema, 'http', { requestContext: {} }, false],
  ['an HTTP event of no method', httpEventSchema, 'http', { requestContext: { http: {} } }, false],
  [
    'an answer with a role without a reason',
    invocationAnswerSchema,
    'invocation-answer',
    { unjudged: [{ role: 'r' }] },
    false,
  ],
])('%s', (_what, schema, name, more, isOne) => {
  expect(schema.safeParse(sample(name)).success).toBe(true);
  expect(schema.safeParse({ ...sample(name), ...more }).success).toBe(isOne);
});

it('functions of an earlier version say less', () => {
  const {
    to: _to,
    at: _at,
    before: _before,
    after: _after,
    approvedBy: _by,
    changes: _changes,
    ...old
  } = sample('outcome');
  const none = { at: null, before: null, after: null, approvedBy: null };
  expect(outcomeSchema.parse(old)).toMatchObject({ to: ['owner'], changes: [], ...none });
  const { unjudged: _unjudged, ...answer } = sample('invocation-answer');
  expect(invocationAnswerSchema.parse(answer).unjudged).toEqual([]);
});

it('a trace goes on where there is one', () => {
  expect([traced('t'), traced(null), traced(undefined)]).toStrictEqual([{ traceparent: 't' }, {}, {}]);
});

it('an envelope says what is answered, and the same of copies', () => {
  const data = { status: 'verified', requestId: 'r', requesterUid: '1' };
  const made = (fingerprint: string, source = 's') =>
    cloudEvent(source, { fingerprint, traceparent: 't' }, 0, data);
  expect(made('f')).toStrictEqual({
    specversion: '1.0',
    id: expect.stringMatching(/^[0-9a-f]{32}$/),
    source: 's',
    type: 'dms-handshake.access.verified.v1',
    subject: '1',
    time: '1970-01-01T00:00:00.000Z',
    datacontenttype: 'application/json',
    correlationid: 'r',
    traceparent: 't',
    data,
  });
  expect(made('f').id).toBe(made('f').id);
  expect(new Set([made('f').id, made('g').id, made('f', 's2').id, made('2f').id]).size).toBe(4);
  const unknown = cloudEvent('s', { fingerprint: 'f' }, 0, { ...data, requesterUid: null });
  expect(Object.keys(unknown)).not.toContain('subject');
});
