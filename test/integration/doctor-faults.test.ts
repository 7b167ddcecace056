import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { ApiError } from '../../local/cloud/error.ts';
import { on, reset } from '../../local/testing/stub.ts';
import { OWNER, REQUESTER } from '../kit/accounts.ts';
import { DEPLOY, examinedCloud, RIGHT, type Told } from '../kit/doctor.ts';

let cloud: Awaited<ReturnType<typeof examinedCloud>>;
beforeAll(async () => {
  cloud = await examinedCloud();
});
afterEach(() => reset(cloud.world));
afterAll(() => cloud.close());

const [QUOTA, LOGIN] = [
  'raise it in Quota Center: https://quotas.console.aliyun.com',
  'somebody of this account must have logged in once: https://dms.aliyun.com',
];
const BOOTSTRAP = 'npx dms-handshake bootstrap --local';
const json = (body: object) => ({ status: 200, headers: {}, body: JSON.stringify(body) });
const no = (status: number, code: string, about: Readonly<Record<string, string>> = {}) =>
  new ApiError(status, code, 'No.', about);
const triggers = (count: number) =>
  json({
    triggers: Array.from({ length: count }, (_, n) => ({
      triggerName: `t-${n}`,
      triggerType: 'mns_topic',
      sourceArn: `acs:mns:cn-hangzhou:${OWNER}:/topics/dms-handshake-${['requests', 'upkeep', 'owner'][n] ?? n}`,
    })),
  });
const many = (count: number) => Array.from({ length: count }, () => ({}));

describe('doctor says what is wrong, and what to do about it:', () => {
  type Row = readonly [what: string, call: string, answer: object, told: Told];
  const ROWS: readonly Row[] = [
    [
      'no function is there',
      'fc GetFunction',
      no(404, 'FunctionNotFound'),
      Object.fromEntries(
        ['intake', 'provision', 'verify'].map((name) => [
          `owner:function:dms-handshake-${name}`,
          `fail it is not deployed (${DEPLOY})`,
        ]),
      ),
    ],
    [
      'functions run as others',
      'fc GetFunction',
      json({
        runtime: 'nodejs20',
        timeout: 60,
        role: `acs:ram::${OWNER}:role/other`,
        environmentVariables: { OWNER_UID: '3' },
      }),
      Object.fromEntries(
        ['intake', 'provision', 'verify'].map((name) => [
          `owner:function:dms-handshake-${name}`,
          `fail runs as acs:ram::${OWNER}:role/other; OWNER_UID is not this account (${DEPLOY})`,
        ]),
      ),
    ],
    [
      'functions run as nobody',
      'fc GetFunction',
      json({ runtime: 'nodejs20', timeout: 60 }),
      Object.fromEntries(
        ['intake', 'provision', 'verify'].map((name) => [
          `owner:function:dms-handshake-${name}`,
          `fail runs as nobody; OWNER_UID is not this account (${DEPLOY})`,
        ]),
      ),
    ],
    [
      'nothing starts them',
      'fc ListTriggers',
      triggers(0),
      {
        'owner:trigger:dms-handshake-intake': `fail there is no http trigger (${DEPLOY})`,
        'owner:trigger:dms-handshake-verify': `fail there is no timer trigger (${DEPLOY})`,
        'owner:trigger:dms-handshake-provision': `fail no mns_topic trigger of dms-handshake-requests, dms-handshake-upkeep, dms-handshake-owner (add it in s.yaml, then ${DEPLOY})`,
      },
    ],
    [
      'too many policies',
      'ram ListPolicies',
      { IsTruncated: false, Policies: { Policy: many(1490) } },
      { 'owner:quota:policies': `fail 1490 of 1500, unless the quota was raised (${QUOTA})` },
    ],
    [
      'almost too many policies',
      'ram ListPolicies',
      { IsTruncated: false, Policies: { Policy: many(1489) } },
      { 'owner:quota:policies': 'pass 1489 of 1500, unless the quota was raised' },
    ],
    [
      'DMS does not answer',
      'dms-enterprise ListInstances',
      no(400, 'TenantNotExist'),
      {
        'owner:dms': `skip DMS ListInstances: TenantNotExist (HTTP 400), request id ID; ${LOGIN}`,
        'requester:dms':
          'fail DMS ListInstances: TenantNotExist (HTTP 400), request id ID (fix this, then run doctor again)',
      },
    ],
    [
      'ActionTrail may not be read',
      'actiontrail LookupEvents',
      no(403, 'NoPermission'),
      {
        'owner:actiontrail':
          'skip ActionTrail LookupEvents: NoPermission (HTTP 403), request id ID; these credentials lack actiontrail:LookupEvents, which deploy/rights/dms-handshake-operator.json has',
      },
    ],
    [
      'ActionTrail does not answer',
      'actiontrail LookupEvents',
      no(400, 'Nope'),
      { 'owner:actiontrail': 'skip ActionTrail LookupEvents: Nope (HTTP 400), request id ID' },
    ],
    [
      'nobody lets account A in',
      'sts AssumeRole',
      no(404, 'EntityNotExist.Role'),
      {
        'requester:sender-role': `fail account ${OWNER} has no role for this account to send with (ask its operator to run: npx dms-handshake bootstrap --requester ${REQUESTER})`,
      },
    ],
    [
      'account A may not enter the role',
      'sts AssumeRole',
      no(403, 'NoPermission'),
      {
        'requester:sender-role':
          'fail STS AssumeRole: NoPermission (HTTP 403), request id ID (the RAM user or role that runs this lacks the right)',
      },
    ],
  ];
  it.each(ROWS)('%s', async (_what, call, answer, expected) => {
    const [service = '', operation = ''] = call.split(' ');
    const stub = on(cloud.world, service, operation);
    if (answer instanceof ApiError) stub.rejects(answer);
    else stub.resolves(answer);
    const { checks } = await cloud.told();
    const others = Object.entries(checks).filter(([id, words]) => RIGHT[id] !== words);
    expect(Object.fromEntries(others)).toEqual(expected);
  });

  it.each([
    [3, "pass 3 triggers of provision; the vendor's pages allow 10 a function, or 50"],
    [10, "pass 10 triggers of provision; the vendor's pages allow 10 a function, or 50"],
    [
      11,
      "skip 11 triggers of provision; the vendor's pages allow 10 a function, or 50: the smaller one may hold here, which shows when the next trigger is made. Look in Quota Center; if it is 10, have requesters sign and share a topic, or raise the quota: https://quotas.console.aliyun.com",
    ],
    [50, expect.stringMatching(/^skip 50 triggers/)],
    [
      51,
      "fail 51 triggers of provision; the vendor's pages allow 10 a function, or 50 (have requesters sign and share a topic, or raise the quota: https://quotas.console.aliyun.com)",
    ],
  ])('%i triggers', async (count, words) => {
    on(cloud.world, 'fc', 'ListTriggers').resolves(triggers(count));
    expect((await cloud.told('--side owner')).checks['quota:triggers']).toEqual(words);
  });

  it('a topic that is not there, and a role that is not as it must be', async () => {
    const topic = cloud.owner.mns.topics.get('dms-handshake-upkeep');
    cloud.owner.mns.topics.delete('dms-handshake-upkeep');
    const { checks } = await cloud.told('--side owner');
    if (topic !== undefined) cloud.owner.mns.topics.set('dms-handshake-upkeep', topic);
    expect(checks['topic:dms-handshake-upkeep']).toBe(`fail create-topic: it does not exist (${BOOTSTRAP})`);
  });
});
