import { expect, it } from 'vitest';
import { Latest } from '../../../../local/cloud/bounded.ts';
import { assumeAsService } from '../../../../local/cloud/sts/session.ts';
import { World } from '../../../../local/cloud/world.ts';
import { OWNER } from '../../../kit/accounts.ts';
import { TestClock } from '../../../kit/clock.ts';
import { addRole } from '../../../kit/two-accounts.ts';
import { signers, trustsFc } from '../signature/setup.ts';

const KEEP = 20;

/** A small world that remembers little. */
function small() {
  const world = new World({ clock: new TestClock(), region: 'cn-hangzhou', keep: KEEP });
  const owner = world.addAccount(OWNER);
  addRole(owner, 'runner', trustsFc);
  return { world, owner };
}

it('of calls the latest are kept, as many as were asked for', () => {
  const { world } = small();
  const call = {
    service: 'ram',
    operation: 'GetRole',
    kind: 'read',
    accountId: OWNER,
    caller: null,
  } as const;
  for (let begin = 0; begin < 10 * KEEP; begin += 1)
    world.journal.add({ ...call, startedAt: 0, endedAt: 0, begin, end: begin, status: 200, code: null });
  const { calls } = world.journal;
  expect(calls.length).toBeGreaterThanOrEqual(KEEP);
  expect(calls.length).toBeLessThanOrEqual(1.1 * KEEP);
  expect(calls.at(-1)?.begin).toBe(10 * KEEP - 1);
});

it('of sessions and nonces the latest are kept', () => {
  const { world } = small();
  const session = () =>
    assumeAsService(world, {
      service: 'fc.aliyuncs.com',
      roleArn: `acs:ram::${OWNER}:role/runner`,
      sessionName: 'run',
      durationSeconds: 900,
    });
  const [first, ...others] = Array.from({ length: 2 * KEEP }, session);
  expect(world.sts.size).toBe(KEEP);
  expect(world.sts.session(first?.accessKeyId ?? '')).toBeUndefined();
  expect(world.sts.issued(first?.securityToken ?? '')).toBe(false);
  expect(world.sts.session(others.at(-1)?.accessKeyId ?? '')).toBeDefined();
  const { caller } = signers();
  for (let nonce = 0; nonce < 2 * KEEP; nonce += 1) world.nonces.use(caller, `n${nonce}`);
  expect(world.nonces.size).toBe(KEEP);
  expect(() => world.nonces.use(caller, `n${2 * KEEP - 1}`)).toThrow('used already');
});

it('of the events of a trail the latest are kept', () => {
  const { world, owner } = small();
  const request = {
    service: 'fc.aliyuncs.com',
    roleArn: `acs:ram::${OWNER}:role/runner`,
    durationSeconds: 900,
  };
  for (let n = 0; n < 3 * KEEP; n += 1) assumeAsService(world, { ...request, sessionName: `run-${n}` });
  const { events } = owner.trail;
  expect(events.length).toBeGreaterThanOrEqual(KEEP);
  expect(events.length).toBeLessThanOrEqual(1.1 * KEEP);
  expect(events.at(-1)?.requestParameters).toMatchObject({ RoleSessionName: `run-${3 * KEEP - 1}` });
});

it('of entries by key the latest are kept, and the oldest are dropped as far as they are over', () => {
  const latest = new Latest<number>(3);
  for (let n = 0; n < 1_000; n += 1) latest.add(`k${n}`, n);
  expect([...latest.values()]).toEqual([997, 998, 999]);
  expect(latest.has('k996')).toBe(false);
  expect(latest.get('k997')).toBe(997);
  latest.dropWhile((n) => n < 999);
  expect([...latest.values()]).toEqual([999]);
  latest.dropWhile(() => true);
  expect(latest.size).toBe(0);
  latest.add('k997', 1);
  expect([...latest.values()]).toEqual([1]);
});
