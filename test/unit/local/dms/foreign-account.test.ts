import { describe, expect, it } from 'vitest';
import { OWNER, REQUESTER } from '../../../kit/accounts.ts';
import { addRole, addUser, everything } from '../../../kit/two-accounts.ts';
import { allow, DMS, dms, ROLE, required, told, trust } from './dms.ts';

/**
 * The vendor's documents, typed in once more from its page: neither the emulator nor the catalogue of the functions is
 * asked what is right.
 */
const engines: { type: string; host?: string; actions: readonly [string, ...string[]] }[] = [
  {
    type: 'redis',
    actions: [
      'kvstore:DescribeSecurityIps',
      'kvstore:ModifySecurityIps',
      'kvstore:DescribeRegions',
      'kvstore:DescribeInstances',
      'kvstore:DescribeInstanceAttribute',
      'kvstore:DescribeInstanceConfig',
    ],
  },
  {
    type: 'drds',
    host: 'drds1.drds.aliyuncs.com',
    actions: [
      'drds:DescribeDrdsInstances',
      'drds:QueryInstanceInfoByConn',
      'drds:DescribeDrdsInstanceList',
      'drds:DescribeDrdsDBIpWhiteList',
      'drds:ModifyDrdsIpWhiteList',
      'drds:DescribeDrdsInstanceVersion',
    ],
  },
  {
    type: 'drds',
    host: 'pxc-1.polarx.rds.aliyuncs.com',
    actions: [
      'polardbx:DescribeDBInstances',
      'polardbx:DescribeSecurityIps',
      'polardbx:ModifySecurityIps',
      'polardbx:DescribeDBInstanceAttribute',
      'polardbx:DescribeDBInstanceViaEndpoint',
    ],
  },
  {
    type: 'oceanbasex',
    actions: ['oceanbase:DescribeAllTenantsConnectionInfo', 'oceanbase:DescribeInstances'],
  },
  {
    type: 'ob_for_oracle',
    actions: ['oceanbase:DescribeAllTenantsConnectionInfo', 'oceanbase:DescribeInstances'],
  },
  {
    type: 'lindorm_cql',
    actions: [
      'lindorm:GetLindormInstanceList',
      'lindorm:GetLindormInstance',
      'lindorm:GetLindormInstanceListForDMS',
      'lindorm:GetLindormInstanceForDMS',
      'lindorm:GetLindormInstanceForDMSByConnStr',
      'lindorm:GetInstanceIpWhiteList',
      'lindorm:UpdateInstanceIpWhiteList',
    ],
  },
  { type: 'hologres', actions: ['hologram:GetInstance', 'hologram:ListInstances'] },
  { type: 'gdb', actions: ['gdb:DescribeDbInstances'] },
  {
    type: 'selectdb',
    actions: [
      'selectdb:DescribeDBInstances',
      'selectdb:DescribeDBInstanceAttribute',
      'selectdb:DescribeDBInstanceNetInfo',
      'selectdb:DescribeSecurityIPList',
      'selectdb:ModifySecurityIPList',
    ],
  },
  {
    type: 'clickhouse',
    actions: [
      'clickhouse:DescribeDBClusters',
      'clickhouse:DescribeDBInstances',
      'clickhouse:DescribeDBInstanceAttribute',
      'clickhouse:DescribeEndpoints',
      'clickhouse:DescribeSecurityIPList',
      'clickhouse:ModifySecurityIPList',
    ],
  },
];

const withRole = (type: string, host = 'db.example.aliyuncs.com') => ({
  InstanceType: type,
  Host: host,
  RoleArn: ROLE,
});

describe.each(engines)('$type at $host with a role of another account', ({ type, host, actions }) => {
  it('succeeds with exactly the actions of its document', async () => {
    const { add, grant, requester, world } = await dms();
    grant(allow(...actions));
    await add(withRole(type, host));
    expect(requester.dms.instances).toMatchObject([{ type, roleArn: ROLE }]);
    expect(world.sts.size).toBe(1);
  });

  it.each(actions)('fails without %s, and says so', async (action) => {
    const { add, grant, requester } = await dms();
    grant(allow(...actions.filter((one) => one !== action), 'ram:*'));
    const failed = await told(add(withRole(type, host)));
    expect(failed).toMatchObject({ code: 'NoPermission', action });
    expect(failed.message).toContain(`not authorized to do: ${action}.`);
    expect(requester.dms.instances).toEqual([]);
  });

  it('fails where one action is denied, and where the grant is for another region', async () => {
    const { add, grant } = await dms();
    const [action] = actions;
    grant(everything, { Effect: 'Deny', Action: action.toUpperCase(), Resource: '*' });
    expect((await told(add(withRole(type, host)))).action).toBe(action);
    const [service] = action.split(':');
    grant({ Effect: 'Allow', Action: '*', Resource: `acs:${service}:cn-beijing:*:*` });
    expect((await told(add(withRole(type, host)))).message).toContain(`to do: ${actions.join(', ')}.`);
  });
});

describe('RDS and the PolarDB family', () => {
  it.each(['mysql', 'MARIADB', 'postgresql', 'SQLServer', 'polardb', 'polardb-o', 'POLARDB_POSTGRESQL'])(
    '%s needs the trust and no right',
    async (type) => {
      const { add, grant, world } = await dms();
      grant();
      expect((await told(add(withRole(type)))).code).toBe('accepted');
      expect(world.sts.size).toBe(1);
    },
  );
});

describe('the action that writes a whitelist', () => {
  it.each([
    ['redis', 'r-1.redis.rds.aliyuncs.com', 'kvstore:ModifySecurityIps', 'instance/r-1'],
    ['drds', 'drds1.drds.aliyuncs.com', 'drds:ModifyDrdsIpWhiteList', 'instance/drds1'],
    [
      'lindorm_cql',
      'ld-1-proxy-lindorm.lindorm.rds.aliyuncs.com',
      'lindorm:UpdateInstanceIpWhiteList',
      'instance/ld-1',
    ],
    [
      'clickhouse',
      'cc-1.clickhouse.ads.aliyuncs.com',
      'clickhouse:ModifySecurityIPList',
      'enterprisedbcluster/cc-1',
    ],
  ])('of %s at %s is authorised for this instance: %s on %s', async (type, host, action, resource) => {
    const { add, grant } = await dms();
    const [service = ''] = action.split(':');
    const reads = { Effect: 'Allow' as const, NotAction: action, Resource: '*' };
    const writes = (on: string) => ({
      Effect: 'Allow' as const,
      Action: action,
      Resource: `acs:${service}:*:${OWNER}:${on}`,
    });
    grant(reads, writes(resource.replace(/1$/, '2')));
    expect(await told(add(withRole(type, host)))).toMatchObject({ code: 'NoPermission', action });
    grant(reads, writes(resource));
    expect((await told(add(withRole(type, host)))).code).toBe('accepted');
  });
});

describe('over a VPC or a dedicated line', () => {
  const line = { ...withRole('gdb'), InstanceSource: 'VPC_IDC', VpcId: 'vpc-1' };

  it('vpc:DescribeVpcs is needed in addition', async () => {
    const { add, grant } = await dms();
    grant(allow('gdb:DescribeDbInstances'));
    expect(await told(add(line))).toMatchObject({ code: 'NoPermission', action: 'vpc:DescribeVpcs' });
    grant(allow('vpc:DescribeVpcs'));
    expect((await told(add(line))).action).toBe('gdb:DescribeDbInstances');
    grant(allow('gdb:DescribeDbInstances', 'vpc:DescribeVpcs'));
    expect((await told(add(line))).code).toBe('accepted');
  });

  it('it is not for an instance of the cloud, whatever its network', async () => {
    const { add, grant } = await dms();
    grant(allow('gdb:DescribeDbInstances'));
    expect((await told(add({ ...withRole('gdb'), NetworkType: 'VPC' }))).code).toBe('accepted');
  });
});

describe('a trust that does not hold', () => {
  it.each([
    ['DMS of another account', trust('1000000000000009@dms.aliyuncs.com')],
    ["DMS of the owner's own account", trust('dms.aliyuncs.com')],
    ['another service', trust(`${REQUESTER}@dts.aliyuncs.com`)],
    [
      "the requester's people",
      {
        Version: '1',
        Statement: [
          { Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { RAM: [`acs:ram::${REQUESTER}:root`] } },
        ],
      },
    ],
  ])('%s', async (_what, document) => {
    const { add, owner, requester, world } = await dms();
    addRole(owner, 'for-dms', document, everything);
    const failed = await told(add(withRole('redis')));
    expect(failed).toMatchObject({ code: 'NoPermission', action: 'sts:AssumeRole' });
    expect(failed.message).toContain(`the role does not trust ${DMS}`);
    expect([requester.dms.instances.length, world.sts.size]).toEqual([0, 0]);
  });

  it('a role that is not there', async () => {
    const { refusal } = await dms();
    expect(await refusal('AddInstance', { ...required, ...withRole('redis') })).toBe(
      '404 EntityNotExist.Role',
    );
  });

  it('a role that is found in any letter case', async () => {
    const { add, grant } = await dms();
    grant();
    expect((await told(add({ ...withRole('mysql'), RoleArn: `acs:ram::${OWNER}:role/For-DMS` }))).code).toBe(
      'accepted',
    );
  });

  it('somebody else cannot use the grant', async () => {
    const { call, grant, world, owner } = await dms();
    grant(everything);
    const stranger = world.addAccount('1000000000000003');
    const { keys } = addUser(stranger, 'dba', everything);
    const attempt = call('AddInstance', { ...required, ...withRole('redis') }, keys);
    expect((await told(attempt)).message).toContain('does not trust 1000000000000003@dms.aliyuncs.com');
    expect(owner.dms.instances).toEqual([]);
  });
});

describe('what cannot be registered across accounts', () => {
  it.each(['PUBLIC_OWN', 'ECS_OWN', 'GATEWAY'])('source %s', async (InstanceSource) => {
    const { refusal, grant } = await dms();
    grant(everything);
    const form = { ...required, ...withRole('redis'), InstanceSource, EcsInstanceId: 'i-1' };
    expect(await refusal('AddInstance', form)).toBe('400 InvalidParameter.InstanceSource');
  });

  it.each(['mongo', 'adb_mysql', 'oracle'])('type %s', async (type) => {
    const { refusal, grant } = await dms();
    grant(everything);
    const form = { ...required, ...withRole(type), Sid: 'x' };
    expect(await refusal('AddInstance', form)).toBe('400 InvalidParameter.InstanceType');
  });

  it('instances of an account in which nobody has opened DMS', async () => {
    const { refusal, grant, owner } = await dms();
    grant(everything);
    owner.dms.tenant = false;
    expect(await refusal('AddInstance', { ...required, ...withRole('redis') })).toBe(
      '403 ResourceOwnerNotLoggedIn',
    );
  });
});
