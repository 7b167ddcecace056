import { describe, expect, it } from 'vitest';
import { LastRecords } from '../../../shared/reconcile/last-records.ts';
import { EMPTY_RECORD } from '../../../shared/record/record.ts';
import { REQUESTER } from '../../kit/accounts.ts';
import { type Direct, direct } from '../../kit/direct.ts';
import type { Hook } from '../../kit/direct-api.ts';
import { send } from '../../kit/send.ts';
import { HOUR } from '../../kit/time.ts';
import { watchTrips } from '../../kit/trips.ts';

const ROLE = `dms-cross-account-${REQUESTER}`;
const READS = ['GetRole', 'ListTagResources', 'ListPoliciesForRole'];
const OTHER = '{"Version":"1","Statement":[{"Effect":"Allow","Action":"oss:*","Resource":"*"}]}';

const attached = (at: Direct) => at.owner.ram.findRole(ROLE)?.attachments.map(({ policyName }) => policyName);

/** An instance that has granted `engines`, hours ago. */
async function granting(engines: readonly string[], over: object = {}) {
  const at = await direct();
  const seen = new LastRecords();
  const ask = async (body: object, before?: Hook) => {
    at.clock.advance(3 * HOUR);
    const { hook, trips } = watchTrips(before);
    const ports = { ...at.provisionPorts(hook), seen };
    const outcome = await send(at, { requesterUid: REQUESTER, ...body }, { ports });
    return { outcome, trips };
  };
  await ask({ engines, ...over });
  return { at, seen, ask };
}

describe('an engine more', () => {
  it('takes four round trips: the role is read while the old policy is taken off', async () => {
    const { at, ask } = await granting(['gdb']);
    const { outcome, trips } = await ask({ engines: ['redis'] });
    expect(outcome.result).toBe('applied');
    expect(trips).toEqual([
      [...READS, 'GetPolicy'],
      ['TagResources', 'CreatePolicy'],
      ['AttachPolicyToRole'],
      ['DetachPolicyFromRole', ...READS],
    ]);
    expect(attached(at)).toEqual(['DmsCrossAccountPolicy-gdb-redis']);
  });

  it('takes one more in an instance that has not seen the role', async () => {
    const { at, ask, seen } = await granting(['gdb']);
    for (let n = 0; n < 500; n += 1) seen.see(`another-${n}`, EMPTY_RECORD);
    const { trips } = await ask({ engines: ['redis'] });
    expect(trips.map(([first]) => first)).toEqual([
      'GetRole',
      'GetPolicy',
      'TagResources',
      'AttachPolicyToRole',
      'DetachPolicyFromRole',
    ]);
    expect(attached(at)).toEqual(['DmsCrossAccountPolicy-gdb-redis']);
  });

  it('of a role that somebody has deleted since is granted anew', async () => {
    const { at, ask } = await granting(['gdb']);
    await at.byHand('DetachPolicyFromRole', {
      RoleName: ROLE,
      PolicyName: 'DmsCrossAccountPolicy-gdb',
      PolicyType: 'Custom',
    });
    await at.byHand('DeleteRole', { RoleName: ROLE });
    const { outcome } = await ask({ engines: ['redis'] });
    expect([outcome.result, outcome.engines]).toEqual(['applied', ['redis']]);
    expect(attached(at)).toEqual(['DmsCrossAccountPolicy-redis']);
  });
});

describe('while the old policy is taken off', () => {
  it('a policy that somebody else attaches is seen, and taken off too', async () => {
    const { at, ask } = await granting(['gdb']);
    await at.byHand('CreatePolicy', { PolicyName: 'other', PolicyDocument: OTHER });
    const { outcome } = await ask({ engines: ['redis'] }, async ({ action }) => {
      if (action === 'DetachPolicyFromRole' && attached(at)?.includes('other') === false)
        await at.byHand('AttachPolicyToRole', {
          RoleName: ROLE,
          PolicyName: 'other',
          PolicyType: 'Custom',
        });
      return undefined;
    });
    expect(outcome.result).toBe('applied');
    expect(attached(at)).toEqual(['DmsCrossAccountPolicy-gdb-redis']);
  });

  it('one that somebody else has taken off already makes it read again', async () => {
    const { at, ask } = await granting(['gdb']);
    const { outcome, trips } = await ask({ engines: ['redis'] }, async ({ action }) => {
      if (action === 'DetachPolicyFromRole')
        await at.byHand('DetachPolicyFromRole', {
          RoleName: ROLE,
          PolicyName: 'DmsCrossAccountPolicy-gdb',
          PolicyType: 'Custom',
        });
      return undefined;
    });
    expect([outcome.result, trips.at(-1)]).toEqual(['applied', READS]);
    expect(attached(at)).toEqual(['DmsCrossAccountPolicy-gdb-redis']);
  });

  it('a failure is thrown when nothing is under way any more, and a later delivery goes on', async () => {
    const { at, ask } = await granting(['gdb']);
    const ended: string[] = [];
    const failing: Hook = async ({ action }) => {
      if (action === 'DetachPolicyFromRole') throw new Error('the connection was lost');
      return () => ended.push(action);
    };
    await expect(ask({ engines: ['redis'] }, failing)).rejects.toThrow('the connection was lost');
    expect(ended.slice(-3).sort()).toEqual([...READS].sort());
    expect(attached(at)).toHaveLength(2);
    expect((await ask({ engines: ['redis'] })).outcome.result).toBe('applied');
    expect(attached(at)).toEqual(['DmsCrossAccountPolicy-gdb-redis']);
  });
});

describe('what takes rights away is followed by a reading', () => {
  it.each([
    ['a revoke of one of two', { action: 'revoke', engines: ['redis'] }],
    ['a grant of fewer instances', { engines: ['gdb', 'redis'], instances: { redis: ['r-1'] } }],
  ])('%s', async (_what, body) => {
    const { ask } = await granting(['gdb', 'redis']);
    const { outcome, trips } = await ask(body);
    expect(outcome.result).toBe('applied');
    expect(trips.slice(-2)).toEqual([['DetachPolicyFromRole'], READS]);
  });
});
