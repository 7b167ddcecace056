import { afterAll, beforeAll, expect, it } from 'vitest';
import { OWNER } from '../kit/accounts.ts';
import { BELIEF, type Broken, brokenCloud, no } from '../kit/live-broken.ts';

let broken: Awaited<ReturnType<typeof brokenCloud>>;
beforeAll(async () => {
  broken = await brokenCloud();
});
afterAll(() => broken.cloud.close());

type Call = { readonly input: Readonly<Record<string, string>> };
const ofOwnUid = ({ input }: Call) => /own-uid/i.test(`${input['RoleArn']} ${input['ResourceNames']}`);
const UNKNOWN = ', request id ID, which proves nothing: this answer is not known';

/** By the time that one more tag is put on it, account B may enter the role for DMS. */
function opened(call: Call): boolean {
  const role = [...broken.cloud.owner.ram.roles.values()].find(({ name }) => /own-uid/i.test(name));
  if (role !== undefined && ofOwnUid(call))
    role.trust = JSON.stringify({
      Version: '1',
      Statement: [
        { Action: 'sts:AssumeRole', Effect: 'Allow', Principal: { RAM: ['acs:ram::2000000000000002:root'] } },
      ],
    });
  return ofOwnUid(call);
}

/** By the time that it is read, RAM has kept the role for DMS as it was given. */
function kept(call: Call): boolean {
  const { roles } = broken.cloud.owner.ram;
  for (const [key, role] of roles)
    if (/own-uid/i.test(role.name) && /own-uid/i.test(`${call.input['RoleName']}`)) {
      const trust = role.trust.replace('"dms.aliyuncs.com', `"${OWNER}@dms.aliyuncs.com`);
      roles.set(key, { ...role, trust, arn: `acs:ram::${OWNER}:role/${role.name}` });
    }
  return false;
}

const ROWS: readonly Broken[] = [
  [
    'RAM takes a tag too many, and the role for DMS opens',
    'oddities',
    'ram TagResources',
    {},
    {
      'belief:tags-per-role': `fail RAM took a tag beyond 20${BELIEF}`,
      'belief:only-service-assumes': `fail AssumeRole gave a session${BELIEF}`,
    },
    opened,
  ],
  [
    'STS answers unknown words about the role for DMS',
    'oddities',
    'sts AssumeRole',
    no(400, 'Nope'),
    { 'belief:only-service-assumes': `skip STS AssumeRole: Nope (HTTP 400)${UNKNOWN}` },
    ofOwnUid,
  ],
  [
    'RAM keeps a role for DMS as it was given',
    'oddities',
    'ram GetRole',
    no(500, 'Never'),
    {
      'belief:arn-case': `fail RAM shows acs:ram::${OWNER}:role/dmshs-live-0-dms-cross-account-Own-Uid${BELIEF}`,
      'belief:own-uid-rewritten': `fail RAM shows {"Version":"1","Statement":[{"Effect":"Allow","Action":"sts:AssumeRole","Principal":{"Service":["${OWNER}@dms.aliyuncs.com"]}}]}${BELIEF}`,
    },
    kept,
  ],
];

it.each(ROWS.map((row) => ({ what: row[0], row })))(
  'a live run says so and leaves nothing where $what',
  async ({ row }) => {
    expect(await broken.tried(row)).toEqual({ told: row[4], left: [] });
  },
);
