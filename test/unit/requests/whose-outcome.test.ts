import { describe, expect, it } from 'vitest';
import type { Outcome } from '../../../events/outcome.ts';
import { problem } from '../../../events/problem.ts';
import { readRequesters } from '../../../shared/admission/requesters.ts';
import { denied, notApproved, otherOwner, unsignedKeep } from '../../../shared/requests/approval-refusals.ts';
import { spokenByOwner } from '../../../shared/requests/owners-word.ts';
import { fingerprint } from '../../../shared/requests/parsed-request.ts';
import { outcomesOf, requestBehind } from '../../../shared/requests/receive-outcomes.ts';
import type { Receiving } from '../../../shared/requests/receiving.ts';
import { MISPLACED_UPKEEP, notOwned } from '../../../shared/requests/refusals.ts';
import { digestOf } from '../../../shared/requests/request-digest.ts';
import { heldWithin } from '../../../shared/requests/too-often.ts';
import { OWNER, REQUESTER } from '../../kit/accounts.ts';
import { sample } from '../../kit/samples.ts';
import { envelopeOf, NOW, pairOf } from '../../kit/signing-keys.ts';

const ROLE = `dms-cross-account-${REQUESTER}`;
const at = (approvers?: readonly object[]): Receiving => ({
  ownerUid: OWNER,
  upkeepTopic: 'up',
  ownerTopic: 'own',
  requesters: () =>
    readRequesters(
      JSON.stringify({
        requesters: [
          { uid: REQUESTER, name: 'dba', engines: ['redis'], access: ['register'], topics: ['requests'] },
        ],
        ...(approvers === undefined ? {} : { approvers }),
      }),
    ),
});
const AT = at();
const APPROVERS = [{ name: 'ada', publicKey: pairOf(5).publicKey }];
const payload = (TopicName: string, body: unknown) =>
  JSON.stringify({
    ...sample('topic'),
    TopicName,
    MessageId: 'm-1',
    PublishTime: NOW,
    Message: typeof body === 'string' ? body : JSON.stringify(body),
  });
const eventOf = (requestPayload: string, outcomes: unknown) => ({
  ...sample('destination-success'),
  requestPayload,
  responsePayload: JSON.stringify(outcomes),
});
const claim = (rest: object) => ({ ...sample('outcome'), requestId: 'x', fingerprint: 'x', ...rest });
/** What verify makes of what somebody claims about a message. */
const told = (topic: string, body: unknown, rest: object = {}, receiving = AT): Outcome => {
  const [one] = outcomesOf(eventOf(payload(topic, body), [claim(rest)]), receiving) ?? [];
  if (one === undefined) throw new Error('nothing is told');
  return one;
};
const rejectedAs = (one: object) => ({ result: 'rejected', problem: one });
const lie = notOwned('role', ROLE);

describe('the outcome of a request', () => {
  const body = { requesterUid: REQUESTER, engines: ['redis'], requestId: 'r-1' };
  const digest = digestOf({ ...body, action: 'grant', access: 'register', connections: [] } as never);

  it('that waits is shown as it was sent, and told to the owner, too', () => {
    const {
      asked,
      fingerprint: id,
      to,
    } = told('requests', body, { result: 'pending', asked: { request: {}, digest } });
    expect(asked?.request).toMatchObject({ ...body, action: 'grant', access: 'register' });
    expect(asked?.digest).toBe(digestOf(asked?.request as never));
    expect(id).toBe(`pending ${fingerprint('r-1', asked?.digest ?? '')}`);
    expect(to).toEqual([REQUESTER, 'owner']);
  });

  it.each(['applied', 'report', 'rejected', 'failed'])('that is %s shows no request that waits', (result) => {
    const { asked } = told('requests', body, { result, asked: { request: {}, digest }, breakGlass: 'x' });
    expect(asked).toBeUndefined();
  });

  it('that waits has the id of that, whomever somebody names to tell', () => {
    expect(told('requests', body, { result: 'pending', to: ['owner'] }).fingerprint).toMatch(/^pending /);
  });

  it('that was not approved has an id of its own', () => {
    const one = told('requests', body, rejectedAs(notApproved('r-1')));
    expect(one.fingerprint).toMatch(/^not approved [\w-]{43}$/);
    expect(one.problem).toEqual(notApproved('r-1'));
  });

  it.each([
    ['was held back', rejectedAs(problem('throttled', heldWithin(REQUESTER, 60), true)), true],
    ['was refused for another reason', rejectedAs(lie), false],
    [
      'failed while RAM held it back',
      { result: 'failed', problem: problem('throttled', heldWithin(REQUESTER, 60), true) },
      false,
    ],
  ])('that %s: has the id of what was held back %#', (_what, rest, isHeld) => {
    expect(told('requests', body, rest).fingerprint.startsWith('held back ')).toBe(isHeld);
  });

  it.each<readonly [string, object, string]>([
    ['cannot be read', { engines: ['redis'] }, 'invalid-request'],
    ['may not have that', { ...body, engines: ['gdb'] }, 'engine-not-allowed'],
  ])('that %s has the refusal of the message, where it was refused or failed', (_what, sent, code) => {
    for (const result of ['rejected', 'failed'])
      expect(told('requests', sent, { result, problem: lie }).problem?.code).toBe(code);
    expect(told('requests', sent, { result: 'applied', problem: null }).problem).toBeNull();
  });

  it('keeps a problem that no message calls for', () => {
    expect(told('requests', body, rejectedAs(lie)).problem).toEqual(lie);
  });

  it('has no part that is of an event of another kind', () => {
    const one = told('requests', body, { sweep: { after: ROLE }, traceparent: 'x', breakGlass: 'x' });
    expect([one.sweep, one.traceparent, one.breakGlass]).toEqual([undefined, undefined, undefined]);
  });
});

describe('the outcome of upkeep', () => {
  const HEAD = { requestId: 'm-1', reference: null, action: 'upkeep' };
  it('is about the role that it names, and told to its requester', () => {
    const upkeep = { upkeep: { role: `dms-console-access-${REQUESTER}` } };
    expect(told('up', upkeep)).toMatchObject({
      ...HEAD,
      requesterUid: REQUESTER,
      access: 'console',
      to: [REQUESTER],
      fingerprint: `upkeep ${fingerprint('m-1', JSON.stringify(upkeep))}`,
    });
  });

  it.each([
    ['of another name', { upkeep: { role: 'admin' } }],
    ['of a policy', { upkeep: { policy: 'DmsCrossAccountPolicy-redis' } }],
  ])('%s is told to the owner', (_what, upkeep) => {
    expect(told('up', upkeep, { sweep: { after: ROLE } })).toMatchObject({
      ...HEAD,
      requesterUid: null,
      to: ['owner'],
    });
    expect(told('up', upkeep, { sweep: { after: ROLE } })).not.toHaveProperty('sweep');
    expect(told('up', upkeep, rejectedAs(lie)).problem).toEqual(lie);
  });

  it.each([
    ['pending', null],
    ['rejected', notApproved('r-1')],
  ])('has the id of the message where somebody says that it is %s', (result, why) => {
    const one = told(
      'up',
      { upkeep: { policy: 'x' } },
      { result, problem: why, asked: { request: {}, digest: 'd' } },
    );
    expect(one).toMatchObject({ fingerprint: expect.stringMatching(/^upkeep [0-9a-f]{32}$/), to: ['owner'] });
    expect(one).not.toHaveProperty('asked');
  });

  it('of a sweep goes on where the message says', () => {
    expect(told('up', { upkeep: { sweep: { after: 'b' } } }, { sweep: { after: 'a' } })).toMatchObject({
      ...HEAD,
      to: ['owner'],
      sweep: { after: 'b' },
    });
  });

  it.each(['{}', 'x'])('that asks for none is misplaced: %s', (body) => {
    expect(told('up', body, rejectedAs(lie))).toMatchObject({ to: ['owner'], problem: MISPLACED_UPKEEP });
  });
});

describe('the outcome of an answer of the owner', () => {
  const request = {
    requesterUid: REQUESTER,
    engines: ['redis'],
    requestId: 'r-1',
    reference: 'OPS-1',
    action: 'grant',
    access: 'register',
    connections: [],
  };
  const digest = digestOf(request as never);
  const answer = { ownerUid: OWNER, request, digest, since: '2026-11-23T09:00:00.000Z' };
  const approve = { owner: { approve: answer } };
  const deny = { owner: { deny: { ...answer, reason: 'not now' } } };

  it('that did something is that of the request, and names who signed it', () => {
    const signed = envelopeOf(JSON.stringify(approve), { seed: 5 });
    expect(told('own', signed, { to: [REQUESTER, 'owner'], approvedBy: 'eve' }, at(APPROVERS))).toMatchObject(
      {
        requestId: 'r-1',
        fingerprint: fingerprint('r-1', digest),
        requesterUid: REQUESTER,
        to: [REQUESTER, 'owner'],
        reference: 'OPS-1',
        action: 'grant',
        access: 'register',
        approvedBy: 'ada',
      },
    );
    expect(told('own', approve, { to: [REQUESTER, 'owner'], approvedBy: 'eve' })).toMatchObject({
      approvedBy: null,
    });
  });

  it('says yes or no', () => {
    const of = (body: object) => {
      const message = { messageId: 'm-1', publishedAt: NOW, topic: 'own' };
      return spokenByOwner({ ...message, body: JSON.stringify(body) }).answer?.says;
    };
    expect([of(approve), of(deny)]).toEqual(['yes', 'no']);
  });

  it('that did nothing is told to the owner alone', () => {
    expect(told('own', approve, { to: ['owner'], ...rejectedAs(lie) })).toMatchObject({
      requestId: 'r-1',
      fingerprint: `owner ${fingerprint('r-1', JSON.stringify(approve))}`,
      requesterUid: null,
      to: ['owner'],
      reference: 'OPS-1',
      problem: lie,
    });
  });

  it('that denies it says why, in the words of the message', () => {
    const to = [REQUESTER, 'owner'];
    expect(told('own', deny, { to, ...rejectedAs(denied('r-1', 'eve')) })).toMatchObject({
      fingerprint: `not approved ${digest}`,
      problem: denied('r-1', 'not now'),
    });
    expect(told('own', deny, { to, ...rejectedAs(lie) }).problem).toEqual(lie);
    expect(told('own', deny, { to, result: 'rejected', problem: null }).problem).toBeNull();
    expect(told('own', approve, { to, ...rejectedAs(notApproved('r-1')) }).problem).toEqual(
      notApproved('r-1'),
    );
  });

  it.each<readonly [string, unknown, string]>([
    ['no JSON', 'x', 'it is not JSON'],
    [
      'another request than it shows',
      { owner: { approve: { ...answer, request: { ...request, engines: ['gdb'] } } } },
      'the digest of the answer is not that of its request, so something else was approved than is asked',
    ],
    [
      'a request without an id',
      { owner: { approve: { ...answer, request: { ...request, requestId: undefined } } } },
      'the request of the answer has no "requestId"',
    ],
    [
      'a request that is none',
      { owner: { deny: { ...answer, request: { engines: [] } } } },
      'the request of the answer cannot be read: ',
    ],
  ])('that is about %s is refused, and told to the owner alone', (_what, body, why) => {
    const one = told('own', body, { to: [REQUESTER, 'owner'], ...rejectedAs(lie) });
    expect(one).toMatchObject({
      to: ['owner'],
      requesterUid: null,
      action: 'revoke',
      access: 'register',
      reference: null,
    });
    expect(one.fingerprint).toBe(
      `owner ${fingerprint('m-1', typeof body === 'string' ? body : JSON.stringify(body))}`,
    );
    if (why !== 'it is not JSON') expect(one.problem?.detail).toContain(`on the topic of the owner, ${why}`);
  });
});

describe('the outcome of a word of the owner about a role', () => {
  const of = { requesterUid: REQUESTER, access: 'console' };
  it.each([
    ['close', { ...of, requestId: 'c-1' }, 'c-1', 'revoke'],
    ['close', of, 'm-1', 'revoke'],
    ['keep', of, 'm-1', 'verify'],
  ])('to %s it is told to both: %#', (says, role, requestId, action) => {
    const body = { owner: { [says]: role } };
    expect(told('own', body)).toMatchObject({
      requestId,
      fingerprint: `owner ${fingerprint(requestId, JSON.stringify(body))}`,
      requesterUid: REQUESTER,
      to: [REQUESTER, 'owner'],
      reference: null,
      action,
      access: 'console',
      approvedBy: null,
    });
  });

  it.each([
    ['of this account', OWNER, null],
    ['of none', undefined, null],
    ['of another account', '2000000000000009', otherOwner('2000000000000009', OWNER)],
  ])('to keep a role %s', (_what, ownerUid, refusal) => {
    const body = { owner: { keep: { ...of, ...(ownerUid === undefined ? {} : { ownerUid }) } } };
    expect(told('own', body, rejectedAs(lie)).problem).toEqual(refusal ?? lie);
  });

  it('to keep one has to be signed where there are approvers, and to close one has not', () => {
    const receiving = at(APPROVERS);
    expect(told('own', { owner: { keep: of } }, rejectedAs(lie), receiving).problem).toEqual(unsignedKeep());
    expect(told('own', { owner: { close: of } }, rejectedAs(lie), receiving).problem).toEqual(lie);
    const signed = envelopeOf(JSON.stringify({ owner: { close: of } }), { seed: 5 });
    expect(told('own', signed, {}, receiving).approvedBy).toBeNull();
  });
});

describe('what is told of an event without messages', () => {
  const of = (rest: object, more: readonly object[] = []) =>
    outcomesOf(eventOf('x', [claim(rest), ...more]), AT) ?? [];
  it.each([
    ['0123456789abcdefABCDEF-', true],
    ['1'.repeat(8), true],
    ['1'.repeat(7), false],
    ['1'.repeat(80), true],
    ['1'.repeat(81), false],
    [`${'1'.repeat(8)}g`, false],
    [`g${'1'.repeat(8)}`, false],
    ['call 555', false],
  ])('has the id that it came with where a machine made that: %s', (requestId, isMade) => {
    expect(of({ requestId }).map((one) => one.requestId)).toEqual([isMade ? requestId : 'unreadable']);
  });

  it('is one outcome, without words of a request', () => {
    const given = {
      reference: 'x',
      traceparent: 'x',
      sweep: { after: 'x' },
      breakGlass: 'x',
      problem: problem('expired', 'call 555'),
    };
    const found = of(given, [claim({})]);
    expect(found).toHaveLength(1);
    expect(found[0]).toMatchObject({ reference: null, problem: { code: 'expired' } });
    expect(found[0]?.problem?.detail).not.toContain('call 555');
    expect(Object.keys(found[0] ?? {}).filter((key) => key in given)).toEqual(['reference', 'problem']);
  });
});

describe('what provision failed at for good', () => {
  const failed = (topic: string, body: unknown) =>
    outcomesOf({ ...sample('destination-failure'), requestPayload: payload(topic, body) }, AT);
  it.each<readonly [string, string, unknown, string]>([
    ['upkeep', 'up', { upkeep: { role: ROLE } }, 'm-1'],
    [
      'a word of the owner',
      'own',
      { owner: { close: { requesterUid: REQUESTER, access: 'register', requestId: 'c-1' } } },
      'c-1',
    ],
    ['a request', 'requests', { requesterUid: REQUESTER, engines: ['redis'] }, 'm-1'],
  ])('as %s says why', (_what, topic, body, requestId) => {
    expect(failed(topic, body)).toMatchObject([
      {
        result: 'failed',
        requestId,
        problem: {
          code: 'throttled',
          retryable: true,
          detail: expect.stringContaining('provision gave up after 4 deliveries: RAM CreateRole: '),
        },
      },
    ]);
  });
});

describe('the request behind an outcome', () => {
  const body = { requesterUid: REQUESTER, engines: ['redis'], requestId: 'r-1' };
  const behind = (topic: string, sent: unknown, rest: Partial<Outcome> = {}) =>
    requestBehind(eventOf(payload(topic, sent), []), { ...told('requests', body), ...rest }, AT);

  it('is the one of that id and those words, as its sender may have it', () => {
    const found = behind('requests', body);
    expect(found?.request).toMatchObject(body);
    expect(found?.judge(['gdb'])?.code).toBe('engine-not-allowed');
  });

  it.each<readonly [string, string, unknown, Partial<Outcome>]>([
    ['other words', 'requests', { ...body, reference: 'x' }, {}],
    ['another id', 'requests', body, { requestId: 'r-2' }],
    ['another fingerprint', 'requests', body, { fingerprint: 'f' }],
    ['a message of upkeep', 'up', body, {}],
    ['what cannot be read', 'requests', 'x', {}],
  ])('is none for %s', (_what, topic, sent, rest) => {
    expect(behind(topic, sent, rest)).toBeNull();
  });

  it('is none of a topic that carries no requests, whoever has signed it', () => {
    const signing = { publicKey: pairOf(3).publicKey };
    const requesters = [{ uid: REQUESTER, name: 'dba', engines: '*', access: ['register'], signing }];
    const receiving = { ...AT, requesters: () => readRequesters(JSON.stringify({ requesters })) };
    const signed = envelopeOf(JSON.stringify(body), { seed: 3 });
    const one = told('requests', signed, {}, receiving);
    const of = (topic: string) => requestBehind(eventOf(payload(topic, signed), []), one, receiving);
    expect([of('requests')?.requestId, of('up'), of('own')]).toEqual(['r-1', null, null]);
  });

  it('is none of a message that cannot be read, also for its own outcome', () => {
    const one = told('requests', 'x');
    expect(requestBehind(eventOf(payload('requests', 'x'), []), one, AT)).toBeNull();
  });

  it('is none that may not be had, and none of an event that cannot be read', () => {
    const other = { ...body, engines: ['gdb'] };
    const one = told('requests', other);
    expect(requestBehind(eventOf(payload('requests', other), []), one, AT)).toBeNull();
    expect(requestBehind(eventOf('x', []), one, AT)).toBeNull();
    expect(requestBehind({}, one, AT)).toBeNull();
  });

  it('is found among others', () => {
    const signing = { publicKey: pairOf(3).publicKey };
    const requesters = [{ uid: REQUESTER, name: 'dba', engines: '*', access: ['register'], signing }];
    const receiving = { ...AT, requesters: () => readRequesters(JSON.stringify({ requesters })) };
    const bodies = ['x', envelopeOf(JSON.stringify({ ...body, requestId: 'q-1' }), { seed: 3 })];
    const messages = bodies.map((messageBody, n) => ({
      ...sample('queue-single'),
      aliyunpublishtime: String(NOW),
      data: { messageId: `q-${n}`, messageBody },
    }));
    const event = JSON.stringify(messages);
    const [, second] = outcomesOf(eventOf(event, [claim({}), claim({})]), receiving) ?? [];
    if (second === undefined) throw new Error('nothing is told');
    expect(requestBehind(eventOf(event, []), second, receiving)?.requestId).toBe('q-1');
  });
});
