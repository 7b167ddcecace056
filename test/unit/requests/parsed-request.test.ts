import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { readRequesters } from '../../../shared/admission/requesters.ts';
import { admitRequest, admitUnsent } from '../../../shared/requests/admit-request.ts';
import { approverOf, mustSign } from '../../../shared/requests/approver-of.ts';
import { headOf, toldTo } from '../../../shared/requests/outcome.ts';
import {
  fingerprint,
  grantsAsked,
  isParsedRequest,
  type ParsedRequest,
  parseRequestOf,
} from '../../../shared/requests/parsed-request.ts';
import { ownAccount, pastExpiry } from '../../../shared/requests/refusals.ts';
import { digestOf, wordsOf } from '../../../shared/requests/request-digest.ts';
import { millis } from '../../../shared/runtime/millis.ts';
import { OWNER, REQUESTER } from '../../kit/accounts.ts';
import { envelopeOf, NOW, pairOf } from '../../kit/signing-keys.ts';

const [SIGNER, ANYBODY] = ['1000000000000011', '1000000000000099'];
const REQUESTERS = readRequesters(
  JSON.stringify({
    requesters: [
      {
        uid: REQUESTER,
        name: 'dba',
        engines: ['redis'],
        access: ['register'],
        topics: ['of-dba'],
        maxDays: 30,
      },
      {
        uid: SIGNER,
        name: 'ops',
        engines: '*',
        access: ['register'],
        topics: ['of-ops'],
        signing: { publicKey: pairOf(3).publicKey },
        breakGlass: { maxHours: 4 },
      },
    ],
  }),
);
const HOUR = 3_600_000;
const read = (body: unknown, topic: string | null = 'of-dba') =>
  parseRequestOf(
    {
      body: typeof body === 'string' ? body : JSON.stringify(body),
      messageId: 'm-1',
      publishedAt: NOW,
      topic,
    },
    OWNER,
    REQUESTERS,
  );
const parsed = (body: unknown, topic?: string | null): ParsedRequest => {
  const found = read(body, topic);
  if (!isParsedRequest(found)) throw new Error(found.problem?.detail);
  return found;
};
const refused = (body: unknown, topic?: string | null) => {
  const found = read(body, topic);
  if (isParsedRequest(found)) throw new Error('it is read');
  return found;
};
const good = { requesterUid: REQUESTER, engines: ['redis'] };

describe('a request that can be read', () => {
  it('has every name resolved, its time, and what is asked', () => {
    const { grants, at, until, ends, judge, signed, signature, sender, requestId } = parsed({
      ...good,
      engines: ['Redis'],
      connections: ['vpc'],
    });
    expect({ grants, at, until, signed, signature, sender, requestId }).toEqual({
      grants: { engines: ['redis'], connections: ['vpc'], narrowed: new Map() },
      at: NOW,
      until: null,
      signed: null,
      signature: 'absent',
      sender: REQUESTER,
      requestId: 'm-1',
    });
    expect([ends.defaultEnd(NOW), ends.latestEnd(NOW), judge(['gdb'])]).toEqual([null, null, null]);
  });

  it.each([
    [undefined, null],
    ['never', 'never'],
    ['2026-11-23T10:00:00.001Z', NOW + 1],
  ])('ends at %s: %s', (expiresAt, until) => {
    expect(parsed({ ...good, expiresAt }).until).toBe(until);
  });

  it('is known by its id, or that of its envelope, or that of its message', () => {
    const inside = (id: string, body: object) =>
      parsed(envelopeOf(JSON.stringify(body), { seed: 3, id }), 'of-ops');
    const body = { requesterUid: SIGNER, engines: ['redis'] };
    expect(inside('msg_1', { ...body, requestId: 'r-1' }).requestId).toBe('r-1');
    expect(inside('msg_1', body).requestId).toBe('msg_1');
    expect(inside('msg 1', body).requestId).toBe('m-1');
    expect(inside('msg_1', body)).toMatchObject({ signature: 'valid', sender: SIGNER });
  });

  it.each([
    ['whose topic proves it', REQUESTER, 'of-dba', ''],
    ['that names another than its topic proves', SIGNER, 'of-dba', `unproved of-dba ${REQUESTER} `],
    ['whom nothing proves', REQUESTER, 'elsewhere', 'unproved elsewhere null '],
    ['out of a queue', REQUESTER, null, 'unproved null null '],
    ['of an account that is not listed', ANYBODY, 'elsewhere', 'unproved elsewhere null '],
  ])('has a fingerprint that no other sender can make: one %s', (_what, requesterUid, topic, space) => {
    const one = parsed({ ...good, requesterUid, requestId: 'r-1' }, topic);
    expect(one.fingerprint).toBe(space + fingerprint('r-1', digestOf(wordsOf(one.request, 'r-1'))));
  });

  it('has a fingerprint of 32 characters, of its id and its words', () => {
    const hash = createHash('sha256').update('r-1\0words').digest('hex');
    expect(fingerprint('r-1', 'words')).toBe(hash.slice(0, 32));
    expect(fingerprint('r-1w', 'ords')).not.toBe(fingerprint('r-1', 'words'));
  });
});

describe('a request that cannot be read or had', () => {
  it('is refused under what of it can be read', () => {
    const trace = `00-${'a'.repeat(32)}-${'b'.repeat(16)}-01`;
    const body = JSON.stringify({
      ...good,
      engines: 1,
      requestId: 'r-1',
      reference: 'OPS-1',
      traceparent: trace,
    });
    expect(refused(body)).toMatchObject({
      result: 'rejected',
      requestId: 'r-1',
      fingerprint: fingerprint('r-1', body),
      ...toldTo(REQUESTER),
      reference: 'OPS-1',
      traceparent: trace,
      action: 'grant',
      access: 'register',
      problem: { code: 'invalid-request', detail: expect.stringMatching(/^engines is 1: .*[^.]\.$/) },
    });
  });

  it.each([
    ['of a topic that proves somebody', 'of-dba', '', REQUESTER],
    ['of another topic', 'elsewhere', 'unproved elsewhere null ', null],
  ])('%s has an id of its own where it proves nobody', (_what, topic, space, sender) => {
    expect(refused('hello', topic)).toMatchObject({
      requestId: 'm-1',
      fingerprint: space + fingerprint('m-1', 'hello'),
      ...toldTo(sender),
      reference: null,
    });
  });

  it('is known by the id of its envelope', () => {
    expect(refused(envelopeOf('hello', { seed: 3, id: 'msg_1' }), 'of-ops').requestId).toBe('msg_1');
  });

  it.each([
    ['an engine that there is not', { ...good, engines: ['rediss'] }, 'unknown-engine'],
    ["the owner's own account", { ...good, requesterUid: OWNER }, 'own-account'],
    ['an end that is past', { ...good, expiresAt: '2026-11-23T10:00:00.000Z' }, 'invalid-request'],
  ])('for %s has its own head', (_what, body, code) => {
    const { problem, ...rest } = refused({ ...body, requestId: 'r-1', reference: 'OPS-1' });
    expect([rest.requestId, rest.reference, rest.result, problem?.code]).toEqual([
      'r-1',
      'OPS-1',
      'rejected',
      code,
    ]);
  });

  it('asks for what nobody can be granted', () => {
    const request = { ...parsed(good).request, expiresAt: '2026-11-23T10:00:00Z' };
    expect(grantsAsked({ ...request, requesterUid: OWNER }, OWNER, NOW)).toEqual(ownAccount(OWNER));
    expect(grantsAsked(request, OWNER, NOW)).toEqual(pastExpiry(request, NOW));
    expect(grantsAsked(request, OWNER, millis(NOW - 1))).toMatchObject({ engines: ['redis'] });
    expect(grantsAsked({ ...request, engines: ['x'], requesterUid: OWNER }, OWNER, NOW)).toMatchObject({
      code: 'unknown-engine',
    });
  });
});

describe('a request as its sender may have it', () => {
  const admitted = (body: unknown, topic: string | null = 'of-dba') => {
    const one = parsed(body, topic);
    return { one, found: admitRequest(one, topic, REQUESTERS) };
  };

  it('has the ends of its requester, and is asked of engines that it does not name', () => {
    const { found } = admitted(good);
    if (!isParsedRequest(found)) throw new Error('refused');
    expect(found.ends.latestEnd(NOW)).toBe(Date.parse('2026-12-24T00:00:00Z'));
    expect([found.judge(['redis']), found.judge(['gdb'])?.code, found.at]).toEqual([
      null,
      'engine-not-allowed',
      NOW,
    ]);
  });

  it('is refused under its own head where it may not', () => {
    const { one, found } = admitted({ ...good, engines: ['gdb'], reference: 'OPS-1' });
    expect(found).toMatchObject({
      ...headOf(one),
      result: 'rejected',
      problem: { code: 'engine-not-allowed' },
    });
  });

  it('counts from the time of its signature, where that is valid', () => {
    const body = JSON.stringify({ requesterUid: SIGNER, engines: ['redis'] });
    const timestamp = String(NOW / 1_000 - 20);
    const { found } = admitted(envelopeOf(body, { seed: 3, timestamp }), 'of-ops');
    expect(found).toMatchObject({ at: NOW - 20_000, signature: 'valid' });
    const forged = admitted(envelopeOf(body, { seed: 4, timestamp }), 'of-ops').found;
    expect(forged).toMatchObject({ result: 'rejected', problem: { code: 'signature-invalid' } });
    // Nobody is named whose signature it is.
    const open = {
      ...REQUESTERS,
      requesters: REQUESTERS.requesters.map((one) => ({ ...one, publicKeys: [] })),
    };
    const one = {
      ...parsed(envelopeOf(body, { seed: 4, timestamp }), 'of-ops'),
      signature: 'invalid' as const,
    };
    expect(admitRequest(one, 'of-ops', open)).toMatchObject({ at: NOW, signature: 'invalid' });
  });

  it('in an emergency ends after the hours that it may have', () => {
    const body = JSON.stringify({ requesterUid: SIGNER, engines: ['redis'], breakGlass: 'orders are lost' });
    const { found } = admitted(envelopeOf(body, { seed: 3 }), 'of-ops');
    if (!isParsedRequest(found)) throw new Error(found.problem?.detail);
    expect(found.ends.latestEnd(NOW)).toBe(NOW + 4 * HOUR);
  });

  it('that nobody has sent yet is judged as if its requester had', () => {
    const of = (requesterUid: string) => {
      const found = admitUnsent(parsed({ requesterUid, engines: ['redis'] }, 'elsewhere'), REQUESTERS);
      return isParsedRequest(found) ? found.at : found.problem?.code;
    };
    expect([of(REQUESTER), of(SIGNER), of(ANYBODY)]).toEqual([NOW, NOW, 'requester-not-allowed']);
  });
});

describe('an approver', () => {
  const key = (seed: number) => pairOf(seed).publicKey;
  const file = { requesters: [], clients: [] };
  const approvers = [
    { name: 'ada', publicKey: key(5) },
    { name: 'bob', publicKey: key(6) },
  ];
  const signed = (seed: number) => envelopeOf('x', { seed });

  it('is whoever of the list has signed it', () => {
    const of = (seed: number) => approverOf(signed(seed), NOW, { ...file, approvers });
    expect([of(5), of(6), of(7)]).toEqual(['ada', 'bob', null]);
    expect(approverOf(null, NOW, { ...file, approvers })).toBeNull();
    expect(approverOf(signed(5), millis(NOW + 301_000), { ...file, approvers })).toBeNull();
    expect(approverOf(signed(5), NOW, file)).toBeNull();
  });

  it('has to sign only where some are listed', () => {
    expect([mustSign(file), mustSign({ ...file, approvers: [] }), mustSign({ ...file, approvers })]).toEqual([
      false,
      false,
      true,
    ]);
  });
});
