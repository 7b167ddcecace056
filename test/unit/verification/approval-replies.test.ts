import { describe, expect, it } from 'vitest';
import { problem } from '../../../events/problem.ts';
import { millis } from '../../../shared/runtime/millis.ts';
import { leftReply, pendingReply } from '../../../shared/verification/approval-replies.ts';
import { replyWithoutProof } from '../../../shared/verification/reply.ts';
import { REQUESTER } from '../../kit/accounts.ts';
import { outcomeOf } from '../../kit/outcomes.ts';
import { SENDER } from '../../kit/sweeper.ts';
import { at, HOUR, START } from '../../kit/time.ts';

const NOW = at(60);
const asked = { request: { requesterUid: REQUESTER, engines: ['redis'] }, digest: '1'.repeat(43) };
const plain = replyWithoutProof(outcomeOf({ result: 'pending' }), SENDER, NOW);

describe('the notice that a request waits', () => {
  const problemOf = problem('not-approved', 'nobody has said yes.');

  it('has the request, its digest, and until when it waits', () => {
    const waiting = outcomeOf({ result: 'pending', since: at(30), asked, problem: problemOf });
    const told = pendingReply(waiting, SENDER, NOW);
    expect(told.type).toBe('dms-handshake.access.pending.v1');
    expect(told.data).toEqual({
      ...plain.data,
      status: 'pending',
      problem: null,
      request: asked.request,
      digest: asked.digest,
      since: '2026-11-23T10:00:30.000Z',
      endsAt: '2026-11-24T06:00:30.000Z',
    });
  });

  it.each([
    ['is not known', undefined],
    ['is still to come', at(61)],
  ])('waits from now on where its time %s', (_what, since) => {
    const { data } = pendingReply(outcomeOf({ result: 'pending', since }), SENDER, NOW);
    expect([data.since, data.endsAt]).toEqual(['2026-11-23T10:01:00.000Z', '2026-11-24T06:01:00.000Z']);
    for (const key of ['request', 'digest']) expect(data).not.toHaveProperty(key);
  });
});

describe('a request that waits no more', () => {
  const left = { requestId: 'waited-1', digest: '2'.repeat(43) };
  const newer = outcomeOf({
    traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
    record: { 'dms-engine-redis': 'granted 2026-11-23T10:00:00.000Z' },
  });

  it.each([
    ['replaced', 'superseded', /^a newer request of this account has taken the place of waited-1, /],
    ['ended', 'not-approved', /^the owner has denied the request waited-1, or nobody approved it/],
    ['denied', 'not-approved', /^the owner has denied the request waited-1, or nobody approved it/],
  ] as const)('is told of as %s: %s', (why, code, detail) => {
    const found = leftReply({ ...newer, left: { ...left, why } }, SENDER, NOW);
    expect(found?.to).toEqual([REQUESTER, 'owner']);
    const told = found?.reply;
    expect(told).toMatchObject({
      type: 'dms-handshake.access.rejected.v1',
      subject: REQUESTER,
      correlationid: 'waited-1',
      time: new Date(START + 60_000).toISOString(),
    });
    expect(told).not.toHaveProperty('traceparent');
    expect(told?.data).toMatchObject({
      status: 'rejected',
      requestId: 'waited-1',
      reference: null,
      engines: ['redis'],
      grants: [{ id: 'redis' }],
      problem: { code, detail: expect.stringMatching(detail) },
    });
  });

  it('has one id whoever has taken its place, and not that of a request', () => {
    const idOf = (over: object) =>
      leftReply({ ...newer, ...over, left: { ...left, why: 'ended' } }, SENDER, millis(NOW + HOUR))?.reply.id;
    expect(idOf({ fingerprint: 'f-2', requestId: 'r-2' })).toBe(idOf({}));
    expect(idOf({})).not.toBe(plain.id);
    const other = leftReply(
      { ...newer, left: { ...left, digest: '3'.repeat(43), why: 'ended' } },
      SENDER,
      NOW,
    );
    expect(other?.reply.id).not.toBe(idOf({}));
  });

  it.each([
    ['nothing waited', outcomeOf()],
    ['nobody is known to have asked', outcomeOf({ requesterUid: null, left: { ...left, why: 'ended' } })],
  ])('is told of to nobody where %s', (_what, outcome) => {
    expect(leftReply(outcome, SENDER, NOW)).toBeNull();
  });
});
