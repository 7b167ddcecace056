import { describe, expect, it } from 'vitest';
import { readRequesters } from '../../../shared/admission/requesters.ts';
import { type Preview, preview } from '../../../shared/reconcile/preview.ts';
import { OWNER, REQUESTER } from '../../kit/accounts.ts';
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
});

function mayAsk(rules: object) {
  const one = { uid: REQUESTER, name: 'one', access: ['register'], topics: [topicOf(REQUESTER)], ...rules };
  return readRequesters(JSON.stringify({ requesters: [one] }));
}
