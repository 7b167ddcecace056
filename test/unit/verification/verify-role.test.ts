import { beforeEach, describe, expect, it } from 'vitest';
import { inspect } from '../../../shared/verification/verify-role.ts';
import { REQUESTER } from '../../kit/accounts.ts';
import { type Direct, direct } from '../../kit/direct.ts';
import { ROLE, roleOf } from '../../kit/roles.ts';
import { send } from '../../kit/send.ts';
import { HOUR } from '../../kit/time.ts';

/** A role whose first grant ends an hour after it was made, the second two hours later. Upkeep has not come yet. */
let at: Direct;
beforeEach(async () => {
  at = await direct();
  for (const [engine, hours] of [
    ['redis', 1],
    ['gdb', 3],
  ] as const) {
    const expiresAt = new Date(at.clock.now() + hours * HOUR).toISOString();
    await send(at, { requesterUid: REQUESTER, engines: [engine], expiresAt });
  }
});

const failing = async () => {
  const role = { access: 'register', requesterUid: REQUESTER } as const;
  const tags = new Map(roleOf(at)?.tags);
  const { checks, granted } = await inspect(role, tags, at.clock.now(), at.settings, at.verifyPorts());
  const failed = checks.filter(({ status }) => status === 'fail').map(({ id }) => id);
  return { failed, granted: granted.engines };
};

describe('a role of which a grant has ended', () => {
  it.each([
    ['not yet', HOUR - 1, ['gdb', 'redis'], []],
    ['now: upkeep is on its way', HOUR, ['gdb', 'redis'], []],
    ['for less than two hours', 3 * HOUR - 1, ['gdb', 'redis'], []],
    ['for two hours, and the other one just now', 3 * HOUR, [], ['trust-dms', 'policies-attached']],
  ])('%s', async (_what, ms, granted, failed) => {
    at.clock.advance(ms);
    expect(await failing()).toEqual({ failed, granted });
  });

  it('may also be what it is to be', async () => {
    at.clock.advance(2 * HOUR);
    await at.byHand('DetachPolicyFromRole', {
      PolicyName: 'DmsCrossAccountPolicy-gdb-redis',
      PolicyType: 'Custom',
      RoleName: ROLE,
    });
    const wanting = ['policies-attached', 'policy-content', 'engine:gdb'];
    expect(await failing()).toEqual({ failed: wanting, granted: ['gdb'] });
    await send(at, { upkeep: { role: ROLE, repair: true } });
    expect(await failing()).toEqual({ failed: [], granted: ['gdb'] });
  });
});
