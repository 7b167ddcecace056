import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { NOBODY, readRequesters } from '../../../shared/admission/requesters.ts';
import { outcomesOf } from '../../../shared/requests/receive-outcomes.ts';
import type { Receiving } from '../../../shared/requests/receiving.ts';
import { heldWithin } from '../../../shared/requests/too-often.ts';
import { TOPICS } from '../../../shared/runtime/topics.ts';
import { OWNER, REQUESTER } from '../../kit/accounts.ts';
import { sample } from '../../kit/samples.ts';

const OTHER = '1000000000000011';
const listed = (uid: string, topic: string) => ({
  uid,
  name: uid,
  engines: '*',
  access: ['register', 'console'],
  topics: [topic],
});
const AT: Receiving = {
  ownerUid: OWNER,
  upkeepTopic: TOPICS.upkeep,
  ownerTopic: TOPICS.owner,
  requesters: () =>
    readRequesters(
      JSON.stringify({ requesters: [listed(REQUESTER, TOPICS.requests), listed(OTHER, 'requests-other')] }),
    ),
};

/** A destination's event about a message that provision failed at for good. */
function failure(
  body: string | object,
  change: Record<string, unknown> = {},
  TopicName: string = TOPICS.requests,
) {
  const Message = typeof body === 'string' ? body : JSON.stringify(body);
  const requestPayload = JSON.stringify({ ...sample('topic'), Message, TopicName });
  return { ...sample('destination-failure'), requestPayload, ...change };
}

const thrown = (errorMessage: string) => ({
  responsePayload: JSON.stringify({ errorMessage, errorType: 'Error', stackTrace: [] }),
});

describe('what provision returned', () => {
  it('is taken as it is', () => {
    expect(outcomesOf(sample('destination-success'), AT)).toEqual([sample('outcome')]);
  });

  const returned = (requestPayload: string, outcomes: object) => ({
    ...sample('destination-success'),
    requestPayload,
    responsePayload: JSON.stringify(outcomes),
  });
  const batch = JSON.stringify(sample('queue-array'));
  const [first, second] = ['C1F0A9B2D3E44F5586A7B8C9D0E1F203', 'C1F0A9B2D3E44F5586A7B8C9D0E1F204'];

  it('is one outcome for each message, or none where a message was a copy', () => {
    const of = (requestId: string) => ({ ...sample('outcome'), requestId });
    const idsOf = (outcomes: object) =>
      outcomesOf(returned(batch, outcomes), AT)?.map(({ requestId }) => requestId);
    expect(idsOf([of(first), of(second)])).toEqual([first, second]);
    expect(idsOf([of(second)])).toEqual([second]);
    expect(idsOf([])).toEqual([]);
    expect(idsOf([of('made-up')])).toEqual([]);
  });

  it('says who asked and for what as the message does, whatever it says itself', () => {
    const claims = { requestId: 'x', requesterUid: OTHER, to: [OTHER], reference: 'x', fingerprint: 'x' };
    const payload = String(sample('destination-success')['requestPayload']);
    expect(outcomesOf(returned(payload, [{ ...sample('outcome'), ...claims }]), AT)).toEqual([
      sample('outcome'),
    ]);
  });

  it('says nothing of a request where its event is not there', () => {
    const claims = { requestId: 'x', reference: 'x', traceparent: 'x', sweep: { after: 'x' } };
    const [told] = outcomesOf(returned('', [{ ...sample('outcome'), ...claims }]), AT) ?? [];
    expect([told?.requestId, told?.reference, told?.traceparent, told?.sweep]).toEqual([
      'unreadable',
      null,
      undefined,
      undefined,
    ]);
  });

  it('keeps the mark of what was held back, whose reply is none of the request’s', () => {
    const held = { code: 'throttled', title: 'x', detail: heldWithin(REQUESTER, 60), retryable: true };
    const payload = String(sample('destination-success')['requestPayload']);
    const event = returned(payload, [{ ...sample('outcome'), result: 'rejected', problem: held }]);
    expect(outcomesOf(event, AT)).toMatchObject([
      { fingerprint: `held back ${sample('outcome')['fingerprint']}`, problem: { detail: held.detail } },
    ]);
  });
});

describe('what provision failed at for good', () => {
  it('is read out of the event that it was given, with the problem that it threw', () => {
    expect(outcomesOf(sample('destination-failure'), AT)).toEqual([
      {
        kind: 'dms-handshake.outcome.v1',
        result: 'failed',
        action: 'grant',
        requestId: '94F159424C3A50003041CFD51E861FD9',
        fingerprint: expect.stringMatching(/^[0-9a-f]{32}$/),
        requesterUid: REQUESTER,
        to: [REQUESTER],
        access: 'register',
        reference: null,
        engines: [],
        connections: [],
        revoked: [],
        record: {},
        changedAt: null,
        changes: [],
        writes: 0,
        at: null,
        before: null,
        after: null,
        approvedBy: null,
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
    expect(outcomesOf(failure(body), AT)).toMatchObject([
      { result: 'failed', requestId: 'change-1', reference: '<DBA> & 1', requesterUid: REQUESTER },
    ]);
  });

  it('has the same fingerprint as the outcome of a delivery that went well: the reply is the same reply', () => {
    const [failed] = outcomesOf(sample('destination-failure'), AT) ?? [];
    const [again] = outcomesOf(failure(JSON.parse(String(sample('topic')['Message']))), AT) ?? [];
    expect(again?.fingerprint).toBe(failed?.fingerprint);
  });

  it('has the same fingerprint whatever trace a copy belongs to: two tries of one call are one request', () => {
    const body = { requesterUid: REQUESTER, engines: ['redis'], requestId: 'change-1' };
    const trace = (id: string) => `00-${id.repeat(32)}-00f067aa0ba902b7-01`;
    const copies = [body, { ...body, traceparent: trace('a') }, { traceparent: trace('b'), ...body }];
    const outcomes = copies.flatMap((one) => outcomesOf(failure(one), AT) ?? []);
    expect(outcomes.map(({ traceparent }) => traceparent)).toEqual([undefined, trace('a'), trace('b')]);
    expect(new Set(outcomes.map(({ fingerprint }) => fingerprint)).size).toBe(1);
    const [other] = outcomesOf(failure({ ...body, engines: ['gdb'] }), AT) ?? [];
    expect(other?.fingerprint).not.toBe(outcomes[0]?.fingerprint);
  });

  it.each([
    ['a code that nobody knows', thrown('[made-up] x'), 'InvocationError'],
    ['something that provision never throws', thrown('[internal] call 555'), 'InvocationError'],
    [
      'a failed call',
      thrown('[internal] RAM GetRole: InternalError (HTTP 500), after 7 attempts'),
      'RAM GetRole: InternalError (HTTP 500), after 7 attempts',
    ],
    [
      'nothing, for a reason that is made up',
      { responsePayload: '', responseContext: { statusCode: 200, functionError: 'Made' } },
      'no reason was kept',
    ],
    ['no code', thrown('Task timed out'), 'InvocationError'],
    ['no JSON', { responsePayload: 'killed' }, 'InvocationError'],
    ['nothing', { responsePayload: '' }, 'InvocationError'],
    [
      'nothing, for no reason',
      { responsePayload: '', responseContext: { statusCode: 500, functionError: '' } },
      'no reason was kept',
    ],
  ])('is an internal problem when %s was thrown', (_what, change, why) => {
    const outcomes = outcomesOf(failure({ requesterUid: REQUESTER, engines: ['redis'] }, change), AT);
    expect(outcomes).toMatchObject([{ result: 'failed', problem: { code: 'internal', retryable: true } }]);
    expect(outcomes?.[0]?.problem?.detail).toContain(`: ${why}. Send the request again`);
  });

  it('has as many outcomes as the event had messages', () => {
    const requestPayload = JSON.stringify(sample('queue-array'));
    expect(outcomesOf(failure('', { requestPayload }), AT)).toMatchObject([
      { result: 'failed', action: 'grant' },
      { result: 'failed', action: 'verify' },
    ]);
  });

  it.each([
    ['cannot be read', 'hello', 'invalid-request'],
    ['names an unknown engine', { requesterUid: REQUESTER, engines: ['rediss'] }, 'unknown-engine'],
    ['is the owner’s own', { requesterUid: OWNER, engines: ['redis'] }, 'own-account'],
  ])('is a refusal when the request %s', (_what, body, code) => {
    expect(outcomesOf(failure(body), AT)).toMatchObject([{ result: 'rejected', problem: { code } }]);
  });

  it('is a failure though its expiry has passed meanwhile', () => {
    const body = { requesterUid: REQUESTER, engines: ['redis'], expiresAt: '2026-11-23T10:03:53Z' };
    expect(outcomesOf(failure(body), AT)).toMatchObject([
      { result: 'failed', problem: { code: 'throttled' } },
    ]);
  });

  it('is nobody’s when the event was of no known trigger', () => {
    expect(outcomesOf(failure('', { requestPayload: '{"unknown":true}' }), AT)).toEqual([]);
    expect(outcomesOf(failure('', { requestPayload: 'no JSON' }), AT)).toEqual([]);
  });

  it.each(['upkeep-role', 'upkeep-policy'])(
    'is no refused request when it was our own %s: nobody asked',
    (name) => {
      const outcomes = outcomesOf(failure(sample(name), {}, TOPICS.upkeep), AT);
      expect(outcomes).toMatchObject([{ action: 'upkeep', result: 'failed', to: ['owner'] }]);
    },
  );

  it('is told to whom the topic belongs, whomever the body names', () => {
    const forged = { requesterUid: OTHER, engines: ['redis'], requestId: 'r' };
    const [told] = outcomesOf(failure(forged), AT) ?? [];
    const [proved] = outcomesOf(failure(forged, {}, 'requests-other'), AT) ?? [];
    expect([told?.to, told?.requesterUid, proved?.to]).toEqual([[REQUESTER], REQUESTER, [OTHER]]);
    expect(told?.fingerprint).not.toBe(proved?.fingerprint);
  });

  it('is told to the owner alone where nobody can be proved, as without a file of requesters', () => {
    const body = { requesterUid: REQUESTER, engines: ['redis'] };
    for (const at of [{ ...AT, requesters: () => NOBODY }, AT])
      expect(outcomesOf(failure(body, {}, 'requests-unknown'), at)).toMatchObject([
        { to: ['unproved'], requesterUid: null },
      ]);
  });

  it('is the owner’s and the requester’s when it was a word of the owner', () => {
    const body = { owner: { close: { requesterUid: REQUESTER, access: 'console' } } };
    expect(outcomesOf(failure(body, {}, TOPICS.owner), AT)).toMatchObject([
      { action: 'revoke', result: 'failed', access: 'console', to: [REQUESTER, 'owner'] },
    ]);
  });
});

describe('any other event', () => {
  it.each(['timer', 'topic', 'queue-single', 'http', 'outcome', 'reply-verified'])(
    '%s has no outcomes',
    (name) => {
      expect(outcomesOf(sample(name), AT)).toBeNull();
    },
  );

  it('is passed over without an error', () => {
    fc.assert(
      fc.property(fc.anything({ maxDepth: 3 }), (event) => {
        expect(outcomesOf(event, AT)).toBeNull();
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
          AT,
        );
        expect(Array.isArray(outcomes)).toBe(true);
      }),
      { numRuns: 300 },
    );
  });
});
