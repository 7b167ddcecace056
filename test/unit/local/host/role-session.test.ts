import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { World } from '../../../../local/cloud/world.ts';
import { RoleSession } from '../../../../local/host/role-session.ts';
import { VirtualClock } from '../../../../local/testing/virtual-clock.ts';
import { OWNER } from '../../../kit/accounts.ts';
import { addRole, document } from '../../../kit/two-accounts.ts';

const TRUST = document({
  Effect: 'Allow',
  Action: 'sts:AssumeRole',
  Principal: { Service: ['fc.aliyuncs.com'] },
});
const HALF = 30 * 60_000;

/** The sessions of one function, whose role is `runner`. */
function sessions(functionName = 'f', keep = 100) {
  const clock = new VirtualClock();
  const world = new World({ clock, region: 'cn-hangzhou', keep });
  const role = addRole(world.addAccount(OWNER), 'runner', TRUST);
  const session = new RoleSession(world, role.arn, functionName);
  const key = () => session.credentials()?.accessKeyId ?? '';
  return { clock, world, role, session, key };
}

describe('the session of a function', () => {
  it('is of its role, under its name, and what is done under it is done by that', () => {
    const { session, world } = sessions('a-function');
    const credentials = session.credentials();
    const known = world.sts.session(credentials?.accessKeyId ?? '');
    expect(known).toMatchObject(JSON.parse(JSON.stringify({ ...credentials, expiration: undefined })));
    expect(known?.principal).toMatchObject({ roleName: 'runner', sessionName: 'a-function' });
    expect(session.caller()).toEqual({
      accountId: OWNER,
      accessKeyId: credentials?.accessKeyId,
      principal: known?.principal,
    });
  });

  it.each([
    ['f', 'f-'],
    ['ff', 'ff'],
    ['f'.repeat(64), 'f'.repeat(64)],
  ])('of %s is called %s', (functionName, sessionName) => {
    expect(sessions(functionName).session.caller()?.principal).toMatchObject({ sessionName });
  });

  it('is none without a role', () => {
    const { world } = sessions();
    const session = new RoleSession(world, null, 'f');
    expect([session.credentials(), session.caller()]).toEqual([null, null]);
    expect(world.sts.size).toBe(0);
  });

  it('is used until half of its hour is over', async () => {
    const { clock, key } = sessions();
    const first = key();
    await clock.advance(HALF - 1);
    expect(key()).toBe(first);
    await clock.advance(1);
    expect(key()).not.toBe(first);
  });

  it('is another one once its keys are dead', () => {
    const { world, key, session } = sessions();
    const first = key();
    world.weather.kill(first);
    const second = key();
    expect(second).not.toBe(first);
    expect([key(), session.caller()?.accessKeyId]).toEqual([second, second]);
  });

  it('is another one once STS knows it no more', () => {
    const { world, role, key, session } = sessions('f', 2);
    const first = key();
    const others = new RoleSession(world, role.arn, 'other');
    while (world.sts.session(first) !== undefined)
      world.weather.kill(others.credentials()?.accessKeyId ?? '');
    const second = session.caller()?.accessKeyId;
    expect(second).toMatch(/^STS\./);
    expect([second === first, key()]).toEqual([false, second]);
  });
});

describe('a role that Function Compute cannot assume', () => {
  it('is refused, with what STS says', () => {
    const { role, session } = sessions();
    role.trust = JSON.stringify(document());
    expect(() => session.credentials()).toThrow(
      expect.objectContaining({
        status: 403,
        code: 'AccessDenied',
        message: `Function Compute cannot assume ${role.arn} for f (NoPermission: You are not authorized to do this action. You should be authorized by RAM.)`,
      }),
    );
  });

  it('is no reason for a crash of STS itself, which is told as it is', () => {
    const { world, session } = sessions();
    const add = vi.spyOn(world.sts, 'add').mockImplementation(() => {
      throw new TypeError('broken');
    });
    onTestFinished(() => add.mockRestore());
    expect(() => session.credentials()).toThrow(new TypeError('broken'));
  });
});
