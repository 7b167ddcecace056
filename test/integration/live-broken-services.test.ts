import { afterAll, beforeAll, expect, it } from 'vitest';
import { after, BELIEF, type Broken, brokenCloud, LACKS, no, STEP } from '../kit/live-broken.ts';

let broken: Awaited<ReturnType<typeof brokenCloud>>;
beforeAll(async () => {
  broken = await brokenCloud();
});
afterAll(() => broken.cloud.close());

const TENANT = {
  'belief:dms-tenant': 'skip DMS answers, so somebody has logged in: an account without a log-in would tell',
};

/** The role may write every instance by the time that Lindorm is asked. */
function widened(): boolean {
  const all = { Version: '1', Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] } as const;
  for (const policy of broken.cloud.owner.ram.policies.values())
    if (policy.name.endsWith('dms-handshake-lindorm'))
      policy.versions = policy.versions.map((version) => ({ ...version, parsed: all }));
  return false;
}

const ROWS: readonly Broken[] = [
  [
    'Lindorm denies what was granted',
    'lindorm',
    'hitsdb UpdateInstanceIpWhiteList',
    no(403, 'Forbidden'),
    {
      'belief:lindorm-instance': `fail of the granted one Lindorm said Forbidden, of another Forbbiden${BELIEF}`,
    },
  ],
  [
    'Lindorm looks for the instance before the right',
    'lindorm',
    'sts AssumeRole',
    no(500, 'Never'),
    {
      'belief:lindorm-instance':
        'skip of the granted one Lindorm said Instance.NotFound, of another Instance.NotFound: it looks for the instance before the right',
    },
    widened,
  ],
  [
    'RAM throttles with another status',
    'burst',
    'ram GetRole',
    no(429, 'Throttling.User'),
    {
      'belief:ram-rates': `fail RAM took 1 of 150 reads in N s${BELIEF}`,
      'belief:throttle-status': `fail HTTP 429 Throttling.User${BELIEF}`,
    },
    after(1),
  ],
  ['RAM throttles as it is believed to', 'burst', 'ram GetRole', no(400, 'Throttling.User'), {}, after(90)],
  [
    'RAM throttles a little earlier',
    'burst',
    'ram GetRole',
    no(400, 'Throttling.User'),
    { 'belief:ram-rates': `fail RAM took 89 of 150 reads in N s${BELIEF}` },
    after(89),
  ],
  [
    'RAM does not answer a read',
    'burst',
    'ram GetRole',
    no(403, 'NoPermission'),
    { 'live:burst': `fail RAM GetRole: NoPermission (HTTP 403)${LACKS}${STEP}` },
  ],
  ['nobody has logged in to DMS', 'dms', 'dms-enterprise ListInstances', no(400, 'TenantNotExist'), {}],
  [
    'these keys may not ask DMS',
    'dms',
    'dms-enterprise ListInstances',
    no(403, 'NoPermission'),
    { 'live:dms': `fail DMS ListInstances: NoPermission (HTTP 403)${LACKS}${STEP}` },
  ],
  [
    'DMS says otherwise that it does not know an address',
    'dms',
    'dms-enterprise GetInstance',
    no(404, 'NoSuchThing'),
    {
      ...TENANT,
      'belief:dms-not-registered': `fail DMS GetInstance: NoSuchThing (HTTP 404), request id ID${BELIEF}`,
    },
  ],
  [
    'DMS knows an address that nobody registered',
    'dms',
    'dms-enterprise GetInstance',
    { Instance: { InstanceId: '7', InstanceAlias: 'x', State: 'NORMAL' }, Success: true },
    { ...TENANT, 'belief:dms-not-registered': `fail found 7${BELIEF}` },
  ],
  [
    'these keys may not ask for an address',
    'dms',
    'dms-enterprise GetInstance',
    no(403, 'NoPermission'),
    { ...TENANT, 'live:dms': `fail DMS GetInstance: NoPermission (HTTP 403)${LACKS}${STEP}` },
  ],
  [
    'DMS names no action',
    'registration',
    'dms-enterprise AddInstance',
    no(400, 'InvalidParameter'),
    {
      'belief:dms-dba-id': `fail DMS answered InvalidParameter, InvalidParameter${BELIEF}`,
      'belief:dms-names-action': `fail DMS answered 400 InvalidParameter, without an action${BELIEF}`,
    },
  ],
  [
    'DMS does not find the role',
    'registration',
    'dms-enterprise AddInstance',
    no(400, 'RoleNotExist'),
    { 'live:registration': `fail RoleNotExist${STEP}` },
  ],
  [
    'DMS looks at rights first',
    'registration',
    'dms-enterprise AddInstance',
    no(403, 'NoPermission', { AuthAction: 'kvstore:DescribeSecurityIps' }),
    { 'belief:dms-dba-id': 'skip DMS answered NoPermission, NoPermission: it looks at rights first' },
  ],
  [
    'these keys may not register',
    'registration',
    'dms-enterprise AddInstance',
    no(403, 'NoPermission', { AuthAction: 'dms:AddInstance' }),
    { 'live:registration': `fail DMS answered 403 NoPermission, naming dms:AddInstance${STEP}` },
  ],
  [
    'DMS has no administrator',
    'registration',
    'dms-enterprise ListUsers',
    { UserList: { User: [] }, TotalCount: 0, Success: true },
    { 'live:registration': `fail DMS lists no DBA and no administrator in account A${STEP}` },
  ],
  [
    'DMS knows none of the types',
    'registration',
    'dms-enterprise AddInstance',
    no(400, 'InvalidParameter.InstanceType'),
    {
      'belief:dms-dba-id': `fail DMS answered InvalidParameter.InstanceType, InvalidParameter.InstanceType${BELIEF}`,
      'belief:dms-names-action': `fail DMS answered 400 InvalidParameter.InstanceType, without an action${BELIEF}`,
      'belief:dms-type-names': `fail DMS answered InvalidParameter.InstanceType, InvalidParameter.InstanceType, InvalidParameter.InstanceType${BELIEF}`,
    },
  ],
];

it.each(ROWS.map((row) => ({ what: row[0], row })))(
  'a live run says so and leaves nothing where $what',
  async ({ row }) => {
    expect(await broken.tried(row)).toEqual({ told: row[4], left: [] });
  },
);
