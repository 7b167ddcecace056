import { describe, expect, it } from 'vitest';
import { ramByHand } from '../../../local/ram-by-hand.ts';
import { ramReader } from '../../../shared/alicloud/ram-reader.ts';
import { OWNER } from '../../kit/accounts.ts';
import { cloudWith } from './cloud.ts';
import { apiOf, thrownBy } from './setup.ts';
import { json, type Say, standIn } from './stand-in.ts';

const TRUST = {
  Version: '1',
  Statement: [
    {
      Action: 'sts:AssumeRole',
      Effect: 'Allow',
      Principal: { Service: ['1000000000000001@dms.aliyuncs.com'] },
    },
  ],
};
const POLICY = {
  Version: '1',
  Statement: [{ Action: ['gdb:DescribeDbInstances'], Effect: 'Allow', Resource: '*' }],
};

async function withRole() {
  const cloud = await cloudWith();
  const byHand = (name: string, parameters: Record<string, string>) =>
    ramByHand(cloud.world, cloud.owner, name, parameters);
  await byHand('CreateRole', {
    RoleName: 'Dms-Role',
    AssumeRolePolicyDocument: JSON.stringify(TRUST),
    Tag: JSON.stringify([{ Key: 'managed-by', Value: 'dms-handshake' }]),
  });
  await byHand('CreatePolicy', {
    PolicyName: 'Ours',
    PolicyDocument: JSON.stringify(POLICY),
    Tag: JSON.stringify([{ Key: 'managed-by', Value: 'dms-handshake' }]),
  });
  return { ...cloud, byHand, reader: ramReader(cloud.api) };
}

const told = async (...says: [Say, ...Say[]]) => {
  const { url, seen } = await standIn(...says);
  return { reader: ramReader(apiOf(url)), seen };
};

describe('what exists', () => {
  it('a role with its ARN as RAM writes it, its trust and the time of its making', async () => {
    const { reader, world } = await withRole();
    const role = await reader.role('Dms-Role');
    expect(role).toMatchObject({ name: 'Dms-Role', arn: `acs:ram::${OWNER}:role/dms-role` });
    expect(JSON.parse(role?.trust ?? '')).toEqual(TRUST);
    expect(Math.abs((role?.createdAt ?? 0) - world.clock.now())).toBeLessThan(60_000);
  });

  it('tags of a role and of a policy', async () => {
    const { reader } = await withRole();
    const ours = new Map([['managed-by', 'dms-handshake']]);
    expect(await reader.roleTags('Dms-Role')).toEqual(ours);
    expect(await reader.policyTags('Ours')).toEqual(ours);
  });

  it('attached policies, custom ones and the vendor’s', async () => {
    const { reader, byHand } = await withRole();
    expect(await reader.attachedPolicies('Dms-Role')).toEqual([]);
    await byHand('AttachPolicyToRole', { RoleName: 'Dms-Role', PolicyName: 'Ours', PolicyType: 'Custom' });
    await byHand('AttachPolicyToRole', {
      RoleName: 'Dms-Role',
      PolicyName: 'AdministratorAccess',
      PolicyType: 'System',
    });
    const attached = await reader.attachedPolicies('Dms-Role');
    expect([...attached].sort((a, b) => a.name.localeCompare(b.name))).toEqual([
      { name: 'AdministratorAccess', type: 'System' },
      { name: 'Ours', type: 'Custom' },
    ]);
  });

  it('a policy with its default version and the number of its attachments', async () => {
    const { reader, byHand } = await withRole();
    await byHand('AttachPolicyToRole', { RoleName: 'Dms-Role', PolicyName: 'Ours', PolicyType: 'Custom' });
    const changed = JSON.stringify({ ...POLICY, Statement: [] });
    await thrownBy(
      byHand('CreatePolicyVersion', { PolicyName: 'Ours', PolicyDocument: changed, SetAsDefault: 'true' }),
    );
    const policy = await reader.policy('Ours');
    expect(policy).toMatchObject({ name: 'Ours', attachments: 1 });
    expect(JSON.parse(policy?.text ?? '')).toEqual(POLICY);
  });
});

describe('what does not exist', () => {
  it('is null, or empty', async () => {
    const { reader } = await withRole();
    expect(await reader.role('nobody')).toBeNull();
    expect(await reader.policy('nothing')).toBeNull();
    expect(await reader.attachedPolicies('nobody')).toEqual([]);
    expect(await reader.roleTags('nobody')).toEqual(new Map());
    expect(await reader.policyTags('nothing')).toEqual(new Map());
  });

  it('has no tags where RAM says that there is no such thing', async () => {
    const { reader } = await told(json(404, { Code: 'EntityNotExist.Role' }));
    expect(await reader.roleTags('nobody')).toEqual(new Map());
  });

  it('is not what the service refused to show', async () => {
    const { api } = await cloudWith({ Effect: 'Deny', Action: 'ram:*', Resource: '*' });
    const reader = ramReader(api);
    for (const read of [
      reader.role('r'),
      reader.policy('p'),
      reader.attachedPolicies('r'),
      reader.roleTags('r'),
    ])
      expect(await thrownBy(read)).toMatchObject({ name: 'TerminalError', code: 'permission-missing' });
  });

  it('is not what the service had no time for', async () => {
    const { reader } = await told(json(503, { Code: 'ServiceUnavailable' }));
    expect(await thrownBy(reader.role('r'))).toMatchObject({ name: 'RetryableError' });
  });
});

describe('tags', () => {
  it('are read to the last page', async () => {
    const page = (key: string, NextToken: string | undefined) =>
      json(200, {
        TagResources: [{ ResourceId: 'r', ResourceType: 'role', TagKey: key, TagValue: '1' }],
        NextToken,
      });
    const { reader, seen } = await told(page('a', 't1'), page('b', 't2'), page('c', ''));
    expect([...(await reader.roleTags('r')).keys()]).toEqual(['a', 'b', 'c']);
    expect(seen.map(({ url }) => url.searchParams.get('NextToken'))).toEqual([null, 't1', 't2']);
    expect(seen[0]?.url.searchParams.get('ResourceNames')).toBe('["r"]');
  });
});

describe('an answer that is not what RAM documents', () => {
  it.each([
    ['no role', {}],
    ['a role without trust', { Role: { RoleName: 'r', Arn: 'a', CreateDate: '2026-11-23T10:00:00Z' } }],
  ])('%s: the reading fails, saying what and where, and is no absence', async (_what, body) => {
    const { reader } = await told(json(200, body));
    expect(await thrownBy(reader.role('r'))).toMatchObject({
      name: 'TerminalError',
      message: expect.stringMatching(/^RAM GetRole: the answer does not have the documented shape \(at "/),
    });
  });

  it.each(['"hello"', 'null', '[]'])('no object, %s: the reading fails, and is no absence', async (body) => {
    const { reader } = await told(json(200, body));
    expect(await thrownBy(reader.role('r'))).toMatchObject({
      name: 'TerminalError',
      message: 'RAM GetRole: UnreadableAnswer (HTTP 200)',
    });
  });

  it('a percent-encoded document is read as the document', async () => {
    const Role = { RoleName: 'r', Arn: 'a', CreateDate: '2026-11-23T10:00:00Z' };
    const AssumeRolePolicyDocument = encodeURIComponent(JSON.stringify(TRUST));
    const { reader } = await told(json(200, { Role: { ...Role, AssumeRolePolicyDocument } }));
    expect(JSON.parse((await reader.role('r'))?.trust ?? '')).toEqual(TRUST);
  });
});
