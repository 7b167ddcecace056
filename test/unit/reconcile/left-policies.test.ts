import { describe, expect, it } from 'vitest';
import { POLICY_PREFIX } from '../../../shared/catalogue/names.ts';
import { RecentWrites } from '../../../shared/reconcile/recent-writes.ts';
import { TerminalError } from '../../../shared/runtime/errors.ts';
import { REQUESTER } from '../../kit/accounts.ts';
import { type Direct, direct, REQUESTERS, topicOf } from '../../kit/direct.ts';
import { send } from '../../kit/send.ts';
import { MINUTE } from '../../kit/time.ts';

/** RAM holds 1,500 custom policies: what one requester leaves behind may not keep another from its grant. */

const [, OTHER = ''] = REQUESTERS;
const redis = (...instances: string[]) => ({
  requesterUid: REQUESTER,
  engines: ['redis'],
  instances: { redis: instances },
});

/** Names of the policies of ours that stand, without the prefix. */
const standing = ({ owner }: Direct): readonly string[] =>
  [...owner.ram.policies.values()]
    .map(({ name }) => name)
    .filter((name) => name.startsWith(POLICY_PREFIX))
    .map((name) => name.slice(POLICY_PREFIX.length));

/** Sends a request a second in one instance, and answers the most policies that stood after any of them. */
async function flood(at: Direct, bodies: readonly object[], memory = new RecentWrites()): Promise<number> {
  let most = 0;
  for (const body of bodies) {
    const { result } = await send(at, body, { ports: at.provisionPorts(undefined, memory) });
    expect(result).toBe('applied');
    most = Math.max(most, standing(at).length);
    at.clock.advance(MINUTE / 60);
  }
  return most;
}

/** All sets of these, the empty one left out. */
const subsets = (ids: readonly string[]): readonly (readonly string[])[] =>
  ids
    .reduce<string[][]>((sets, id) => sets.concat(sets.map((set) => [...set, id])), [[]])
    .filter((set) => set.length > 0);
const ALL = ['redis', 'polardbx1', 'polardbx2', 'oceanbase', 'lindorm'];

describe('what a requester leaves behind', () => {
  it('never stands in another’s way: 60 lists a minute leave one policy', async () => {
    const at = await direct();
    at.owner.ram.limits.policies = at.owner.ram.policies.size + 3;
    const lists = Array.from({ length: 120 }, (_, n) => redis(`r-${n}`));
    expect(await flood(at, lists)).toBe(1);
    const theirs = { ...redis('r-x'), requesterUid: OTHER };
    expect((await send(at, theirs, { topic: topicOf(OTHER) })).result).toBe('applied');
    expect(standing(at)).toHaveLength(2);
  });

  it('is not left by an instance that is new at every request', async () => {
    const at = await direct();
    for (const n of [1, 2, 3, 4, 5]) await flood(at, [redis(`r-${n}`)]);
    expect(standing(at)).toEqual([expect.stringMatching(/^redis-/)]);
  });

  it('is eight policies of sets of engines at most', async () => {
    const at = await direct();
    const sets = subsets(ALL).flatMap((engines) => [
      { requesterUid: REQUESTER, engines },
      { requesterUid: REQUESTER, action: 'revoke' },
    ]);
    expect(await flood(at, sets)).toBe(9);
    expect(standing(at)).toHaveLength(8);
  });

  it('goes with a close, too', async () => {
    const at = await direct();
    await send(at, redis('r-1'));
    await send(at, { requesterUid: REQUESTER, action: 'revoke' });
    expect(standing(at)).toEqual([]);
  });

  it('is gone a little later where readings are old', async () => {
    const at = await direct(true, {}, { staleReadsMs: 5_000 });
    const lists = Array.from({ length: 60 }, (_, n) => redis(`r-${n % 20}`));
    expect(await flood(at, lists)).toBeLessThan(20);
    expect(at.owner.ram.findRole(`dms-cross-account-${REQUESTER}`)?.attachments).toHaveLength(1);
  });
});

describe('a policy that a role leaves', () => {
  it('stays where another role uses it', async () => {
    const at = await direct();
    await send(at, redis('r-1'));
    await send(at, { ...redis('r-1'), requesterUid: OTHER }, { topic: topicOf(OTHER) });
    expect(standing(at)).toHaveLength(1);
    await send(at, { requesterUid: REQUESTER, action: 'revoke' });
    expect(standing(at)).toHaveLength(1);
    await send(at, { requesterUid: OTHER, action: 'revoke' }, { topic: topicOf(OTHER) });
    expect(standing(at)).toEqual([]);
  });

  it('stays where it lacks our tag', async () => {
    const at = await direct();
    await send(at, redis('r-1'));
    const [name = ''] = standing(at);
    await at.byHand('UntagResources', {
      ResourceType: 'policy',
      ResourceNames: JSON.stringify([POLICY_PREFIX + name]),
      TagKeys: JSON.stringify(['managed-by']),
    });
    await send(at, { requesterUid: REQUESTER, action: 'revoke' });
    expect(standing(at)).toEqual([name]);
  });

  it('costs a grant that leaves none no call', async () => {
    const at = await direct();
    const calls: string[] = [];
    const ports = at.provisionPorts(async ({ action }) => {
      calls.push(action);
      return undefined;
    });
    await send(at, { requesterUid: REQUESTER, engines: ['redis'] }, { ports });
    at.clock.advance(1_000);
    await send(at, { requesterUid: REQUESTER, engines: ['lindorm'] }, { ports });
    expect(calls.filter((action) => /DeletePolicy|ListPolicyVersions/.test(action))).toEqual([]);
    expect(standing(at)).toEqual(['redis', 'lindorm-redis']);
  });

  it('is no reason to call a request failed where it cannot be deleted, and goes with the next one', async () => {
    const at = await direct();
    const memory = new RecentWrites();
    let refuses = true;
    const ports = () =>
      at.provisionPorts(async ({ action }) => {
        if (refuses && action === 'DeletePolicy')
          throw new TerminalError('permission-missing', 'RAM DeletePolicy: NoPermission');
        return undefined;
      }, memory);
    await send(at, redis('r-1'), { ports: ports() });
    at.clock.advance(1_000);
    expect((await send(at, redis('r-2'), { ports: ports() })).result).toBe('applied');
    expect(standing(at)).toHaveLength(2);
    refuses = false;
    at.clock.advance(MINUTE);
    await send(at, redis('r-3'), { ports: ports() });
    expect(standing(at)).toHaveLength(1);
  });

  it('is used again by the role that comes back to it', async () => {
    const at = await direct();
    const memory = new RecentWrites();
    await flood(
      at,
      ['r-1', 'r-2', 'r-1'].map((list) => redis(list)),
      memory,
    );
    const attached = at.owner.ram.findRole(`dms-cross-account-${REQUESTER}`)?.attachments ?? [];
    expect(attached).toHaveLength(1);
    expect(standing(at)).toHaveLength(1);
  });
});
