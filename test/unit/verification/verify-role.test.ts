import { beforeEach, describe, expect, it } from 'vitest';
import { inspect } from '../../../shared/verification/verify-role.ts';
import { REQUESTER } from '../../kit/accounts.ts';
import { type Direct, direct } from '../../kit/direct.ts';
import { ROLE, roleOf } from '../../kit/roles.ts';
import { send } from '../../kit/send.ts';
import { HOUR } from '../../kit/time.ts';

/** A role whose first grant ends an hour after it was made, the second an hour later. Upkeep has not come yet. */
let at: Direct;
beforeEach(async () => {
  at = await direct();
  for (const [engine, hours] of [
    ['redis', 1],
    ['gdb', 2],
  ] as const) {
    const expiresAt = new Date(at.clock.now() + hours * HOUR).toISOString();
    await send(at, { requesterUid: REQUESTER, engines: [engine], expiresAt });
  }
});

const failing = async () => {
  const role = { access: 'register', requesterUid: REQUESTER } as const;
  const tags = new Map(roleOf(at)?.tags);
  const now = at.clock.now();
  const { checks, granted, at: judgedAt } = await inspect(role, tags, now, at.settings, at.verifyPorts());
  const failed = checks.filter(({ status }) => status === 'fail').map(({ id }) => id);
  return { failed, granted: granted.engines, isOfNow: judgedAt === now };
};

describe('a role of which a grant has ended', () => {
  it.each([
    ['not yet', HOUR - 1, ['gdb', 'redis'], [], true],
    ['now: upkeep is on its way', HOUR, ['gdb', 'redis'], [], false],
    ['for an hour and a half, and the other one for half an hour', 2.5 * HOUR, ['gdb', 'redis'], [], false],
    ['for less than two hours', 3 * HOUR - 1, ['gdb', 'redis'], [], false],
    ['for two hours', 3 * HOUR, [], ['trust-dms', 'policies-attached'], true],
  ])('%s', async (_what, ms, granted, failed, isOfNow) => {
    at.clock.advance(ms);
    expect(await failing()).toEqual({ failed, granted, isOfNow });
  });

  it('beside one that never ends', async () => {
    await send(at, { requesterUid: REQUESTER, engines: ['rds'] });
    at.clock.advance(HOUR);
    expect(await failing()).toEqual({ failed: [], granted: ['gdb', 'rds', 'redis'], isOfNow: false });
  });

  it('may also be what it is to be', async () => {
    at.clock.advance(1.5 * HOUR);
    await at.byHand('DetachPolicyFromRole', {
      PolicyName: 'DmsCrossAccountPolicy-gdb-redis',
      PolicyType: 'Custom',
      RoleName: ROLE,
    });
    const wanting = ['policies-attached', 'policy-content', 'engine:gdb'];
    expect(await failing()).toEqual({ failed: wanting, granted: ['gdb'], isOfNow: true });
    await send(at, { upkeep: { role: ROLE, repair: true } });
    expect(await failing()).toEqual({ failed: [], granted: ['gdb'], isOfNow: true });
  });
});
