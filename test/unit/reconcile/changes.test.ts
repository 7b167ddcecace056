import { describe, expect, it } from 'vitest';
import { REQUESTER } from '../../kit/accounts.ts';
import { type Direct, direct } from '../../kit/direct.ts';
import type { Hook } from '../../kit/direct-api.ts';
import { send } from '../../kit/send.ts';

const ROLE = `dms-cross-account-${REQUESTER}`;

/** A minute after what came before. */
const next = (at: Direct, body: object) => {
  at.clock.advance(61_000);
  return send(at, { requesterUid: REQUESTER, ...body });
};

/** What was written that nobody asked for, as `before -> after`. */
const unasked = async (at: Direct, body: object) =>
  (await next(at, body)).changes
    .filter(({ asked }) => !asked)
    .map(({ before, after }) => `${before} -> ${after}`);

describe('what was written for a request', () => {
  it('is what it asked for, in an ordinary life of a role', async () => {
    const at = await direct();
    const life: object[] = [
      { engines: ['redis', 'gdb'], connections: ['vpc'] },
      { engines: ['lindorm'] },
      { engines: ['redis'], instances: { redis: ['r-1'] } },
      { action: 'revoke', engines: ['gdb'] },
      { action: 'revoke' },
      { engines: ['rds'] },
      { access: 'console', users: ['alice', 'bob'] },
      { access: 'console', action: 'revoke', users: ['bob'] },
      { access: 'console', action: 'revoke' },
      { access: 'console' },
    ];
    for (const body of life) {
      const { changes, writes } = await next(at, body);
      expect(changes.length).toBeGreaterThanOrEqual(writes);
      expect(changes.filter(({ asked }) => !asked)).toEqual([]);
    }
    expect((await next(at, { access: 'console' })).changes).toEqual([]);
  });

  it('is also what a delivery of it that died after the record was written has left', async () => {
    const at = await direct();
    await next(at, { engines: ['redis', 'gdb'] });
    at.clock.advance(61_000);
    const sentAt = at.clock.now();
    const revoke = { requesterUid: REQUESTER, action: 'revoke', engines: ['gdb'] };
    const dying: Hook = async ({ action }) => {
      if (/^(Create|Attach|Detach|Delete)/.test(action)) throw new Error('the function was killed');
    };
    await expect(send(at, revoke, { ports: at.provisionPorts(dying) })).rejects.toThrow('killed');
    at.clock.advance(61_000);
    const { result, changes } = await send(at, revoke, { ago: at.clock.now() - sentAt });
    expect(result).toBe('applied');
    expect(changes.map(({ after, asked }) => [after.split(' ')[0], asked])).toContainEqual([
      'detach-policy',
      true,
    ]);
    expect(changes.filter(({ asked }) => !asked)).toEqual([]);
  });

  it('tells apart what somebody attached by hand, before and after', async () => {
    const at = await direct();
    await next(at, { engines: ['redis'] });
    await at.byHand('AttachPolicyToRole', {
      PolicyName: 'AdministratorAccess',
      PolicyType: 'System',
      RoleName: ROLE,
    });
    expect(await unasked(at, { engines: ['redis'] })).toEqual([
      'the system policy AdministratorAccess is attached -> detach-policy AdministratorAccess',
    ]);
  });

  it('tells apart a policy of our name that grants what the record never spoke of', async () => {
    const at = await direct();
    await next(at, { engines: ['redis'] });
    await at.byHand('CreatePolicy', {
      PolicyName: 'DmsCrossAccountPolicy-gdb',
      PolicyDocument: '{"Version":"1","Statement":[{"Effect":"Allow","Action":"gdb:*","Resource":"*"}]}',
    });
    await at.byHand('AttachPolicyToRole', {
      PolicyName: 'DmsCrossAccountPolicy-gdb',
      PolicyType: 'Custom',
      RoleName: ROLE,
    });
    expect(await unasked(at, { engines: ['redis'] })).toEqual([
      'the policy DmsCrossAccountPolicy-gdb is attached -> detach-policy DmsCrossAccountPolicy-gdb',
    ]);
  });

  it.each([
    ['another account', '{"RAM":["acs:ram::3000000000000003:root"]}', 'RAM acs:ram::3000000000000003:root'],
    [
      'DMS for another account',
      '{"Service":["3000000000000003@dms.aliyuncs.com"]}',
      'Service 3000000000000003@dms',
    ],
  ])('tells apart a trust that lets %s in', async (_who, principal, found) => {
    const at = await direct();
    await next(at, { engines: ['redis'] });
    const trust = JSON.parse(at.owner.ram.findRole(ROLE)?.trust ?? '');
    trust.Statement.push({ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: JSON.parse(principal) });
    await at.byHand('UpdateRole', { RoleName: ROLE, NewAssumeRolePolicyDocument: JSON.stringify(trust) });
    expect(await unasked(at, { engines: ['gdb'] })).toEqual([
      expect.stringMatching(new RegExp(`${found.replaceAll('*', '\\*')}.* -> update-trust ${ROLE}`)),
    ]);
  });

  it('tells apart a document of ours that somebody widened, and cuts what is long', async () => {
    const at = await direct();
    await next(at, { engines: ['redis'] });
    const names = Array.from({ length: 60 }, (_, n) => `oss:Do${n}`);
    await at.byHand('CreatePolicyVersion', {
      PolicyName: 'DmsCrossAccountPolicy-redis',
      PolicyDocument: JSON.stringify({
        Version: '1',
        Statement: [{ Effect: 'Allow', Action: names, Resource: '*' }],
      }),
      SetAsDefault: 'true',
    });
    const told = await unasked(at, { engines: ['redis'] });
    expect(told).toHaveLength(21);
    expect(told.at(-1)).toMatch(/^and \d+ more/);
  });
});
