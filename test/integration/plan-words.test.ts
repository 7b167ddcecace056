import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { OWNER, REQUESTER } from '../kit/accounts.ts';
import { type AskingCloud, askingCloud } from '../kit/asking-cloud.ts';

let cloud: AskingCloud;
beforeAll(async () => {
  cloud = await askingCloud();
});
afterAll(() => cloud.close());

const ROLE = `dms-cross-account-${REQUESTER}`;
const plan = (...words: readonly string[]) =>
  cloud.run('plan', '--local', '--requester', REQUESTER, ...words);

/** A document as a plan shows that it is made. */
const made = (first: string, document: object): readonly string[] =>
  `${first}${JSON.stringify(document, null, 2)}`.split('\n').map((line) => `    + ${line}`);
const policyOf = (...actions: readonly (readonly string[])[]) => ({
  Statement: actions.map((Action) => ({ Action, Resource: '*', Effect: 'Allow' })),
  Version: '1',
});
const trustOf = (principal: object) => ({
  Statement: [
    { Action: 'sts:AssumeRole', Effect: 'Allow', Principal: principal },
    {
      Action: 'sts:AssumeRole',
      Condition: { StringEquals: { 'sts:ExternalId': [`dms-handshake:${REQUESTER}`] } },
      Effect: 'Allow',
      Principal: { RAM: [`acs:ram::${OWNER}:role/dms-handshake-verify`] },
    },
  ],
  Version: '1',
});
const GDB = [
  `RAM CreatePolicy DmsCrossAccountPolicy-gdb  no policy of this set of engines exists yet`,
  ...made('', policyOf(['gdb:DescribeDbInstances'])),
  '',
  `RAM AttachPolicyToRole DmsCrossAccountPolicy-gdb  to ${ROLE}`,
  `    + DmsCrossAccountPolicy-gdb on ${ROLE}`,
  '',
];
const ROLE_OF_DMS = [
  `RAM CreateRole ${ROLE}  the requester has no role yet`,
  ...made('trust ', trustOf({ Service: [`${REQUESTER}@dms.aliyuncs.com`] })),
];
const UNLESS = (id: string) =>
  `waits for the owner's approval: ${id}: it is not among "unless.engines" of "approval"`;

describe('a plan', () => {
  it('of a first grant shows the role, its tags and its policy, and that the owner has to approve it', async () => {
    expect(await plan('--engines', 'gdb', '--expires', '2099-01-01T00:00:00Z')).toEqual({
      code: 0,
      stdout: [
        UNLESS('gdb'),
        ...ROLE_OF_DMS,
        '    + tag dms-engine-gdb = granted ...',
        '    + tag managed-by = dms-handshake',
        '',
        ...GDB,
        '3 calls to make once it is approved; nothing was changed',
      ],
      stderr: '',
    });
    const { stdout } = await plan('--engines', 'gdb', '--expires', '2099-01-01T00:00:00Z', '--json');
    expect(JSON.parse(stdout[0] ?? '')).toEqual({
      changes: [
        { operation: 'create-role', target: ROLE, reason: 'the requester has no role yet' },
        {
          operation: 'create-policy',
          target: 'DmsCrossAccountPolicy-gdb',
          reason: 'no policy of this set of engines exists yet',
        },
        { operation: 'attach-policy', target: 'DmsCrossAccountPolicy-gdb', reason: `to ${ROLE}` },
      ],
      grants: [{ id: 'gdb', expiresAt: 'TIME', instances: null, readOnly: false }],
      waits: ['gdb: it is not among "unless.engines" of "approval"'],
    });
  });

  it('of an emergency shows its end', async () => {
    expect((await plan('--engines', 'gdb', '--break-glass', 'orders gone')).stdout).toEqual([
      ...ROLE_OF_DMS,
      '    + tag dms-break-glass = TIME ...',
      '    + tag dms-engine-gdb = granted ...',
      '    + tag managed-by = dms-handshake',
      '',
      ...GDB,
      'end gdb: not granted -> gdb: ends TIME (in an emergency: the request names no end, and this is the latest)',
      '3 calls to make; nothing was changed',
    ]);
  });

  it('of console access shows whom it trusts', async () => {
    const role = `dms-console-access-${REQUESTER}`;
    expect((await plan('--access', 'console', '--users', 'alice')).stdout).toEqual([
      UNLESS('user:alice'),
      `RAM CreateRole ${role}  the requester has no role yet`,
      ...made('trust ', trustOf({ RAM: [`acs:ram::${REQUESTER}:user/alice`] })),
      '    + tag dms-console-user-alice = granted ...',
      '    + tag managed-by = dms-handshake',
      '',
      `RAM AttachPolicyToRole AliyunDMSLoginConsoleAccess  to ${role}`,
      `    + AliyunDMSLoginConsoleAccess on ${role}`,
      '',
      '2 calls to make once it is approved; nothing was changed',
    ]);
  });

  it('of a role that is there shows what differs, and what becomes of its end', async () => {
    await cloud.run('request', '--local', '--engines', 'redis', '--expires', '2099-01-01T00:00:00Z');
    const { stdout } = await plan('--engines', 'redis', '--connections', 'vpc');
    expect(stdout.filter((line) => !/^ {4}\+ [ {}\]]/.test(line))).toEqual([
      UNLESS('vpc'),
      `RAM TagResources ${ROLE}  records dms-connection-vpc, dms-engine-redis`,
      '    - tag dms-engine-redis = granted ...',
      '    + tag dms-connection-vpc = granted ...',
      '    + tag dms-engine-redis = granted ...',
      '',
      'RAM CreatePolicy DmsCrossAccountPolicy-redis-vpc  no policy of this set of engines exists yet',
      '',
      `RAM AttachPolicyToRole DmsCrossAccountPolicy-redis-vpc  to ${ROLE}`,
      `    + DmsCrossAccountPolicy-redis-vpc on ${ROLE}`,
      '',
      `RAM DetachPolicyFromRole DmsCrossAccountPolicy-redis  from ${ROLE}: not what the record grants`,
      `    - DmsCrossAccountPolicy-redis on ${ROLE}`,
      '',
      'end redis: ends TIME -> redis: ends TIME (kept: the request names no end)',
      '4 calls to make once it is approved; nothing was changed',
    ]);
    expect((await plan('--engines', 'redis', '--expires', '2098-01-01T00:00:00Z')).stdout.slice(-2)).toEqual([
      'end redis: ends TIME -> redis: ends TIME (shortened, as asked)',
      '1 call to make; nothing was changed',
    ]);
    expect((await plan('--engines', 'redis')).stdout).toEqual([
      'end redis: ends TIME -> redis: ends TIME (kept: the request names no end)',
      `no changes: ${ROLE} is what the grant would make it`,
    ]);
  });
});
