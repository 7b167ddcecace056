import { afterAll, beforeAll, expect, it } from 'vitest';
import { POLICY_ENGINES } from '../../shared/catalogue/engine.ts';
import { BELIEF, type Broken, brokenCloud, no, STEP } from '../kit/live-broken.ts';

let broken: Awaited<ReturnType<typeof brokenCloud>>;
beforeAll(async () => {
  broken = await brokenCloud();
});
afterAll(() => broken.cloud.close());

type Call = { readonly input: Readonly<Record<string, string>> };
const ofNobody = ({ input }: Call) => Object.values(input).some((text) => text.includes('dmshs-live-nobody'));
const ofTheGrant = ({ input }: Call) => (input['RoleArn'] ?? '').includes('dms-cross-account-1');

const UNPROBED = [...POLICY_ENGINES]
  .sort()
  .map((id) => `engine:${id}`)
  .concat('connection:vpc')
  .map((id) => `${id}: no session to probe with: see assume-role`)
  .join('; ');
const DENIED =
  'assume-role: AssumeRole under the external id failed: STS AssumeRole: NoPermission (HTTP 403), request id ID';
const TAGS = 'RAM CreateRole: NoPermission (HTTP 403): ram:TagResources is not allowed ()';
const OTHERWISE =
  'trust-dms: Allow sts:assumerole for Service 1000000000000001@dms.aliyuncs.com, which is not the documented statement';
const UNKNOWN = ', request id ID, which proves nothing: this answer is not known';
const IDENTITY = { AccountId: '3', IdentityType: 'RamRole', Arn: '', PrincipalId: '', UserId: '' };

/** What comes with other keys than the first call: what verify asks, after provision. */
const byVerify = () => {
  let provision: string | null = null;
  return ({ accessKeyId }: { readonly accessKeyId: string }): boolean => {
    provision ??= accessKeyId;
    return accessKeyId !== provision;
  };
};

const ROWS: readonly Broken[] = [
  [
    'RAM wants a right for tags',
    'roles',
    'ram CreateRole',
    no(403, 'NoPermission', { AuthAction: 'ram:TagResources' }),
    {
      'belief:create-with-tags': `fail ${TAGS}, request id ID${BELIEF}`,
      'live:roles': `fail ${TAGS}, request id ID; allow ram:TagResources to the RAM user or role that runs this${STEP}`,
    },
  ],
  [
    'a session is told of another account',
    'roles',
    'sts GetCallerIdentity',
    IDENTITY,
    { 'belief:identity': `fail a session without that right is told 3${BELIEF}` },
  ],
  [
    'an engine answers unknown words',
    'grant',
    'hitsdb GetLindormInstanceList',
    no(400, 'Nope'),
    {
      'belief:harmless-codes': `fail engine:lindorm: hitsdb GetLindormInstanceList: Nope (HTTP 400)${UNKNOWN}${BELIEF}`,
    },
  ],
  [
    'Graph Database is not sold',
    'grant',
    'gdb-api DescribeDBInstances',
    no(400, 'InvalidRegionId'),
    {
      'belief:gdb-prefix':
        'skip gdb DescribeDBInstances: InvalidRegionId (HTTP 400), request id ID: the product is not sold in this region, which is not a refused right',
    },
  ],
  [
    'Graph Database is denied',
    'grant',
    'gdb-api DescribeDBInstances',
    no(403, 'NoPermission'),
    {
      'belief:gdb-prefix': `fail gdb DescribeDBInstances: NoPermission (HTTP 403), request id ID${BELIEF}`,
      'belief:visible-in-a-minute': `fail not all was shown after N s${BELIEF}`,
    },
  ],
  [
    'verify may not assume',
    'grant',
    'sts AssumeRole',
    no(403, 'NoPermission'),
    {
      'belief:external-id': `fail ${DENIED}${BELIEF}`,
      'belief:gdb-prefix': 'skip no session to probe with: see assume-role',
      'belief:harmless-codes': `fail ${UNPROBED}${BELIEF}`,
      'belief:role-chaining': `fail ${DENIED}${BELIEF}`,
      'belief:visible-in-a-minute': `fail not all was shown after N s${BELIEF}`,
    },
    ofTheGrant,
  ],
  [
    'AssumeRole answers unknown words',
    'grant',
    'sts AssumeRole',
    no(400, 'Nope'),
    {
      'belief:external-id': `skip assume-role: STS AssumeRole: Nope (HTTP 400)${UNKNOWN}`,
      'belief:gdb-prefix': 'skip no session to probe with: see assume-role',
      'belief:harmless-codes': `fail ${UNPROBED}${BELIEF}`,
      'belief:role-chaining': `skip assume-role: STS AssumeRole: Nope (HTTP 400)${UNKNOWN}`,
    },
    ofTheGrant,
  ],
  [
    'RAM refuses a user that it does not find',
    'structural',
    'ram CreateRole',
    no(400, 'EntityNotExist.User'),
    { 'belief:unknown-user': `fail RAM CreateRole: EntityNotExist.User (HTTP 400), request id ID${BELIEF}` },
    ofNobody,
  ],
  [
    'RAM refuses to narrow the trust',
    'structural',
    'ram UpdateRole',
    no(400, 'MalformedPolicyDocument'),
    {
      'belief:closed-trust': `fail RAM UpdateRole: MalformedPolicyDocument (HTTP 400), request id ID${BELIEF}`,
    },
  ],
  [
    'RAM shows other tags than were written',
    'grant',
    'ram ListTagResources',
    { TagResources: [{ ResourceType: 'role', ResourceName: 'x', TagKey: 'managed-by', TagValue: 'y' }] },
    {
      'belief:documents-kept': 'skip policy-content: nothing is granted that needs a permission policy',
      'belief:tag-values': `fail changed: ${['vpc', ...[...POLICY_ENGINES].sort()].join(', ')}${BELIEF}`,
      'belief:tags-as-json': `fail the role has 1 tags${BELIEF}`,
      'belief:trust-dms': `fail ${OTHERWISE}${BELIEF}`,
      'belief:trust-two-kinds': `fail ${OTHERWISE}${BELIEF}`,
      'belief:visible-in-a-minute': `fail not all was shown after N s${BELIEF}`,
    },
    byVerify(),
  ],
];

it.each(ROWS.map((row) => ({ what: row[0], row })))(
  'a live run says so and leaves nothing where $what',
  async ({ row }) => {
    expect(await broken.tried(row)).toEqual({ told: row[4], left: [] });
  },
);
