import { describe, expect, it } from 'vitest';
import { liveIds, readRecord } from '../../../shared/record/record.ts';
import { inspect } from '../../../shared/verification/verify-role.ts';
import { REQUESTER } from '../../kit/accounts.ts';
import { answerTo, approving } from '../../kit/approval.ts';
import { type Direct, direct } from '../../kit/direct.ts';
import { send } from '../../kit/send.ts';
import { envelopeOf, pairOf } from '../../kit/signing-keys.ts';
import { DAY, HOUR, MINUTE } from '../../kit/time.ts';

const ROLE = `dms-cross-account-${REQUESTER}`;
const REDIS = { requesterUid: REQUESTER, engines: ['redis'], requestId: 'r-1' };

const world = (approval: object = {}, more: object = {}, over: object = {}) =>
  direct(true, approving(approval, more, over));

const tagsOf = (at: Direct) => at.owner.ram.findRole(ROLE)?.tags ?? new Map<string, string>();
const granted = (at: Direct) => liveIds(readRecord(tagsOf(at), at.clock.now()), at.clock.now());

describe('a request that the owner has to approve', () => {
  it('waits on a role that grants nothing, and is told to its requester and to the owner', async () => {
    const at = await world();
    const pending = await send(at, REDIS);
    expect(pending).toMatchObject({ result: 'pending', engines: [], to: [REQUESTER, 'owner'] });
    expect(granted(at)).toEqual([]);
    expect(at.writes).not.toContain('AttachPolicyToRole');
    expect(tagsOf(at).get('dms-notes')).toMatch(/^ask:[0-9a-z]+~[\w-]{43}~r-1$/);
    // Such a role is sound: it is closed, and says why it is there.
    const role = { access: 'register', requesterUid: REQUESTER } as const;
    const { checks } = await inspect(role, tagsOf(at), at.clock.now(), at.settings, at.verifyPorts());
    expect(checks.filter(({ status }) => status === 'fail')).toEqual([]);
  });

  it('is granted as of its own time when the owner approves it', async () => {
    const at = await world();
    const pending = await send(at, REDIS);
    await at.clock.sleep(HOUR);
    const done = await send(at, answerTo('approve', REDIS, pending));
    expect(done).toMatchObject({ result: 'applied', engines: ['redis'], requestId: 'r-1', approvedBy: null });
    expect(tagsOf(at).get('dms-engine-redis')).toBe(
      `granted ${new Date(pending.since ?? 0).toISOString()} default`,
    );
    expect(tagsOf(at).get('dms-notes')).toBe('-');
    // A copy of the request and one of the approval come to the same answer.
    const copies = [
      await send(at, REDIS, { ago: HOUR }),
      await send(at, answerTo('approve', REDIS, pending)),
    ];
    expect(copies.map(({ result, fingerprint }) => [result, fingerprint])).toEqual([
      ['applied', done.fingerprint],
      ['applied', done.fingerprint],
    ]);
  });

  it.each([
    ['other words', { request: { ...REDIS, engines: ['redis', 'lindorm'] } }],
    ['another digest', { digest: 'A'.repeat(43) }],
    ['another time', { since: '2026-01-01T00:00:00.000Z' }],
    ['another owner', { ownerUid: '2000000000000009' }],
  ])('is not granted by an approval with %s, which is told to the owner alone', async (_what, over) => {
    const at = await world();
    const pending = await send(at, REDIS);
    const done = await send(at, answerTo('approve', REDIS, pending, over));
    expect(done).toMatchObject({ result: 'rejected', to: ['owner'], writes: 0 });
    expect(granted(at)).toEqual([]);
  });

  it('is over once it is denied: neither a copy nor a late approval brings it back', async () => {
    const at = await world();
    const pending = await send(at, REDIS);
    const no = await send(at, answerTo('deny', REDIS, pending));
    expect(no).toMatchObject({
      result: 'rejected',
      problem: { code: 'not-approved' },
      to: [REQUESTER, 'owner'],
    });
    const copy = await send(at, REDIS);
    expect(copy).toMatchObject({ result: 'rejected', problem: { code: 'not-approved' } });
    expect(copy.fingerprint).toBe(no.fingerprint);
    expect(await send(at, answerTo('approve', REDIS, pending))).toMatchObject({ to: ['owner'], writes: 0 });
    expect(await send(at, answerTo('deny', REDIS, pending))).toMatchObject({ fingerprint: no.fingerprint });
    // Also after another request has waited and was granted in between.
    const other = { ...REDIS, engines: ['lindorm'], requestId: 'r-2' };
    await send(at, answerTo('approve', other, await send(at, other)));
    expect(await send(at, REDIS)).toMatchObject({ problem: { code: 'not-approved' } });
    expect(granted(at)).toEqual(['lindorm']);
  });

  it('ends after 20 hours, and so does its approval', async () => {
    const at = await world();
    const pending = await send(at, REDIS);
    await at.clock.sleep(20 * HOUR);
    expect(await send(at, answerTo('approve', REDIS, pending))).toMatchObject({ to: ['owner'], writes: 0 });
    expect(await send(at, REDIS)).toMatchObject({ problem: { code: 'not-approved' } });
    const told = await send(at, { upkeep: { role: ROLE, unanswered: true } });
    expect(told.left).toMatchObject({ requestId: 'r-1', why: 'ended' });
    expect(await send(at, REDIS)).toMatchObject({ problem: { code: 'not-approved' } });
    await at.clock.sleep(2 * DAY);
    await send(at, { upkeep: { role: ROLE } });
    expect(at.owner.ram.findRole(ROLE)).toBeUndefined();
  });

  it('is told of as ended where the sweep saw that it is, and not by other upkeep', async () => {
    const at = await world();
    await send(at, REDIS);
    await at.clock.sleep(20 * HOUR);
    expect((await send(at, { upkeep: { role: ROLE } })).left).toBeUndefined();
    expect((await send(at, { upkeep: { role: ROLE, unanswered: true } })).left).toMatchObject({
      why: 'ended',
    });
  });

  it('gives way to a newer one, and keeps its id from other words', async () => {
    const at = await world();
    const first = await send(at, REDIS);
    await at.clock.sleep(MINUTE);
    const swapped = { ...REDIS, engines: ['lindorm'] };
    expect(await send(at, swapped)).toMatchObject({ problem: { code: 'invalid-request' }, writes: 0 });
    const newer = { ...swapped, requestId: 'r-2' };
    const second = await send(at, newer);
    expect(second).toMatchObject({ result: 'pending', left: { requestId: 'r-1', why: 'replaced' } });
    expect(await send(at, answerTo('approve', REDIS, first))).toMatchObject({ to: ['owner'], writes: 0 });
    expect(await send(at, REDIS, { ago: MINUTE })).toMatchObject({ problem: { code: 'superseded' } });
    await send(at, answerTo('approve', newer, second));
    expect(granted(at)).toEqual(['lindorm']);
  });

  it('is not granted by the approval of the time before, if it is asked again after a revoke', async () => {
    const at = await world();
    const pending = await send(at, REDIS);
    const yes = answerTo('approve', REDIS, pending);
    await send(at, yes);
    await at.clock.sleep(MINUTE);
    await send(at, { requesterUid: REQUESTER, action: 'revoke' });
    await at.clock.sleep(MINUTE);
    expect(await send(at, REDIS)).toMatchObject({ result: 'pending' });
    expect(await send(at, yes)).toMatchObject({ to: ['owner'], writes: 0 });
    expect(granted(at)).toEqual([]);
  });
});

describe('what needs no approval', () => {
  it('is what is granted already to the letter, whose stamp does not move', async () => {
    const at = await world();
    const pending = await send(at, REDIS);
    await send(at, answerTo('approve', REDIS, pending));
    const before = tagsOf(at).get('dms-engine-redis');
    await at.clock.sleep(2 * MINUTE);
    expect(await send(at, { ...REDIS, requestId: 'r-3' })).toMatchObject({ result: 'applied', writes: 0 });
    expect(tagsOf(at).get('dms-engine-redis')).toBe(before);
    // A close that was published before that and arrives now takes it all away.
    await send(at, { owner: { close: { requesterUid: REQUESTER, access: 'register' } } }, { ago: MINUTE });
    expect(granted(at)).toEqual([]);
  });

  const unless = { readOnly: true, maxDays: 7, engines: ['redis'] };
  const in_ = (at: Direct, days: number) => new Date(at.clock.now() + days * DAY).toISOString();

  it.each([
    ['all of it holds', {}, 7, 'applied'],
    ['the end is later', {}, 9, 'pending'],
    ['it may modify', { readOnly: false }, 7, 'pending'],
    ['another engine is named', { engines: ['lindorm'] }, 7, 'pending'],
    ['a connection is named, too', { connections: ['vpc'] }, 7, 'pending'],
  ])('is what the file excepts: %s', async (_what, over, days, result) => {
    const at = await world({ unless });
    const body = { ...REDIS, readOnly: true, expiresAt: in_(at, days), ...over };
    expect(await send(at, body)).toMatchObject({ result });
  });

  it('is no chain of extensions beyond the days of the exception', async () => {
    const at = await world({ unless });
    await send(at, { ...REDIS, readOnly: true, expiresAt: in_(at, 5) });
    await at.clock.sleep(4 * DAY);
    const extend = (days: number, requestId: string) =>
      send(at, { requesterUid: REQUESTER, action: 'extend', expiresAt: in_(at, days), requestId });
    expect(await extend(3, 'e-1')).toMatchObject({ result: 'applied' });
    await at.clock.sleep(MINUTE);
    expect(await extend(7, 'e-2')).toMatchObject({ result: 'pending' });
    await at.clock.sleep(MINUTE);
    expect(
      await send(at, { ...REDIS, readOnly: true, expiresAt: in_(at, 7), requestId: 'e-3' }),
    ).toMatchObject({
      result: 'pending',
    });
  });

  it('is what nobody said anything about: other requesters, and taking away', async () => {
    const at = await world();
    expect(await send(at, { requesterUid: REQUESTER, action: 'revoke' })).toMatchObject({
      result: 'applied',
    });
  });
});

describe('an approval where the file lists approvers', () => {
  const approvers = [{ name: 'alice', publicKey: pairOf(5).publicKey }];
  const signed = (at: Direct, body: object, seed: number, ago = 0) =>
    envelopeOf(JSON.stringify(body), {
      seed,
      id: 'approval-1',
      timestamp: String(Math.floor((at.clock.now() - ago) / 1_000)),
    });

  it.each([
    ['without a signature', null, 0],
    ['signed by somebody else', 6, 0],
    ['signed too long ago', 5, HOUR],
  ])('does nothing %s', async (_what, seed, ago) => {
    const at = await world({}, { approvers });
    const yes = answerTo('approve', REDIS, await send(at, REDIS));
    const owner = { topic: at.settings.ownerTopic };
    const body = seed === null ? yes : signed(at, yes, seed, ago);
    expect(await send(at, body, owner)).toMatchObject({
      problem: { code: 'signature-invalid' },
      to: ['owner'],
    });
    expect(granted(at)).toEqual([]);
  });

  it('is what has to be signed: a no, which grants nothing, counts without', async () => {
    const at = await world({}, { approvers });
    const no = await send(at, answerTo('deny', REDIS, await send(at, REDIS)));
    expect(no).toMatchObject({ problem: { code: 'not-approved' }, to: [REQUESTER, 'owner'] });
  });

  it('names who has signed it', async () => {
    const at = await world({}, { approvers });
    const yes = answerTo('approve', REDIS, await send(at, REDIS));
    const done = await send(at, signed(at, yes, 5), { topic: at.settings.ownerTopic });
    expect(done).toMatchObject({ result: 'applied', approvedBy: 'alice' });
    expect(granted(at)).toEqual(['redis']);
  });
});

describe('a request that another replaces', () => {
  const NEWER = { ...REDIS, engines: ['lindorm'], requestId: 'r-2' };

  it('is told of once, also where the function dies at any call after it has replaced it', async () => {
    let replaced = 0;
    for (let dies = 0, whole = false; !whole; dies += 1) {
      const at = await world();
      await send(at, REDIS);
      await at.clock.sleep(MINUTE);
      let calls = 0;
      const ports = at.provisionPorts(async () => {
        calls += 1;
        if (calls > dies) throw new Error('died');
        return undefined;
      });
      whole = await send(at, NEWER, { ports }).then(
        () => true,
        () => false,
      );
      if (tagsOf(at).get('dms-notes')?.includes('~r-2')) replaced += 1;
      await at.clock.sleep(2 * MINUTE);
      const again = await send(at, NEWER, { ago: 2 * MINUTE });
      expect(again).toMatchObject({ result: 'pending', left: { requestId: 'r-1', why: 'replaced' } });
    }
    expect(replaced).toBeGreaterThan(1);
  });

  it('is not told of with what waits after that was approved, or was replaced itself', async () => {
    const at = await world();
    await send(at, REDIS);
    await at.clock.sleep(MINUTE);
    await send(at, NEWER);
    await at.clock.sleep(MINUTE);
    const last = { ...NEWER, requestId: 'r-3' };
    expect(await send(at, last)).toMatchObject({ left: { requestId: 'r-2' } });
    await send(at, answerTo('approve', last, await send(at, last, { ago: 0 })));
    await at.clock.sleep(MINUTE);
    expect((await send(at, { ...REDIS, requestId: 'r-4' })).left).toBeUndefined();
  });

  it('leaves no room for its name where the ids are long, and all else is as ever', async () => {
    const at = await world();
    const long = (id: string) => id.repeat(128);
    await send(at, { ...REDIS, requestId: long('a') });
    await at.clock.sleep(MINUTE);
    const newer = { ...NEWER, requestId: long('b') };
    expect(await send(at, newer)).toMatchObject({ result: 'pending', left: { requestId: long('a') } });
    expect(tagsOf(at).get('dms-notes')?.length).toBeLessThanOrEqual(256);
    await send(at, answerTo('approve', newer, await send(at, newer)));
    expect(granted(at)).toEqual(['lindorm']);
  });
});
