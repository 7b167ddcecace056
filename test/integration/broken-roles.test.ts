import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { REQUESTER } from '../kit/accounts.ts';
import { ROLE } from '../kit/roles.ts';
import { checksThat, type TestCloud, testCloud } from '../kit/test-cloud.ts';

const POLICY = 'DmsCrossAccountPolicy-lindorm-redis';

let cloud: TestCloud;

beforeAll(async () => {
  cloud = await testCloud();
});
afterAll(() => cloud.close());

beforeEach(async () => {
  const reply = await cloud.ask({ requesterUid: REQUESTER, engines: ['redis', 'lindorm'] });
  expect(reply.data.status).toBe('verified');
});

interface Trust {
  readonly Version: '1';
  Statement: {
    Principal: Record<string, string[]>;
    Condition?: object;
    Action: string;
    Effect: string;
  }[];
}

/** Rewrites the role's trust by hand, as somebody with the console would. */
async function editTrust(edit: (trust: Trust) => void): Promise<void> {
  const role = cloud.owner.ram.findRole(ROLE);
  const trust: Trust = JSON.parse(role?.trust ?? '');
  edit(trust);
  await cloud.byHand('UpdateRole', { RoleName: ROLE, NewAssumeRolePolicyDocument: JSON.stringify(trust) });
}

/** Gives the shared policy a new default version. */
async function editPolicy(edit: (actions: string[]) => string[]): Promise<void> {
  const statements = [
    { Effect: 'Allow', Resource: '*', Action: edit(actionsOf('lindorm')) },
    { Effect: 'Allow', Resource: '*', Action: actionsOf('kvstore') },
  ];
  await cloud.byHand('CreatePolicyVersion', {
    PolicyName: POLICY,
    PolicyDocument: JSON.stringify({ Version: '1', Statement: statements }),
    SetAsDefault: 'true',
    RotateStrategy: 'DeleteOldestNonDefaultVersionWhenLimitExceeded',
  });
}

function actionsOf(prefix: string): string[] {
  const version = cloud.owner.ram.findPolicy('Custom', POLICY)?.versions.find(({ isDefault }) => isDefault);
  const all: string[] = JSON.parse(version?.document ?? '{"Statement":[]}').Statement.flatMap(
    ({ Action }: { Action: string[] }) => Action,
  );
  return all.filter((action) => action.startsWith(`${prefix}:`));
}

const dms = ({ Statement }: Trust) => Statement.filter(({ Principal }) => 'Service' in Principal);
const verifier = ({ Statement }: Trust) => Statement.filter(({ Principal }) => 'RAM' in Principal);

/** Replaces the services of the DMS statement. */
const trustServices = (...services: string[]) =>
  editTrust((trust) => {
    for (const statement of dms(trust)) statement.Principal['Service'] = services;
  });

/** Edits the statement of the verify role. */
const editVerifier = (edit: (statement: Trust['Statement'][number]) => void) =>
  editTrust((trust) => {
    for (const statement of verifier(trust)) edit(statement);
  });

/** What was done to the role, how, and which checks must fail; no other may. */
const BROKEN: readonly [what: string, how: () => Promise<unknown>, failing: readonly string[]][] = [
  [
    'another UID in the service principal',
    () => trustServices('3333333333333333@dms.aliyuncs.com'),
    ['trust-dms'],
  ],
  ['the UID rewritten away', () => trustServices('dms.aliyuncs.com'), ['trust-dms']],
  [
    'an extra RAM principal',
    () => editVerifier(({ Principal }) => Principal['RAM']?.push('acs:ram::3333333333333333:root')),
    ['trust-closed'],
  ],
  [
    'an extra service',
    () => trustServices(`${REQUESTER}@dms.aliyuncs.com`, 'ecs.aliyuncs.com'),
    ['trust-closed'],
  ],
  [
    'the verify principal gone',
    () =>
      editTrust((trust) => {
        trust.Statement = dms(trust);
      }),
    ['assume-role'],
  ],
  [
    'the external-id condition gone',
    () =>
      editVerifier((statement) => {
        delete statement.Condition;
      }),
    ['assume-role-denied'],
  ],
  [
    'a policy detached',
    () => cloud.byHand('DetachPolicyFromRole', { PolicyName: POLICY, PolicyType: 'Custom', RoleName: ROLE }),
    ['engine:lindorm', 'engine:redis', 'policies-attached'],
  ],
  [
    'a foreign policy attached',
    () =>
      cloud.byHand('AttachPolicyToRole', {
        PolicyName: 'AdministratorAccess',
        PolicyType: 'System',
        RoleName: ROLE,
      }),
    ['policies-attached'],
  ],
  [
    'an action missing',
    () => editPolicy((actions) => actions.filter((action) => action !== 'lindorm:GetInstanceIpWhiteList')),
    ['policy-content'],
  ],
  [
    'an action added',
    () => editPolicy((actions) => [...actions, 'lindorm:DeleteInstance']),
    ['policy-content'],
  ],
  [
    'an older default version',
    async () => {
      await editPolicy((actions) => actions.slice(1));
      await cloud.ask({ requesterUid: REQUESTER, engines: ['redis', 'lindorm'] });
      const wrong = cloud.owner.ram
        .findPolicy('Custom', POLICY)
        ?.versions.filter(({ isDefault }) => !isDefault)
        .at(-1);
      await cloud.byHand('SetDefaultPolicyVersion', { PolicyName: POLICY, VersionId: wrong?.id ?? '' });
    },
    ['engine:lindorm', 'policy-content'],
  ],
  [
    'the role deleted',
    async () => {
      await cloud.byHand('DetachPolicyFromRole', {
        PolicyName: POLICY,
        PolicyType: 'Custom',
        RoleName: ROLE,
      });
      await cloud.byHand('DeleteRole', { RoleName: ROLE });
    },
    ['role-exists'],
  ],
];

const tags = () => [...(cloud.owner.ram.findRole(ROLE)?.tags ?? [])];
const withoutNotes = (all: readonly (readonly [string, string])[]) =>
  all.filter(([key]) => key !== 'dms-notes');

describe('a role that was changed by hand', () => {
  it.each(BROKEN)(
    '%s: found by the check that names it, mended by asking again',
    async (_what, how, failing) => {
      await how();
      cloud.forget();
      const before = withoutNotes(tags());
      const report = await cloud.ask({ requesterUid: REQUESTER, action: 'verify' });
      expect([...checksThat(report, 'fail')].sort()).toEqual(failing);
      expect(report.data).toMatchObject({ status: 'failed', problem: { code: 'verification-failed' } });
      expect(
        report.data.checks.filter(({ status }) => status === 'fail').every(({ fix }) => fix !== null),
      ).toBe(true);
      // All that is written is what was found, for the owner's list.
      expect(cloud.writes().filter((write) => write !== 'TagResources')).toEqual([]);
      expect(withoutNotes(tags())).toEqual(before);

      const mended = await cloud.ask({ requesterUid: REQUESTER, engines: ['redis', 'lindorm'] });
      expect(mended.data.status).toBe('verified');
      expect(checksThat(mended, 'fail')).toEqual([]);
    },
  );
});
