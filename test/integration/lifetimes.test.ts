import { beforeEach, describe, expect, it } from 'vitest';
import { readRequesters } from '../../shared/admission/requesters.ts';
import { REQUESTER } from '../kit/accounts.ts';
import { type Direct, direct, topicOf } from '../kit/direct.ts';
import { ROLE } from '../kit/roles.ts';
import { type Sweeper, sweeper } from '../kit/sweeper.ts';
import { DAY, HOUR } from '../kit/time.ts';

const withRules = (rules: object) =>
  readRequesters(
    JSON.stringify({
      requesters: [
        {
          uid: REQUESTER,
          name: 'a',
          engines: '*',
          access: ['register', 'console'],
          topics: [topicOf(REQUESTER)],
          ...rules,
        },
      ],
    }),
  );

let at: Direct;
let sweeping: Sweeper;
const begin = async (rules: object = {}) => {
  at = await direct(true, { requesters: withRules(rules) });
  sweeping = sweeper(at);
};
beforeEach(() => begin());

const inDays = (days: number) => new Date(at.clock.now() + days * DAY).toISOString();
const ask = async (body: object) => {
  at.clock.advance(1_000);
  const reply = await sweeping.request({ requesterUid: REQUESTER, ...body });
  if (reply === null) throw new Error('no reply');
  return reply.data;
};
const endsOf = ({ grants }: Awaited<ReturnType<typeof ask>>) =>
  Object.fromEntries(grants.map(({ id, expiresAt }) => [id, expiresAt]));

describe('every engine has an end of its own', () => {
  it('which is kept until a request names another, and shown', async () => {
    const [soon, later] = [inDays(2 / 24), inDays(30)];
    await ask({ engines: ['redis', 'lindorm'], expiresAt: soon });
    await ask({ engines: ['redis'], expiresAt: later });
    await ask({ engines: ['gdb'] });
    const kept = await ask({ engines: ['lindorm'] });
    expect(endsOf(kept)).toEqual({ gdb: null, lindorm: soon, redis: later });
    expect(kept.expiresAt).toBe(soon);
    expect(kept.changes).toEqual([
      {
        check: 'engine:lindorm',
        before: `lindorm: ends ${soon}`,
        after: `lindorm: ends ${soon} (kept: the request names no end)`,
        asked: true,
      },
      expect.objectContaining({ check: 'ownership' }),
    ]);
    const free = await ask({ engines: ['redis'], expiresAt: 'never' });
    expect(endsOf(free)).toMatchObject({ redis: null });
    expect(free.changes?.[0]?.after).toBe('redis: no end (taken away, as asked)');
  });

  it('and a new one gets the default of its requester, which is said', async () => {
    await begin({ defaultDays: 7 });
    const { grants, changes } = await ask({ engines: ['redis'] });
    expect(grants[0]?.expiresAt).toBe('2026-12-01T00:00:00.000Z');
    expect(changes?.[0]?.after).toContain('the request names no end, and this is the one for new grants');
  });

  it('no later than "maxDays" allows, which is said', async () => {
    await begin({ maxDays: 10 });
    const { grants, changes } = await ask({ engines: ['redis'], expiresAt: 'never' });
    expect(grants[0]?.expiresAt).toBe('2026-12-04T00:00:00.000Z');
    expect(changes?.[0]?.after).toContain('shortened: asked for was none, and "maxDays"');
  });
});

describe('an extension', () => {
  it('sets a new end and leaves instances and scope as they are', async () => {
    await ask({ engines: ['redis', 'gdb'], instances: { redis: ['r-1'] }, expiresAt: inDays(1) });
    const end = inDays(20);
    const { status, grants } = await ask({ action: 'extend', engines: ['redis'], expiresAt: end });
    expect([status, grants[1]]).toEqual([
      'verified',
      { id: 'redis', expiresAt: end, instances: ['r-1'], readOnly: false },
    ]);
    expect(grants[0]?.expiresAt).not.toBe(end);
    const all = await ask({ action: 'extend', expiresAt: inDays(40) });
    expect(new Set(all.grants.map(({ expiresAt }) => expiresAt)).size).toBe(1);
  });

  it('of what is not granted is refused, and changes nothing of the rest', async () => {
    await ask({ engines: ['redis'], expiresAt: inDays(1) });
    const before = new Map(at.owner.ram.findRole(ROLE)?.tags);
    const { status, problem } = await ask({
      action: 'extend',
      engines: ['redis', 'gdb'],
      expiresAt: inDays(9),
    });
    expect([status, problem?.code]).toEqual(['rejected', 'invalid-request']);
    expect(problem?.detail).toContain('gdb is not granted');
    expect(at.owner.ram.findRole(ROLE)?.tags).toEqual(before);
    at.clock.advance(2 * DAY);
    expect((await ask({ action: 'extend', expiresAt: inDays(9) })).problem?.detail).toContain(
      'nothing is granted',
    );
  });

  it('cannot push an end past "maxDays" in steps: it counts from the first grant', async () => {
    await begin({ maxDays: 10 });
    await ask({ engines: ['redis'], expiresAt: inDays(1) });
    for (let step = 0; step < 9; step += 1) {
      at.clock.advance(23 * HOUR);
      const { grants } = await ask({ action: 'extend', expiresAt: inDays(30) });
      expect(grants[0]?.expiresAt).toBe('2026-12-04T00:00:00.000Z');
    }
  });

  it('is judged by what the requester may have now', async () => {
    await ask({ engines: ['redis', 'gdb'], expiresAt: inDays(1) });
    at = { ...at, settings: { ...at.settings, requesters: withRules({ engines: ['gdb'] }) } };
    sweeping = sweeper(at);
    const { problem } = await ask({ action: 'extend', expiresAt: inDays(9) });
    expect(problem?.code).toBe('engine-not-allowed');
  });
});

it('the reference of the last grant that changed something stays with the role', async () => {
  await ask({ engines: ['redis'], reference: 'OPS-1: https://x/1' });
  await ask({ engines: ['redis'], reference: 'OPS-2' });
  expect(at.owner.ram.findRole(ROLE)?.tags.get('dms-notes')).toBe('ref:OPS-1%3A https%3A%2F%2Fx%2F1');
  await ask({ engines: ['gdb'], reference: 'OPS-3' });
  expect(at.owner.ram.findRole(ROLE)?.tags.get('dms-notes')).toBe('ref:OPS-3');
});

it('an upgrade writes nothing by itself, and the same request again writes nothing either', async () => {
  await ask({ engines: ['redis'] });
  await at.byHand('TagResources', {
    ResourceType: 'role',
    ResourceNames: JSON.stringify([ROLE]),
    Tag: JSON.stringify([{ Key: 'dms-engine-redis', Value: 'granted 2026-11-23T10:00:00.000Z' }]),
  });
  at.writes.length = 0;
  await sweeping.runAndDeliver();
  await ask({ engines: ['redis'] });
  await sweeping.runAndDeliver();
  expect(at.owner.ram.findRole(ROLE)?.tags.get('dms-engine-redis')).toBe('granted 2026-11-23T10:00:00.000Z');
});
