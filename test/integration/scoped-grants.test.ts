import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Reply } from '../../events/reply.ts';
import { isAllowed } from '../../local/cloud/evaluate/index.ts';
import { assumeAsService } from '../../local/cloud/sts/session.ts';
import { REQUESTER } from '../kit/accounts.ts';
import { attachedTo, ROLE } from '../kit/roles.ts';
import { checksThat, type TestCloud, testCloud } from '../kit/test-cloud.ts';

let cloud: TestCloud;
beforeAll(async () => {
  cloud = await testCloud({ environment: { PATIENCE_SECONDS: '0' } });
});
afterAll(() => cloud.close());
beforeEach(() => cloud.forget());
afterEach(async () => {
  await cloud.ask({ requesterUid: REQUESTER, action: 'revoke' });
});

const grant = (fields: object): Promise<Reply> => cloud.ask({ requesterUid: REQUESTER, ...fields });

/** Whether DMS, acting for the requester, may do something with the role. */
function mayDms(action: string, resource: string): boolean {
  const { accessKeyId } = assumeAsService(cloud.world, {
    service: `${REQUESTER}@dms.aliyuncs.com`,
    roleArn: `acs:ram::${cloud.owner.uid}:role/${ROLE}`,
    sessionName: 'dms',
    durationSeconds: 900,
  });
  const session = cloud.world.sts.session(accessKeyId);
  if (session === undefined) throw new Error('no session');
  const caller = { accountId: session.accountId, accessKeyId, principal: session.principal };
  return isAllowed(cloud.world, caller, { action, resource }).allowed;
}

const redis = (id: string, owner = cloud.owner.uid) => `acs:kvstore:cn-hangzhou:${owner}:instance/${id}`;

describe('a grant for named instances', () => {
  it('may change the whitelist of these and of no other, and reads all', async () => {
    const reply = await grant({ engines: ['redis', 'gdb'], instances: { redis: ['r-2', 'r-1'] } });
    expect(reply.data).toMatchObject({
      status: 'verified',
      engines: ['gdb', 'redis'],
      instances: { redis: ['r-1', 'r-2'] },
    });
    expect(reply.data).not.toHaveProperty('readOnly');
    expect(checksThat(reply, 'fail')).toEqual([]);
    expect(mayDms('kvstore:ModifySecurityIps', redis('r-1'))).toBe(true);
    expect(mayDms('kvstore:ModifySecurityIps', redis('r-2'))).toBe(true);
    expect(mayDms('kvstore:ModifySecurityIps', redis('r-3'))).toBe(false);
    expect(mayDms('kvstore:ModifySecurityIps', redis('r-1', '3000000000000003'))).toBe(false);
    expect(mayDms('kvstore:ModifySecurityIps', 'acs:kvstore:cn-hangzhou:2000000000000002:*')).toBe(false);
    expect(mayDms('kvstore:DescribeInstances', redis('r-3'))).toBe(true);
    expect(attachedTo(cloud)).toEqual([
      expect.stringMatching(/^DmsCrossAccountPolicy-gdb-redis-[0-9a-f]{20}$/),
    ]);
  });

  it('says in its evidence how far it goes', async () => {
    const { data } = await grant({ engines: ['redis', 'lindorm'], instances: { redis: ['r-1'] } });
    const content = data.checks.find(({ id }) => id === 'policy-content');
    expect(content?.detail).toMatch(
      /says what the vendor documents, action for action; of redis it modifies only r-1$/,
    );
  });

  it('is the same grant when it is asked for again: no write', async () => {
    const fields = { engines: ['redis'], instances: { redis: ['r-1'] }, expiresAt: '2099-01-01T00:00:00Z' };
    await grant(fields);
    const before = cloud.owner.ram.findRole(ROLE)?.tags;
    cloud.forget();
    expect((await grant(fields)).data.status).toBe('verified');
    // A grant that says less than everything moves its stamp, as one with an end does.
    expect(cloud.writes()).toEqual(['TagResources']);
    expect([...(cloud.owner.ram.findRole(ROLE)?.tags.keys() ?? [])]).toEqual([...(before?.keys() ?? [])]);
  });

  it('takes the place of the last one about the engine, wider or narrower', async () => {
    await grant({ engines: ['redis'], instances: { redis: ['r-1'] } });
    await grant({ engines: ['redis'], instances: { redis: ['r-2'] } });
    expect(mayDms('kvstore:ModifySecurityIps', redis('r-1'))).toBe(false);
    expect(mayDms('kvstore:ModifySecurityIps', redis('r-2'))).toBe(true);
    expect(attachedTo(cloud)).toHaveLength(1);
    const whole = await grant({ engines: ['redis'] });
    expect(whole.data).not.toHaveProperty('instances');
    expect(attachedTo(cloud)).toEqual(['DmsCrossAccountPolicy-redis']);
    expect(mayDms('kvstore:ModifySecurityIps', redis('r-9'))).toBe(true);
  });

  it('leaves an engine that is added beside it whole', async () => {
    await grant({ engines: ['redis'], instances: { redis: ['r-1'] } });
    const { data } = await grant({ engines: ['lindorm'] });
    expect(data).toMatchObject({ engines: ['lindorm', 'redis'], instances: { redis: ['r-1'] } });
    expect(mayDms('lindorm:UpdateInstanceIpWhiteList', 'acs:lindorm:cn-hangzhou:2:instance/ld-9')).toBe(true);
    expect(mayDms('kvstore:ModifySecurityIps', redis('r-3'))).toBe(false);
  });

  it('is found to have drifted when somebody widens its policy, and is mended by the next grant', async () => {
    const fields = { engines: ['redis'], instances: { redis: ['r-1'] } };
    await grant(fields);
    const [PolicyName = ''] = attachedTo(cloud);
    await cloud.byHand('CreatePolicyVersion', {
      PolicyName,
      PolicyDocument: JSON.stringify({
        Version: '1',
        Statement: [{ Effect: 'Allow', Action: 'kvstore:*', Resource: '*' }],
      }),
      SetAsDefault: 'true',
    });
    const found = await grant({ action: 'verify' });
    expect([found.data.status, checksThat(found, 'fail')]).toEqual(['failed', ['policy-content']]);
    expect((await grant(fields)).data.status).toBe('verified');
    expect(mayDms('kvstore:ModifySecurityIps', redis('r-3'))).toBe(false);
  });

  it('ends with a revoke of its engine', async () => {
    await grant({ engines: ['redis', 'gdb'], instances: { redis: ['r-1'] } });
    const { data } = await grant({ action: 'revoke', engines: ['redis'] });
    expect(data).toMatchObject({ status: 'revoked', engines: ['gdb'] });
    expect(data).not.toHaveProperty('instances');
    expect(attachedTo(cloud)).toEqual(['DmsCrossAccountPolicy-gdb']);
  });
});

describe('a grant that only reads', () => {
  it('has no right that changes a whitelist, also where the vendor cannot scope it', async () => {
    const reply = await grant({ engines: ['redis', 'selectdb', 'polardbx2', 'gdb'], readOnly: true });
    expect(reply.data).toMatchObject({
      status: 'verified',
      engines: ['gdb', 'polardbx2', 'redis', 'selectdb'],
      readOnly: ['polardbx2', 'redis', 'selectdb'],
    });
    for (const action of [
      'kvstore:ModifySecurityIps',
      'selectdb:ModifySecurityIPList',
      'polardbx:ModifySecurityIps',
    ])
      expect(mayDms(action, '*')).toBe(false);
    expect(mayDms('selectdb:DescribeSecurityIPList', '*')).toBe(true);
    expect(reply.data.prerequisites.join()).toContain('IP whitelist');
  });
});

describe('a request that cannot be narrowed as it asks', () => {
  it.each<[string, object, string]>([
    ['by its form', { engines: ['redis'], instances: { redis: ['*'] } }, 'instances.redis[0] is "*"'],
    ['by the engine', { engines: ['selectdb'], instances: { selectdb: ['s-1'] } }, '"readOnly": true'],
  ])('is refused %s, and nothing is called', async (_what, fields, words) => {
    const { data } = await grant(fields);
    expect(data).toMatchObject({ status: 'rejected', problem: { code: 'invalid-request' } });
    expect(data.problem?.detail).toContain(words);
    expect(cloud.calls('ram')).toEqual([]);
  });
});
