import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { Outcome } from '../../../events/outcome.ts';
import { problem } from '../../../events/problem.ts';
import { NOBODY, readRequesters } from '../../../shared/admission/requesters.ts';
import { grants } from '../../../shared/catalogue/grants.ts';
import { headBehindGate } from '../../../shared/requests/approval-heads.ts';
import { gateOf } from '../../../shared/requests/gate.ts';
import { laneOf } from '../../../shared/requests/lane.ts';
import {
  headIn,
  headOf,
  headOfUpkeep,
  outcome,
  type RequestHead,
  rejected,
  toldTo,
} from '../../../shared/requests/outcome.ts';
import {
  isParsedRequest,
  type ParsedRequest,
  parseRequestOf,
} from '../../../shared/requests/parsed-request.ts';
import { digestOf, wordsOf } from '../../../shared/requests/request-digest.ts';
import { countedOf, tooOften } from '../../../shared/requests/too-often.ts';
import { UNKNOWN_EVENT, unknownEvent } from '../../../shared/requests/unknown-event.ts';
import { millis } from '../../../shared/runtime/millis.ts';
import { OWNER, REQUESTER } from '../../kit/accounts.ts';
import { START } from '../../kit/time.ts';

const TRACE = `00-${'a'.repeat(32)}-${'b'.repeat(16)}-01`;
const REQUESTERS = JSON.stringify({
  requesters: [
    { uid: REQUESTER, name: 'dba', engines: '*', access: ['register', 'console'], topics: ['requests'] },
  ],
});
const parsedOf = (body: object): ParsedRequest => {
  const delivery = {
    body: JSON.stringify({ requesterUid: REQUESTER, ...body }),
    messageId: 'message-1',
    publishedAt: millis(START + 0.75),
    topic: 'requests',
  };
  const parsed = parseRequestOf(delivery, OWNER, readRequesters(REQUESTERS));
  if (!isParsedRequest(parsed)) throw new Error(parsed.problem?.detail);
  return parsed;
};
const head: RequestHead = {
  requestId: 'r-1',
  fingerprint: 'f',
  requesterUid: REQUESTER,
  to: [REQUESTER],
  reference: null,
  action: 'grant',
  access: 'register',
};
const NOTHING = {
  kind: 'dms-handshake.outcome.v1',
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
  problem: null,
};

describe('an outcome', () => {
  it('says who asked, for what, and nothing else that is not known', () => {
    expect(outcome(head, 'applied')).toStrictEqual({ ...NOTHING, result: 'applied', ...head });
    expect(outcome(head, 'report', { writes: 3, engines: ['redis'] })).toStrictEqual({
      ...NOTHING,
      result: 'report',
      ...head,
      writes: 3,
      engines: ['redis'],
    });
  });

  it('of a refusal has its problem', () => {
    const refusal = problem('expired', 'x.');
    expect(rejected(head, refusal)).toStrictEqual({
      ...NOTHING,
      result: 'rejected',
      ...head,
      problem: refusal,
    });
  });

  it('of an unknown event is told to nobody', () => {
    expect(unknownEvent('e-1')).toStrictEqual({
      ...NOTHING,
      result: 'rejected',
      requestId: 'e-1',
      fingerprint: 'e-1',
      requesterUid: null,
      to: ['unproved'],
      reference: null,
      action: 'grant',
      access: 'register',
      problem: UNKNOWN_EVENT,
    });
  });

  it('of upkeep is told to the owner', () => {
    expect(headOfUpkeep('m-1', 'upkeep f')).toStrictEqual({
      requestId: 'm-1',
      fingerprint: 'upkeep f',
      requesterUid: null,
      to: ['owner'],
      reference: null,
      action: 'upkeep',
      access: 'register',
    });
    expect([toldTo(REQUESTER), toldTo(null)]).toEqual([
      { requesterUid: REQUESTER, to: [REQUESTER] },
      { requesterUid: null, to: ['unproved'] },
    ]);
  });

  it.each<readonly [string, object, Partial<RequestHead>]>([
    [
      'little',
      { engines: ['redis'] },
      { requestId: 'message-1', reference: null, action: 'grant', access: 'register' },
    ],
    [
      'all of it',
      {
        requestId: 'r-2',
        access: 'console',
        action: 'revoke',
        reference: 'OPS-1',
        traceparent: TRACE,
      },
      { requestId: 'r-2', reference: 'OPS-1', action: 'revoke', access: 'console', traceparent: TRACE },
    ],
    [
      'an emergency',
      { engines: ['redis'], breakGlass: 'orders are lost' },
      {
        requestId: 'message-1',
        reference: null,
        action: 'grant',
        access: 'register',
        breakGlass: 'orders are lost',
      },
    ],
  ])('says what its request does: %s', (_what, body, said) => {
    const parsed = parsedOf(body);
    const whole = { fingerprint: parsed.fingerprint, requesterUid: REQUESTER, to: [REQUESTER], ...said };
    expect(headOf(parsed)).toStrictEqual(whole);
    expect(headIn(outcome(headOf(parsed), 'applied', { writes: 7 }))).toStrictEqual(whole);
  });
});

describe('the head of what has to be approved', () => {
  const told = (result: Outcome['result'], code?: 'not-approved' | 'expired') => ({
    result,
    problem: code === undefined ? null : problem(code, 'x.'),
  });
  it.each([
    ['waits: for the owner, too', told('pending'), { fingerprint: 'pending f', to: [REQUESTER, 'owner'] }],
    ['was not approved', told('rejected', 'not-approved'), { fingerprint: 'not approved d' }],
    ['was refused for another reason', told('rejected', 'expired'), {}],
    ['was refused for no reason', told('rejected'), {}],
    ['failed', told('failed', 'not-approved'), {}],
    ['was applied', told('applied'), {}],
  ])('that %s', (_what, one, change) => {
    expect(headBehindGate(head, one, 'd')).toStrictEqual({ ...head, ...change });
  });

  it('that waits names the first who is told, and the owner', () => {
    expect(headBehindGate({ ...head, to: ['a', 'b'] }, told('pending'), 'd').to).toEqual(['a', 'owner']);
  });
});

describe('the digest of the words of a request', () => {
  const words = {
    requesterUid: REQUESTER,
    requestId: 'r-1',
    engines: ['redis', 'gdb'],
    action: 'grant',
    access: 'register',
    connections: [],
    instances: { redis: ['r-2', 'r-1'], gdb: [] },
    readOnly: false,
    reference: undefined,
  } as never;
  const TEXT = `{"access":"register","action":"grant","connections":[],"engines":["redis","gdb"],"instances":{"gdb":[],"redis":["r-2","r-1"]},"readOnly":false,"requestId":"r-1","requesterUid":"${REQUESTER}"}`;

  it('is that of their fields by name, without those that are left out', () => {
    const digest = createHash('sha256').update(`dms-handshake request\0${TEXT}`).digest('base64url');
    expect(digestOf(words)).toBe(digest);
    expect(digestOf(Object.fromEntries(Object.entries(words).reverse()) as never)).toBe(digest);
  });

  it('tells null, a text and what is left out apart', () => {
    const of = (reference: unknown) => digestOf({ requestId: 'r-1', reference } as never);
    const all = [of(null), of('null'), of(undefined), of({}), of([])];
    expect(new Set(all).size).toBe(5);
    const text = 'dms-handshake request\0{"reference":null,"requestId":"r-1"}';
    expect(of(null)).toBe(createHash('sha256').update(text).digest('base64url'));
  });

  it('is another where any word is', () => {
    const [one] = [parsedOf({ engines: ['redis'], traceparent: TRACE }).request];
    const { traceparent: _, ...rest } = one;
    expect(wordsOf(one, 'r-9')).toStrictEqual({ ...rest, requestId: 'r-9' });
    expect(digestOf(wordsOf(one, 'r-9'))).not.toBe(digestOf(wordsOf(one, 'r-8')));
  });
});

describe('the gate of a request', () => {
  const gated = (approval?: object) =>
    readRequesters(
      JSON.stringify({
        requesters: [
          {
            uid: REQUESTER,
            name: 'dba',
            engines: '*',
            access: ['register'],
            breakGlass: { maxHours: 4 },
            ...(approval === undefined ? {} : { approval }),
          },
        ],
      }),
    );
  it.each<readonly [string, object]>([
    ['a verify', { action: 'verify' }],
    ['an emergency', { engines: ['redis'], breakGlass: 'orders are lost' }],
  ])('is none for %s', (_what, body) => {
    expect(gateOf(parsedOf(body), gated({}))).toBeUndefined();
  });

  it('is none where nobody has to approve', () => {
    expect(gateOf(parsedOf({ engines: ['redis'] }), gated())).toBeUndefined();
    expect(gateOf(parsedOf({ engines: ['redis'] }), NOBODY)).toBeUndefined();
  });

  it('of a revoke lets nothing end later', () => {
    expect(gateOf(parsedOf({ action: 'revoke' }), gated({}))).toEqual({ kind: 'narrows' });
  });

  it.each<readonly [string, object]>([
    ['a grant', { engines: ['redis'] }],
    ['an extension', { action: 'extend', engines: ['redis'], expiresAt: 'never' }],
  ])('of %s asks, at its whole millisecond', (_what, body) => {
    const parsed = parsedOf(body);
    const digest = digestOf(wordsOf(parsed.request, 'message-1'));
    expect(gateOf(parsed, gated({ unless: { readOnly: true } }))).toEqual({
      kind: 'asks',
      asked: { at: START, digest, requestId: 'message-1', state: 'waits' },
      unless: { readOnly: true, maxDays: null, engines: '*' },
    });
    expect(gateOf(parsed, gated({}))).toMatchObject({ unless: null });
  });
});

describe('the rate of a requester', () => {
  it('counts what is asked for, whatever the order of its words', () => {
    const one = parsedOf({ engines: ['redis', 'gdb'], connections: ['vpc', 'dedicated-line'] });
    expect(countedOf(one)).toEqual({
      sender: REQUESTER,
      fingerprint: one.fingerprint,
      action: 'grant',
      words: '["register",["gdb","redis"],["dedicated-line","vpc"],[]]',
    });
    const users = parsedOf({ access: 'console', users: ['b', 'a'] });
    expect(countedOf(users).words).toBe('["console",[],[],["a","b"]]');
    const unsorted = {
      ...one,
      grants: { ...grants([], []), engines: ['redis', 'gdb'], connections: ['vpc', 'dedicated-line'] },
    };
    expect(countedOf(unsorted as ParsedRequest).words).toBe(countedOf(one).words);
  });

  it.each([
    ['grant', { engines: ['redis'] }, 'may have 3 requests a minute'],
    ['revoke', { action: 'revoke' }, 'has sent more than 60 revokes within a minute'],
  ])('holds back a %s, whose reply has an id of its own', (_what, body, text) => {
    const parsed = parsedOf(body);
    const { problem: why, ...rest } = tooOften(parsed, 3);
    expect(rest).toMatchObject({
      ...headOf(parsed),
      fingerprint: `held back ${parsed.fingerprint}`,
      result: 'rejected',
    });
    expect(why).toMatchObject({ code: 'throttled', detail: expect.stringContaining(text), retryable: true });
  });
});

it.each([
  ['up', 'upkeep'],
  ['own', 'owner'],
  ['requests', 'requests'],
  [null, 'requests'],
])('the topic %s carries what is of the lane %s', (topic, lane) => {
  expect(laneOf(topic, { upkeepTopic: 'up', ownerTopic: 'own' })).toBe(lane);
});
