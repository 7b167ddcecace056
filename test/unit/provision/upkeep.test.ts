import { describe, expect, it } from 'vitest';
import type { ProvisionPorts } from '../../../shared/reconcile/reconciled.ts';
import { REQUESTER } from '../../kit/accounts.ts';
import { type Direct, direct } from '../../kit/direct.ts';
import { send } from '../../kit/send.ts';
import { MINUTE } from '../../kit/time.ts';

const ROLE = `dms-cross-account-${REQUESTER}`;
const VERIFY_ROLE = 'dms-handshake-verify';

/** RAM has changed since it was read: every write meets another state. */
const conflict = ({ ram }: ProvisionPorts) => ({ ram: { ...ram, apply: async () => 'conflict' as const } });

const sendWith = (at: Direct, body: object, over: (ports: ProvisionPorts) => Partial<ProvisionPorts>) => {
  const ports = at.provisionPorts();
  return send(at, body, { ports: { ...ports, ...over(ports) } });
};

async function withRole() {
  const at = await direct();
  await send(at, { requesterUid: REQUESTER, engines: ['redis'] });
  at.writes.length = 0;
  const tags = (name: string) => at.owner.ram.findRole(name)?.tags ?? new Map<string, string>();
  const verdict = (afterMs: number) => ({
    upkeep: {
      remember: {
        roles: [ROLE],
        tags: { 'dms-verdict': `failed ${new Date(at.clock.now() + afterMs).toISOString()} trust-dms` },
      },
    },
  });
  return { at, tags, verdict };
}

describe('a verdict of the sweep', () => {
  it('is written into the tags of the role, once', async () => {
    const { at, tags, verdict } = await withRole();
    expect(await send(at, verdict(0))).toMatchObject({ result: 'applied', writes: 1 });
    expect(tags(ROLE).get('dms-verdict')).toMatch(/^failed /);
    expect(await send(at, verdict(0))).toMatchObject({ result: 'report', writes: 0 });
    expect(at.writes).toEqual(['TagResources']);
  });

  it.each([
    ['of the near future, as clocks differ', 4 * MINUTE, ['TagResources']],
    ['of a later time, which would outlast true ones', 6 * MINUTE, []],
  ])('%s', async (_what, afterMs, writes) => {
    const { at, verdict } = await withRole();
    await send(at, verdict(afterMs));
    expect(at.writes).toEqual(writes);
  });

  it('is not written on a role that has lost our tag, or has no room for one more', async () => {
    const { at, tags, verdict } = await withRole();
    for (let n = tags(ROLE).size; n < 20; n += 1) tags(ROLE).set(`theirs-${n}`, 'x');
    expect((await send(at, verdict(0))).result).toBe('report');
    tags(ROLE).clear();
    expect((await send(at, verdict(0))).result).toBe('report');
    expect(at.writes).toEqual([]);
  });

  it('is not counted as written where the role is gone by then', async () => {
    const { at, verdict } = await withRole();
    expect(await sendWith(at, verdict(0), conflict)).toMatchObject({ result: 'report', writes: 0 });
  });
});

describe('the names of roles that were told of', () => {
  const names = {
    upkeep: { remember: { roles: [VERIFY_ROLE], tags: { 'dms-strangers': 'dms-cross-account-5' } } },
  };

  it('are written on the verify function’s own role, once', async () => {
    const { at, tags } = await withRole();
    expect(await send(at, names)).toMatchObject({ result: 'applied', writes: 1 });
    expect([...tags(VERIFY_ROLE).values()].join()).toContain('dms-cross-account-5');
    expect(await send(at, names)).toMatchObject({ result: 'report', writes: 0 });
    expect(at.writes).toEqual(['TagResources']);
  });

  it('are not counted as written where that role is gone', async () => {
    const { at } = await withRole();
    expect(await sendWith(at, names, conflict)).toMatchObject({ result: 'report', writes: 0 });
  });
});
