import { describe, expect, it } from 'vitest';
import { liveIds, readRecord } from '../../../shared/record/record.ts';
import { verify } from '../../../shared/verification/verify.ts';
import { REQUESTER } from '../../kit/accounts.ts';
import { answerTo, approving } from '../../kit/approval.ts';
import { type Direct, direct } from '../../kit/direct.ts';
import { ROLE } from '../../kit/roles.ts';
import { send } from '../../kit/send.ts';
import { SENDER } from '../../kit/sweeper.ts';
import { DAY, HOUR, MINUTE } from '../../kit/time.ts';

const EMERGENCY = {
  requesterUid: REQUESTER,
  engines: ['redis'],
  requestId: 'e-1',
  breakGlass: 'the orders are gone',
};
const KEEP = { owner: { keep: { requesterUid: REQUESTER, access: 'register' } } };

/** `REQUESTER` may have emergencies of four hours; all else waits for approval. */
const world = (over: object = {}) =>
  direct(true, approving({}, {}, { breakGlass: { maxHours: 4 }, ...over }));
const tagsOf = (at: Direct) => at.owner.ram.findRole(ROLE)?.tags ?? new Map<string, string>();
const recordOf = (at: Direct) => readRecord(tagsOf(at), at.clock.now());
const granted = (at: Direct) => liveIds(recordOf(at), at.clock.now());
const endIn = (at: Direct, hours: number) => new Date(at.clock.now() + hours * HOUR).toISOString();

describe('access in an emergency', () => {
  it('is granted at once, until the hours are over, and its reason stands with the role', async () => {
    const at = await world();
    const end = endIn(at, 4);
    const done = await send(at, EMERGENCY);
    expect(done).toMatchObject({ result: 'applied', engines: ['redis'], breakGlass: EMERGENCY.breakGlass });
    expect(done.changes[0]).toMatchObject({
      before: 'redis: not granted',
      after: `redis: ends ${end} (in an emergency: the request names no end, and this is the latest)`,
    });
    expect(recordOf(at).emergency).toMatchObject({ reason: EMERGENCY.breakGlass });
    const reply = await verify(done, at.settings, SENDER, at.verifyPorts());
    expect(reply?.data).toMatchObject({
      status: 'verified',
      expiresAt: end,
      breakGlass: EMERGENCY.breakGlass,
    });
    await at.clock.sleep(4 * HOUR);
    expect(granted(at)).toEqual([]);
    await send(at, { upkeep: { role: ROLE, expired: ['redis'] } });
    expect(at.writes.at(-1)).toMatch(/UpdateRole|DetachPolicyFromRole/);
  });

  it.each([
    ['never', null],
    ['later than allowed', 5],
  ])('ends after the hours also where it asks for another end: %s', async (_what, hours) => {
    const at = await world();
    const end = endIn(at, 4);
    const expiresAt = hours === null ? 'never' : endIn(at, hours);
    const done = await send(at, { ...EMERGENCY, expiresAt });
    const wanted = hours === null ? 'none' : expiresAt;
    expect(done.changes[0]?.after).toBe(
      `redis: ends ${end} (shortened: asked for was ${wanted}, and "maxHours" of requesters.json allows no later one)`,
    );
  });

  it('ends sooner where it asks for that', async () => {
    const at = await world();
    const expiresAt = endIn(at, 1);
    await send(at, { ...EMERGENCY, expiresAt });
    expect(recordOf(at).entries.get('redis')).toMatchObject({
      until: Date.parse(expiresAt),
      emergency: true,
    });
  });

  it('is not extended, neither by name nor with everything, and nothing waits for approval then', async () => {
    const at = await world();
    await send(at, EMERGENCY);
    await at.clock.sleep(HOUR);
    const before = tagsOf(at);
    for (const engines of [['redis'], undefined]) {
      const extend = { requesterUid: REQUESTER, action: 'extend', engines, expiresAt: endIn(at, 40) };
      expect(await send(at, extend)).toMatchObject({ result: 'rejected', writes: 0 });
    }
    expect(tagsOf(at)).toEqual(before);
  });

  it('is there once until the owner has confirmed it, for whatever engine, also after it was given back', async () => {
    const at = await world();
    await send(at, EMERGENCY);
    await send(at, { requesterUid: REQUESTER, action: 'revoke' });
    await at.clock.sleep(5 * HOUR);
    const again = { ...EMERGENCY, engines: ['lindorm'], requestId: 'e-2' };
    expect(await send(at, again)).toMatchObject({ problem: { code: 'not-approved' }, writes: 0 });
    // The role is kept for as long as that takes.
    await at.clock.sleep(3 * DAY);
    await send(at, { upkeep: { role: ROLE, expired: [] } });
    expect(await send(at, again)).toMatchObject({ problem: { code: 'not-approved' } });
    expect(await send(at, KEEP)).toMatchObject({ result: 'report', writes: 1 });
    // One that was sent before that and comes late is no better.
    expect(await send(at, again, { ago: MINUTE })).toMatchObject({ problem: { code: 'not-approved' } });
    await at.clock.sleep(MINUTE);
    expect(await send(at, again)).toMatchObject({ result: 'applied', engines: ['lindorm'] });
  });

  it('is confirmed by no word from before it', async () => {
    const at = await world();
    await send(at, EMERGENCY);
    await at.clock.sleep(5 * HOUR);
    await send(at, KEEP, { ago: 5 * HOUR + MINUTE });
    const again = { ...EMERGENCY, requestId: 'e-2' };
    expect(await send(at, again)).toMatchObject({ problem: { code: 'not-approved' } });
  });

  it('is refused for what is granted already, saying so', async () => {
    const at = await world();
    const asked = { requesterUid: REQUESTER, engines: ['redis'], requestId: 'r-1' };
    await send(at, answerTo('approve', asked, await send(at, asked)));
    const done = await send(at, { ...EMERGENCY, engines: ['redis', 'gdb'] });
    expect(done).toMatchObject({ result: 'rejected', writes: 0 });
    expect(done.problem?.detail).toContain('redis is granted already');
  });

  it('comes to no more in copies, at whatever time and in whatever order', async () => {
    const at = await world();
    const first = await send(at, EMERGENCY);
    const end = recordOf(at).entries.get('redis')?.until;
    await at.clock.sleep(HOUR);
    const copy = await send(at, EMERGENCY);
    expect(copy).toMatchObject({ result: 'applied', writes: 0, fingerprint: first.fingerprint });
    expect(recordOf(at).entries.get('redis')?.until).toBe(end);
    await send(at, { requesterUid: REQUESTER, action: 'revoke' });
    expect(await send(at, EMERGENCY, { ago: HOUR })).toMatchObject({ problem: { code: 'superseded' } });
    expect(await send(at, EMERGENCY)).toMatchObject({ problem: { code: 'superseded' } });
    await send(at, KEEP);
    await at.clock.sleep(MINUTE);
    expect(await send(at, EMERGENCY)).toMatchObject({ writes: 0 });
    expect(granted(at)).toEqual([]);
  });

  it('counts from its own time when it arrives late, and not at all after its end or a later revoke', async () => {
    const at = await world();
    await send(at, EMERGENCY, { ago: 3 * HOUR });
    expect(recordOf(at).entries.get('redis')?.until).toBe(at.clock.now() + HOUR);
    const other = await world();
    expect(await send(other, EMERGENCY, { ago: 4 * HOUR })).toMatchObject({ problem: { code: 'expired' } });
    await send(other, { requesterUid: REQUESTER, action: 'revoke' }, { ago: MINUTE });
    expect(await send(other, EMERGENCY, { ago: HOUR })).toMatchObject({ problem: { code: 'superseded' } });
    expect(granted(other)).toEqual([]);
    expect(recordOf(other).emergency).toBeUndefined();
  });

  it('is whole after a death at any call, once, with the end of the first delivery', async () => {
    for (let dies = 0, whole = false; !whole; dies += 1) {
      const at = await world();
      let calls = 0;
      const ports = at.provisionPorts(async () => {
        calls += 1;
        if (calls > dies) throw new Error('died');
      });
      const end = at.clock.now() + 4 * HOUR;
      whole = await send(at, EMERGENCY, { ports }).then(
        () => true,
        () => false,
      );
      await at.clock.sleep(MINUTE);
      const done = await send(at, EMERGENCY, { ago: MINUTE });
      expect(done).toMatchObject({ result: 'applied', engines: ['redis'] });
      expect(recordOf(at).entries.get('redis')?.until).toBe(end);
    }
  });

  it('gives way to what the owner approves meanwhile, as it was approved', async () => {
    const at = await world();
    const asked = { requesterUid: REQUESTER, engines: ['redis'], readOnly: true, requestId: 'r-1' };
    const pending = await send(at, asked);
    await at.clock.sleep(HOUR);
    await send(at, EMERGENCY);
    expect(await send(at, answerTo('approve', asked, pending))).toMatchObject({ result: 'applied' });
    expect(recordOf(at).entries.get('redis')).toEqual({
      state: 'granted',
      at: pending.since,
      until: null,
      byDefault: true,
      instances: [],
    });
  });

  it('has an ordinary grant of the same engine wait for approval', async () => {
    const at = await world();
    await send(at, EMERGENCY);
    const asked = { requesterUid: REQUESTER, engines: ['redis'], requestId: 'r-1' };
    expect(await send(at, asked)).toMatchObject({ result: 'pending' });
  });
});

describe('who may not have it', () => {
  it.each([
    ['without the right', { breakGlass: undefined }, 'access-not-allowed'],
    ['for another engine', { breakGlass: { maxHours: 4, engines: ['gdb'] } }, 'engine-not-allowed'],
  ])('%s is refused like anything else', async (_what, over, code) => {
    const at = await world(over);
    expect(await send(at, EMERGENCY)).toMatchObject({ result: 'rejected', problem: { code }, writes: 0 });
    expect(at.owner.ram.findRole(ROLE)).toBeUndefined();
  });

  it('whoever is not proved is told no more than of any other request', async () => {
    const at = await world();
    const foreign = { topic: 'requests-1000000000000011' };
    const done = await send(at, EMERGENCY, foreign);
    const { breakGlass: _, ...plain } = EMERGENCY;
    expect(done.problem).toEqual((await send(at, plain, foreign)).problem);
  });
});
