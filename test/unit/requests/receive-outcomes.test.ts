import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { outcomesOf } from '../../../shared/requests/receive-outcomes.ts';
import { OWNER, REQUESTER } from '../../kit/accounts.ts';
import { sample } from '../../kit/samples.ts';

/** A destination's event about a message that provision failed at for good. */
function failure(body: string | object, change: Record<string, unknown> = {}) {
  const Message = typeof body === 'string' ? body : JSON.stringify(body);
  const requestPayload = JSON.stringify({ ...sample('topic'), Message });
  return { ...sample('destination-failure'), requestPayload, ...change };
}

const thrown = (errorMessage: string) => ({
  responsePayload: JSON.stringify({ errorMessage, errorType: 'Error', stackTrace: [] }),
});

describe('what provision returned', () => {
  it('is taken as it is', () => {
    expect(outcomesOf(sample('destination-success'), OWNER)).toEqual([sample('outcome')]);
  });

  it('may be several outcomes, or none', () => {
    const two = [sample('outcome'), { ...sample('outcome'), requestId: 'second' }];
    const event = (outcomes: object) => ({
      ...sample('destination-success'),
      responsePayload: JSON.stringify(outcomes),
    });
    expect(outcomesOf(event(two), OWNER)).toEqual(two);
    expect(outcomesOf(event([]), OWNER)).toEqual([]);
  });
});

describe('what provision failed at for good', () => {
  it('is read out of the event that it was given, with the problem that it threw', () => {
    expect(outcomesOf(sample('destination-failure'), OWNER)).toEqual([
      {
        kind: 'dms-handshake.outcome.v1',
        result: 'failed',
        action: 'grant',
        requestId: '94F159424C3A50003041CFD51E861FD9',
        fingerprint: expect.stringMatching(/^[0-9a-f]{32}$/),
        requesterUid: REQUESTER,
        access: 'register',
        reference: null,
        engines: [],
        connections: [],
        revoked: [],
        record: {},
        changedAt: null,
        writes: 0,
        problem: {
          code: 'throttled',
          title: expect.any(String),
          detail:
            'provision gave up after 4 deliveries: RAM CreateRole: Throttling.User (HTTP 400), request id 0F1E2D3C-4B5A-6978-8796-A5B4C3D2E1F0, after 7 attempts. Send the request again; what is half done is then completed.',
          retryable: true,
        },
      },
    ]);
  });

  it('keeps what the requester knows it by', () => {
    const body = {
      requesterUid: REQUESTER,
      engines: ['redis'],
      requestId: 'change-1',
      reference: '<DBA> & 1',
    };
    expect(outcomesOf(failure(body), OWNER)).toMatchObject([
      { result: 'failed', requestId: 'change-1', reference: '<DBA> & 1', requesterUid: REQUESTER },
    ]);
  });

  it('has the same fingerprint as the outcome of a delivery that went well: the reply is the same reply', () => {
    const [failed] = outcomesOf(sample('destination-failure'), OWNER) ?? [];
    const [again] = outcomesOf(failure(JSON.parse(String(sample('topic')['Message']))), OWNER) ?? [];
    expect(again?.fingerprint).toBe(failed?.fingerprint);
  });

  it('has the same fingerprint whatever trace a copy belongs to: two tries of one call are one request', () => {
    const body = { requesterUid: REQUESTER, engines: ['redis'], requestId: 'change-1' };
    const trace = (id: string) => `00-${id.repeat(32)}-00f067aa0ba902b7-01`;
    const copies = [body, { ...body, traceparent: trace('a') }, { traceparent: trace('b'), ...body }];
    const outcomes = copies.flatMap((one) => outcomesOf(failure(one), OWNER) ?? []);
    expect(outcomes.map(({ traceparent }) => traceparent)).toEqual([undefined, trace('a'), trace('b')]);
    expect(new Set(outcomes.map(({ fingerprint }) => fingerprint)).size).toBe(1);
    const [other] = outcomesOf(failure({ ...body, engines: ['gdb'] }), OWNER) ?? [];
    expect(other?.fingerprint).not.toBe(outcomes[0]?.fingerprint);
  });

  it.each([
    ['a code that nobody knows', thrown('[made-up] x'), 'x'],
    ['no code', thrown('Task timed out'), 'UnhandledInvocationError'],
    ['no JSON', { responsePayload: 'killed' }, 'UnhandledInvocationError'],
    ['nothing', { responsePayload: '' }, 'UnhandledInvocationError'],
    [
      'nothing, for no reason',
      { responsePayload: '', responseContext: { statusCode: 500, functionError: '' } },
      'no reason was kept',
    ],
  ])('is an internal problem when %s was thrown', (_what, change, why) => {
    const outcomes = outcomesOf(failure({ requesterUid: REQUESTER, engines: ['redis'] }, change), OWNER);
    expect(outcomes).toMatchObject([{ result: 'failed', problem: { code: 'internal', retryable: true } }]);
    expect(outcomes?.[0]?.problem?.detail).toContain(`: ${why}. Send the request again`);
  });

  it('has as many outcomes as the event had messages', () => {
    const requestPayload = JSON.stringify(sample('queue-array'));
    expect(outcomesOf(failure('', { requestPayload }), OWNER)).toMatchObject([
      { result: 'failed', action: 'grant' },
      { result: 'failed', action: 'verify' },
    ]);
  });

  it.each([
    ['cannot be read', 'hello', 'invalid-request'],
    ['names an unknown engine', { requesterUid: REQUESTER, engines: ['rediss'] }, 'unknown-engine'],
    ['is the owner’s own', { requesterUid: OWNER, engines: ['redis'] }, 'own-account'],
  ])('is a refusal when the request %s', (_what, body, code) => {
    expect(outcomesOf(failure(body), OWNER)).toMatchObject([{ result: 'rejected', problem: { code } }]);
  });

  it('is a failure though its expiry has passed meanwhile', () => {
    const body = { requesterUid: REQUESTER, engines: ['redis'], expiresAt: '2026-11-23T10:03:53Z' };
    expect(outcomesOf(failure(body), OWNER)).toMatchObject([
      { result: 'failed', problem: { code: 'throttled' } },
    ]);
  });

  it('is nobody’s when the event was of no known trigger', () => {
    expect(outcomesOf(failure('', { requestPayload: '{"unknown":true}' }), OWNER)).toEqual([]);
    expect(outcomesOf(failure('', { requestPayload: 'no JSON' }), OWNER)).toEqual([]);
  });

  it.each(['upkeep-role', 'upkeep-policy'])(
    'is no refused request when it was our own %s: nobody asked',
    (name) => {
      const outcomes = outcomesOf(failure(sample(name)), OWNER) ?? [];
      expect(outcomes.filter(({ action }) => action !== 'upkeep')).toEqual([]);
    },
  );
});

describe('any other event', () => {
  it.each(['timer', 'topic', 'queue-single', 'http', 'outcome', 'reply-verified'])(
    '%s has no outcomes',
    (name) => {
      expect(outcomesOf(sample(name), OWNER)).toBeNull();
    },
  );

  it('is passed over without an error', () => {
    fc.assert(
      fc.property(fc.anything({ maxDepth: 3 }), (event) => {
        expect(outcomesOf(event, OWNER)).toBeNull();
      }),
      { numRuns: 300 },
    );
  });

  it('whatever a destination carries is read without an error', () => {
    const payload = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.json(),
      fc.constantFrom(...['topic', 'queue-array', 'outcome'].map((name) => JSON.stringify(sample(name)))),
    );
    fc.assert(
      fc.property(payload, payload, (requestPayload, responsePayload) => {
        const outcomes = outcomesOf(
          { ...sample('destination-failure'), requestPayload, responsePayload },
          OWNER,
        );
        expect(Array.isArray(outcomes)).toBe(true);
      }),
      { numRuns: 300 },
    );
  });
});
