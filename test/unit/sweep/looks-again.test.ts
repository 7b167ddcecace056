import { beforeEach, describe, expect, it } from 'vitest';
import type { ListedRole, RamLister } from '../../../shared/ports.ts';
import { REQUESTER } from '../../kit/accounts.ts';
import { attach, editTrust, granted } from '../../kit/by-hand.ts';
import { type Direct, direct } from '../../kit/direct.ts';
import { ROLE, roleOf } from '../../kit/roles.ts';
import { sweeper } from '../../kit/sweeper.ts';
import { HOUR, MINUTE } from '../../kit/time.ts';

/** What a sweep believes of a role that looks wrong, and what it does about it. */
let at: Direct;
const grant = (...engines: string[]) => sweeper(at).request({ requesterUid: REQUESTER, engines });

beforeEach(async () => {
  at = await direct();
  await grant('redis');
  at.clock.advance(HOUR);
  await sweeper(at).runAndDeliver();
  at.clock.advance(HOUR);
});

it('a role that was granted more since it was listed is judged by what it is to be now', async () => {
  const listed: ListedRole[] = [];
  for await (const role of at.lister().allRoles()) listed.push({ ...role, tags: new Map(role.tags) });
  await grant('redis', 'gdb');
  async function* allRoles() {
    yield* listed;
  }
  const lister = (): RamLister => ({ ...at.lister(), allRoles });
  const sweeping = sweeper({ ...at, lister });
  expect(await sweeping.run()).toMatchObject({ roles: 1, failed: 0, changed: 0 });
  expect(sweeping.calls.filter((call) => call === `GetRole ${ROLE}`)).toHaveLength(2);
});

describe('a role that somebody has changed', () => {
  /** When it is looked at again, with that patience. */
  const looksAgain = async (patienceMs: number) => {
    const again: number[] = [];
    const sweeping = sweeper({ ...at, settings: { ...at.settings, patienceMs } });
    const { failed } = await sweeping.run({
      onCall: (operation, subject) => {
        if (operation === 'ListTagResources' && subject === ROLE) again.push(at.clock.now());
      },
    });
    return { again, failed };
  };

  it('is believed from the very moment on at which its last change can be seen', async () => {
    await attach(at);
    const grantedAt = Date.parse(roleOf(at)?.tags.get('dms-engine-redis')?.split(' ')[1] ?? '');
    const start = at.clock.now();
    const first = await looksAgain(MINUTE);
    expect([first.failed, first.again.length]).toEqual([1, 1]);
    at.clock.advance(start - at.clock.now());
    const patience = (first.again[0] ?? 0) - grantedAt;
    expect(await looksAgain(patience)).toEqual(first);
    at.clock.advance(start - at.clock.now());
    expect((await looksAgain(patience + 1)).again).toHaveLength(2);
  });

  it('is repaired all the same where its requester is not listed any more', async () => {
    await editTrust((trust) => {
      trust.Statement = granted(trust);
    })(at, ROLE);
    const sweeping = sweeper(at, null, () => false);
    expect(await sweeping.run()).toMatchObject({ failed: 1, repairable: 1, repairs: 1 });
    expect(sweeping.replies.map(({ data }) => data.problem?.code)).toEqual(['requester-not-allowed']);
  });
});

it('nobody is asked who used the roles where there is no place to remember it', async () => {
  let reads = 0;
  const trail = {
    read: async ({ to }: { to: ReturnType<typeof at.clock.now> }) => {
      reads += 1;
      return { reached: to, fault: null };
    },
  };
  await sweeper({ ...at, settings: { ...at.settings, verifyRole: 'another' } }, trail).run();
  expect(reads).toBe(0);
  await sweeper(at, trail).run();
  expect(reads).toBe(1);
});
