import { describe, expect, it } from 'vitest';
import { REQUESTER } from '../../kit/accounts.ts';
import { type Direct, direct } from '../../kit/direct.ts';
import type { Hook } from '../../kit/direct-api.ts';
import { send } from '../../kit/send.ts';
import { HOUR } from '../../kit/time.ts';

const REGISTER = `dms-cross-account-${REQUESTER}`;
const CONSOLE = `dms-console-access-${REQUESTER}`;
const POLICY = 'DmsCrossAccountPolicy-redis';
const ANYTHING = '{"Version":"1","Statement":[{"Effect":"Allow","Action":"oss:*","Resource":"*"}]}';

const roleOf = (at: Direct, name: string) => at.owner.ram.findRole(name);
const tagByHand = (at: Direct, name: string, count: number) =>
  at.byHand('TagResources', {
    ResourceType: 'role',
    ResourceNames: JSON.stringify([name]),
    Tag: JSON.stringify(Array.from({ length: count }, (_, n) => ({ Key: `team-${n}`, Value: 'x' }))),
  });

/** A second after what came before. */
const next = (at: Direct, body: object, { ago = 0, hook }: { ago?: number; hook?: Hook } = {}) => {
  at.clock.advance(1_000);
  return send(at, { requesterUid: REQUESTER, ...body }, { ago, ports: at.provisionPorts(hook) });
};

describe('a policy of our name that somebody makes while we are at it', () => {
  it('between the look and the creation is not taken for ours, given our version, or attached', async () => {
    const at = await direct();
    const hook: Hook = async ({ action }) => {
      if (action === 'CreatePolicy' && at.owner.ram.findPolicy('Custom', POLICY) === undefined)
        await at.byHand('CreatePolicy', { PolicyName: POLICY, PolicyDocument: ANYTHING });
      return undefined;
    };
    const { result, problem } = await next(at, { engines: ['redis'] }, { hook });
    expect([result, problem?.code]).toEqual(['rejected', 'role-not-owned']);
    expect(roleOf(at, REGISTER)?.attachments).toEqual([]);
    expect(at.owner.ram.findPolicy('Custom', POLICY)?.versions.length).toBe(1);
  });
});

describe('a grant that arrives late', () => {
  it('28 hours after it was sent is refused: a close may have come and gone', async () => {
    const at = await direct();
    const { result, problem } = await next(at, { engines: ['redis'] }, { ago: 28 * HOUR });
    expect([result, problem?.code, at.writes]).toEqual(['rejected', 'expired', []]);
    expect(roleOf(at, REGISTER)).toBeUndefined();
  });

  it('23 hours after it was sent is given, and a revoke is taken however late', async () => {
    const at = await direct();
    expect((await next(at, { engines: ['redis'] }, { ago: 23 * HOUR })).result).toBe('applied');
    const revoke = await next(at, { action: 'revoke' }, { ago: 40 * HOUR });
    expect(revoke.problem?.code).not.toBe('expired');
  });
});

describe('a close takes effect', () => {
  it.each([
    ['cannot be read', 'granted at some time'],
    ['is of the future', 'granted 2199-01-01T00:00:00.000Z'],
  ])('on a full role whose entry %s: no older grant comes back later', async (_what, Value) => {
    const at = await direct();
    await next(at, { engines: ['redis', 'gdb'] });
    await tagByHand(at, REGISTER, 17);
    await at.byHand('TagResources', {
      ResourceType: 'role',
      ResourceNames: JSON.stringify([REGISTER]),
      Tag: JSON.stringify([{ Key: 'dms-engine-redis', Value }]),
    });
    at.clock.advance(2 * HOUR);
    await next(at, { action: 'revoke' });
    await next(at, { engines: ['redis'] }, { ago: HOUR });
    expect([
      roleOf(at, REGISTER)?.attachments,
      roleOf(at, REGISTER)?.trust.includes('dms.aliyuncs.com'),
    ]).toEqual([[], false]);
  });

  it('on a role that an operator filled with tags', async () => {
    const at = await direct();
    await next(at, { engines: ['redis', 'gdb'] });
    await tagByHand(at, REGISTER, 17);
    expect(roleOf(at, REGISTER)?.tags.size).toBe(20);
    const { result, engines } = await next(at, { action: 'revoke' });
    expect([result, engines]).toEqual(['applied', []]);
    expect([
      roleOf(at, REGISTER)?.attachments,
      roleOf(at, REGISTER)?.trust.includes('dms.aliyuncs.com'),
    ]).toEqual([[], false]);
  });

  it('on a console role with as many users as there may be and a full list of tags', async () => {
    const at = await direct();
    const users = Array.from({ length: 14 }, (_, n) => `user-${n}`);
    expect((await next(at, { access: 'console', users })).result).toBe('applied');
    await tagByHand(at, CONSOLE, 5);
    expect((await next(at, { access: 'console', action: 'revoke' })).result).toBe('applied');
    expect(roleOf(at, CONSOLE)?.trust).not.toContain(`acs:ram::${REQUESTER}:`);
  });

  it('and a grant is refused where it could not be taken back, saying how many tags are in the way', async () => {
    const at = await direct();
    await next(at, { engines: ['redis'] });
    await tagByHand(at, REGISTER, 15);
    const { result, problem } = await next(at, { engines: ['gdb'] });
    expect([result, problem?.code]).toEqual(['rejected', 'quota-exceeded']);
    expect(problem?.detail).toContain('would need 18 tags');
  });

  it('and frees the tags of users who were revoked more than a day ago, for new ones', async () => {
    const at = await direct();
    const users = Array.from({ length: 14 }, (_, n) => `user-${n}`);
    await next(at, { access: 'console', users });
    await next(at, { access: 'console', action: 'revoke', users: ['user-0', 'user-1'] });
    at.clock.advance(25 * HOUR);
    expect((await next(at, { access: 'console', users: ['new-1', 'new-2'] })).result).toBe('applied');
    const keys = [...(roleOf(at, CONSOLE)?.tags.keys() ?? [])];
    expect(keys).toContain('dms-console-user-new-2');
    expect(keys.filter((key) => /user-[01]$/.test(key))).toEqual([]);
  });
});

describe('some users of an account that is trusted as a whole', () => {
  it.each(['grant', 'revoke'] as const)(
    'a %s for them is refused, and says how to narrow',
    async (action) => {
      const at = await direct();
      await next(at, { access: 'console' });
      at.writes.length = 0;
      const { result, problem } = await next(at, { access: 'console', action, users: ['alice'] });
      expect([result, problem?.code, at.writes]).toEqual(['rejected', 'invalid-request', []]);
      expect(problem?.detail).toContain('first revoke the console access without "users"');
    },
  );

  it('are the only ones once the account was revoked', async () => {
    const at = await direct();
    await next(at, { access: 'console' });
    await next(at, { access: 'console', action: 'revoke' });
    expect((await next(at, { access: 'console', users: ['alice'] })).result).toBe('applied');
    expect(roleOf(at, CONSOLE)?.trust).toContain(`acs:ram::${REQUESTER}:user/alice`);
  });
});
