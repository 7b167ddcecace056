import { describe, expect, it } from 'vitest';
import { readRequesters } from '../../../shared/admission/requesters.ts';
import { type Preview, preview } from '../../../shared/reconcile/preview.ts';
import { OWNER, REQUESTER } from '../../kit/accounts.ts';
import { approving } from '../../kit/approval.ts';
import { type Direct, direct, topicOf } from '../../kit/direct.ts';
import { send } from '../../kit/send.ts';

const ROLE = `dms-cross-account-${REQUESTER}`;
const GRANT = { requesterUid: REQUESTER, engines: ['redis', 'rds'], reference: 'DBA-1' };

describe('a preview', () => {
  const look = (at: Direct, wanted: object = { engines: ['redis'] }) =>
    preview(
      JSON.stringify({ requesterUid: REQUESTER, ...wanted }),
      at.clock.now(),
      at.settings,
      at.provisionPorts().ram,
    );
  const operations = (found: Preview) =>
    found.refusal === null ? found.stages.flat().map(({ operation }) => operation) : found.refusal.code;
  const trust =
    '{"Statement":[{"Action":"sts:AssumeRole","Effect":"Allow","Principal":{"Service":["ecs.aliyuncs.com"]}}],"Version":"1"}';
  const rights = '{"Statement":[{"Action":"oss:*","Effect":"Allow","Resource":"*"}],"Version":"1"}';

  it('is what provision then writes, and nothing where all is done', async () => {
    const at = await direct();
    expect(operations(await look(at))).toEqual(['create-role', 'create-policy', 'attach-policy']);
    await send(at, { requesterUid: REQUESTER, engines: ['redis'] });
    expect(operations(await look(at))).toEqual([]);
  });

  it('has no policy where the trust alone is enough', async () => {
    expect(operations(await look(await direct(), { engines: ['rds'] }))).toEqual(['create-role']);
  });

  it('is a refusal where a role or a policy of the name is somebody else’s, or no room is left', async () => {
    const role = await direct();
    await role.byHand('CreateRole', { RoleName: ROLE, AssumeRolePolicyDocument: trust });
    expect((await look(role)).refusal?.code).toBe('role-not-owned');
    const policy = await direct();
    await policy.byHand('CreatePolicy', {
      PolicyName: 'DmsCrossAccountPolicy-redis',
      PolicyDocument: rights,
    });
    expect((await look(policy)).refusal?.code).toBe('role-not-owned');
    const full = await direct();
    const Tag = [
      { Key: 'managed-by', Value: 'dms-handshake' },
      ...Array.from({ length: 19 }, (_, n) => ({ Key: `t${n}`, Value: 'x' })),
    ];
    await full.byHand('CreateRole', {
      RoleName: ROLE,
      AssumeRolePolicyDocument: trust,
      Tag: JSON.stringify(Tag),
    });
    expect((await look(full)).refusal?.code).toBe('quota-exceeded');
    expect((await send(full, GRANT)).problem?.code).toBe('quota-exceeded');
  });

  it('asks whose the role is before what it grants, as provision does', async () => {
    const at = await direct();
    await at.byHand('CreateRole', { RoleName: ROLE, AssumeRolePolicyDocument: trust });
    const wanted = { action: 'extend', engines: ['redis'], expiresAt: '2026-12-24T00:00:00Z' };
    expect(operations(await look(at, wanted))).toBe('role-not-owned');
    expect((await send(at, { requesterUid: REQUESTER, ...wanted })).problem?.code).toBe('role-not-owned');
  });

  it.each([
    ['an account that nobody lists', { requesterUid: '5' }, 'requester-not-allowed'],
    ['an engine that it may not have', { engines: ['redis', 'gdb'] }, 'engine-not-allowed'],
    [
      'a kind of access that it may not have',
      { engines: undefined, access: 'console' },
      'access-not-allowed',
    ],
    ['the owner itself', { requesterUid: OWNER }, 'own-account'],
    ['an engine that does not exist', { engines: ['rediss'] }, 'unknown-engine'],
    ['a field that does not exist', { engine: 'redis' }, 'invalid-request'],
  ])('refuses, as provision does: %s', async (_what, wanted, code) => {
    const at = await direct(true, { requesters: mayAsk({ engines: ['redis'], access: ['register'] }) });
    const request = { engines: ['redis'], ...wanted };
    expect(operations(await look(at, request))).toBe(code);
    const { problem } = await send(at, { requesterUid: REQUESTER, ...request });
    expect([problem?.code, at.writes]).toEqual([code, []]);
  });

  it('ends a grant where provision would end it', async () => {
    const at = await direct(true, { requesters: mayAsk({ engines: '*', maxDays: 30 }) });
    const found = await look(at);
    const tags = found.refusal === null ? found.desired.tags.get('dms-engine-redis') : null;
    await send(at, { requesterUid: REQUESTER, engines: ['redis'] });
    expect(tags).toContain('until 2026-12-24T00:00:00.000Z');
    expect(at.owner.ram.findRole(ROLE)?.tags.get('dms-engine-redis')).toBe(tags);
  });

  it('asks for no signature and no topic: nobody has sent it yet', async () => {
    const signing = { publicKey: `whpk_${Buffer.alloc(32, 7).toString('base64')}` };
    const at = await direct(true, { requesters: mayAsk({ engines: '*', signing }) });
    expect(operations(await look(at))).toEqual(['create-role', 'create-policy', 'attach-policy']);
  });

  it('says what has to be approved first, what it would replace, and what it comes to then', async () => {
    const unless = { readOnly: true, maxDays: 7, engines: ['redis'] };
    const at = await direct(false, approving({ unless }));
    const days = (n: number) => new Date(at.clock.now() + n * 86_400_000).toISOString();
    const waits = async (wanted: object) => {
      const found = await look(at, wanted);
      return found.refusal === null ? found.waits : found.refusal.code;
    };
    expect(await waits({ engines: ['redis'], readOnly: true, expiresAt: days(7) })).toEqual([]);
    expect(await waits({ engines: ['redis', 'gdb', 'rds'], expiresAt: days(8) })).toEqual([
      'gdb: it is not among "unless.engines" of "approval"',
      'rds: it is not among "unless.engines" of "approval"',
      'redis: it can do more than read, and "unless.readOnly" of "approval" excepts nothing else',
    ]);
    expect(await waits({ engines: ['redis'], readOnly: true })).toEqual([
      'redis: it lasts longer than the 7 days of "unless.maxDays" of "approval"',
    ]);
    await send(at, { ...GRANT, requestId: 'r-1' });
    await at.clock.sleep(1_000);
    expect(await waits({ engines: ['rds'] })).toContain('it would take the place of r-1, which waits now');
    expect(operations(await look(at, { engines: ['redis'] }))).toContain('attach-policy');
    expect(await waits({ action: 'revoke' })).toEqual([]);
  });

  it('knows of emergencies what provision knows', async () => {
    const at = await direct(false, approving({}, {}, { breakGlass: { maxHours: 4 } }));
    const wanted = { engines: ['redis'], breakGlass: 'the orders are gone' };
    expect(operations(await look(at, wanted))).toEqual(['create-role', 'create-policy', 'attach-policy']);
    await send(at, { requesterUid: REQUESTER, ...wanted });
    expect(operations(await look(at, wanted))).toBe('invalid-request');
    expect(operations(await look(at, { ...wanted, engines: ['gdb'] }))).toBe('not-approved');
  });
});

function mayAsk(rules: object) {
  const one = { uid: REQUESTER, name: 'one', access: ['register'], topics: [topicOf(REQUESTER)], ...rules };
  return readRequesters(JSON.stringify({ requesters: [one] }));
}
