import { describe, expect, it } from 'vitest';
import { Pacer } from '../../shared/runtime/rate-limit.ts';
import { paced } from '../../shared/sweep/shared-reads.ts';
import { REQUESTER } from '../kit/accounts.ts';
import { approving } from '../kit/approval.ts';
import { attach, untagByHand } from '../kit/by-hand.ts';
import { TestClock } from '../kit/clock.ts';
import { type Direct, direct } from '../kit/direct.ts';
import { populate } from '../kit/populate.ts';
import { ROLE } from '../kit/roles.ts';
import { type Sweeper, sweeper } from '../kit/sweeper.ts';
import { DAY, HOUR } from '../kit/time.ts';

/** Nothing that a sweep says is lost: whichever message is refused, the sweep says that it did not come through. */

const grant = (sweeping: Sweeper, more: object = {}) =>
  sweeping.request({ requesterUid: REQUESTER, engines: ['redis', 'lindorm'], ...more });

interface Scene {
  readonly what: string;
  /** What it says, at the least. */
  readonly says: number;
  readonly minutes?: number;
  readonly over?: Parameters<typeof direct>[1];
  readonly prepare: (at: Direct, sweeping: Sweeper) => Promise<unknown>;
}

const SCENES: readonly Scene[] = [
  { what: 'a first verdict', says: 2, prepare: (_at, sweeping) => grant(sweeping) },
  {
    what: 'a role that was changed',
    says: 2,
    async prepare(at, sweeping) {
      await grant(sweeping);
      await sweeping.runAndDeliver();
      await attach(at);
    },
  },
  {
    what: 'a role that was changed, and is repaired',
    says: 3,
    over: { heal: true },
    async prepare(at, sweeping) {
      await grant(sweeping);
      await sweeping.runAndDeliver();
      await attach(at);
    },
  },
  {
    what: 'a role that has lost its tag',
    says: 2,
    async prepare(at, sweeping) {
      await grant(sweeping);
      await sweeping.runAndDeliver();
      await untagByHand(at, ROLE, ['managed-by']);
    },
  },
  {
    what: 'a role that somebody deleted, and its policy',
    says: 2,
    async prepare(at, sweeping) {
      await grant(sweeping);
      await sweeping.runAndDeliver();
      const PolicyName = 'DmsCrossAccountPolicy-lindorm-redis';
      await at.byHand('DetachPolicyFromRole', { PolicyName, PolicyType: 'Custom', RoleName: ROLE });
      await at.byHand('DeleteRole', { RoleName: ROLE });
      at.clock.advance(2 * DAY);
    },
  },
  {
    what: 'an end that has come',
    says: 1,
    async prepare(at, sweeping) {
      await grant(sweeping, { expiresAt: new Date(at.clock.now() + HOUR).toISOString() });
      await sweeping.runAndDeliver();
      at.clock.advance(HOUR);
    },
  },
  {
    what: 'an emergency',
    says: 3,
    over: approving({}, {}, { breakGlass: { maxHours: 4 } }),
    async prepare(at, sweeping) {
      await grant(sweeping, { breakGlass: 'the shop is down' });
      at.clock.advance(4 * HOUR);
    },
  },
  {
    what: 'more roles than one message holds, which come to be right',
    says: 2,
    async prepare(at) {
      await populate(at.world, at.owner, 51);
      for (const role of at.owner.ram.roles.values())
        if (role.name.startsWith('dms-cross-account-')) await untagByHand(at, role.name, ['dms-verdict']);
    },
  },
  {
    what: 'more roles than there is time for',
    says: 1,
    minutes: 0,
    prepare: (at) => populate(at.world, at.owner, 30),
  },
];

describe.each(SCENES)('a sweep over $what', ({ says, minutes, over = {}, prepare }) => {
  it('comes to grief at each message that is refused', async () => {
    for (let refused = 1; ; refused += 1) {
      const at = await direct(true, { heal: false, ...over });
      const sweeping = sweeper(at);
      await prepare(at, sweeping);
      at.clock.advance(HOUR);
      let messages = 0;
      const run = sweeping.run({
        ...(minutes === undefined ? {} : { minutes }),
        onCall(operation) {
          if (operation !== 'PublishMessage') return;
          messages += 1;
          if (messages === refused) throw new Error(`message ${refused} is refused`);
        },
      });
      const trouble = await run.then(
        (swept) => swept.trouble,
        (error: Error) => error.message,
      );
      if (messages < refused) {
        expect(trouble).toBeNull();
        expect(refused).toBeGreaterThan(says);
        return;
      }
      expect(trouble).not.toBeNull();
    }
  });
});

it('a sweep waits before it looks again, and looks as often as there was time for', async () => {
  /** What is called while time goes on at once, or a turn of the event loop later. */
  const callsWith = async (isLate: boolean) => {
    const at = await direct(true, { heal: false });
    const sweeping = sweeper(at);
    await grant(sweeping);
    await attach(at);
    const sleep = at.clock.sleep.bind(at.clock);
    at.clock.sleep = async (ms) => {
      if (isLate) await new Promise((resolve) => setImmediate(resolve));
      await sleep(ms);
    };
    await sweeping.run();
    return sweeping.calls;
  };
  const atOnce = await callsWith(false);
  expect(atOnce.filter((call) => call === `GetRole ${ROLE}`).length).toBeGreaterThan(2);
  expect(await callsWith(true)).toEqual(atOnce);
});

it('a call that a sweep makes for every role is made when its turn has come, and not before', async () => {
  const at = await direct();
  const order: string[] = [];
  const clock = new TestClock();
  const pacer = new Pacer(clock);
  pacer.turn = async (operation) => {
    await Promise.resolve();
    order.push(`turn of ${operation}`);
  };
  const ports = at.verifyPorts();
  const role: typeof ports.ram.role = async (name) => {
    order.push(`GetRole ${name}`);
    return null;
  };
  await paced({ ...ports, ram: { ...ports.ram, role } }, pacer).ram.role('r');
  expect(order).toEqual(['turn of GetRole', 'GetRole r']);
});
