import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { VERDICT_TAG } from '../../shared/verification/verdict.ts';
import { OWNER, REQUESTER } from '../kit/accounts.ts';
import {
  allow,
  defaultVersion,
  detach,
  editPolicy,
  editTrust,
  granted,
  newVersion,
  olderVersion,
  tagByHand,
  untagByHand,
  verifier,
} from '../kit/by-hand.ts';
import { type Direct, direct } from '../kit/direct.ts';
import { ROLE } from '../kit/roles.ts';
import { sweeper } from '../kit/sweeper.ts';
import { HOUR } from '../kit/time.ts';
import { rewrite } from '../property/sweep/rewrite.ts';

const POLICY = 'DmsCrossAccountPolicy-lindorm-redis';
const ADMINISTRATOR = { PolicyName: 'AdministratorAccess', PolicyType: 'System', RoleName: ROLE };

type Drift = readonly [what: string, how: (at: Direct) => Promise<unknown>, failing: readonly string[]];

const detachOurs = (at: Direct) => detach(at, ROLE, POLICY, 'Custom');
const services = (...names: string[]) =>
  trust((d) => {
    for (const { Principal } of granted(d)) if (Principal !== undefined) Principal['Service'] = names;
  });
const trust = (change: Parameters<typeof editTrust>[0]) => (at: Direct) => editTrust(change)(at, ROLE);
const actions = (change: (words: string[]) => string[]) =>
  editPolicy(POLICY, ({ Statement: [first] }) => {
    if (first !== undefined) first.Action = change([first.Action ?? []].flat());
  });

/** By the rows of "What a repair changes" in docs/explain/sweep.md. */
const DRIFT: Readonly<Record<string, readonly Drift[]>> = {
  'the trust policy, in any way that changes what it says': [
    ['another UID in the service principal', services('3333333333333333@dms.aliyuncs.com'), ['trust-dms']],
    ['the UID rewritten away', services('dms.aliyuncs.com'), ['trust-dms']],
    [
      'an extra RAM principal',
      trust((d) => verifier(d)[0]?.Principal?.['RAM']?.push('acs:ram::3333333333333333:root')),
      ['trust-closed'],
    ],
    ['an extra service', services(`${REQUESTER}@dms.aliyuncs.com`, 'ecs.aliyuncs.com'), ['trust-closed']],
    [
      'a provider of identities',
      trust((d) => d.Statement.push(allow({ Federated: [`acs:ram::${OWNER}:saml-provider/theirs`] }))),
      ['trust-closed'],
    ],
    [
      'the verify principal gone',
      trust((d) => {
        d.Statement = granted(d);
      }),
      ['assume-role'],
    ],
    [
      'the external-id condition gone',
      trust((d) => {
        for (const statement of verifier(d)) delete statement.Condition;
      }),
      ['assume-role-denied'],
    ],
    [
      'the external-id condition wide open',
      trust((d) => {
        for (const one of verifier(d)) one.Condition = { StringLike: { 'sts:ExternalId': ['*'] } };
      }),
      ['trust-closed'],
    ],
    [
      'a condition on DMS',
      trust((d) => {
        for (const one of granted(d)) one.Condition = { IpAddress: { 'acs:SourceIp': ['10.0.0.0/8'] } };
      }),
      ['trust-dms'],
    ],
  ],
  'our policy detached; any other policy attached': [
    ['a policy detached', detachOurs, ['policies-attached']],
    [
      'a foreign policy attached',
      (at) => at.byHand('AttachPolicyToRole', ADMINISTRATOR),
      ['policies-attached'],
    ],
    [
      'a policy of theirs in the place of ours',
      async (at) => {
        await detachOurs(at);
        await at.byHand('CreatePolicy', { PolicyName: 'theirs', PolicyDocument: defaultVersion(at, POLICY) });
        const theirs = { PolicyName: 'theirs', PolicyType: 'Custom', RoleName: ROLE };
        await at.byHand('AttachPolicyToRole', theirs);
      },
      ['policies-attached'],
    ],
  ],
  'the document of our policy': [
    ['an action missing', actions((words) => words.slice(1)), ['policy-content']],
    ['an action added', actions((words) => [...words, 'lindorm:DeleteInstance']), ['policy-content']],
    [
      'a policy version newer than the catalogue',
      editPolicy(POLICY, (d) => d.Statement.push({ Effect: 'Allow', Action: 'kvstore:New', Resource: '*' })),
      ['policy-content'],
    ],
    ['an older default version', olderVersion(POLICY, (d) => d.Statement.pop()), ['policy-content']],
  ],
  "the record's tags made unreadable or deleted": [
    [
      'an entry that nobody here wrote',
      (at) => tagByHand(at, ROLE, 'dms-engine-redis', 'granted, I think'),
      // What the record still says is compared all the same.
      ['ownership', 'policies-attached', 'policy-content'],
    ],
    [
      'our tag and no record, as on a role that we never made',
      (at) => untagByHand(at, ROLE, ['dms-engine-redis', 'dms-engine-lindorm']),
      ['ownership', 'trust-dms', 'policies-attached'],
    ],
  ],
  '`managed-by` taken off': [['our tag gone', (at) => untagByHand(at, ROLE, ['managed-by']), ['ownership']]],
  'the whole role deleted': [
    [
      'deleted by hand',
      async (at) => {
        await detachOurs(at);
        await at.byHand('DeleteRole', { RoleName: ROLE });
      },
      ['role-exists'],
    ],
  ],
  'the description, other tags': [
    [
      'a description',
      (at) => at.byHand('UpdateRole', { RoleName: ROLE, NewDescription: 'asked for by Ms. Wu' }),
      [],
    ],
    ['a tag of theirs', (at) => tagByHand(at, ROLE, 'cost-centre', '4711'), []],
  ],
  'documents written in another way that say the same': [
    [
      'a trust policy in other words',
      (at) => {
        const text = rewrite(at.owner.ram.findRole(ROLE)?.trust ?? '', 7);
        return at.byHand('UpdateRole', { RoleName: ROLE, NewAssumeRolePolicyDocument: text });
      },
      [],
    ],
    ['our policy in other words', (at) => newVersion(at, POLICY, rewrite(defaultVersion(at, POLICY), 7)), []],
  ],
};

/** What is found and repaired, after the docs: the rows of their table. */
const told = async (): Promise<ReadonlyMap<string, { found: boolean; repaired: boolean }>> => {
  const text = await readFile('docs/explain/sweep.md', 'utf8');
  const rows = text
    .split('## What a repair changes')[1]
    ?.split('\n## ')[0]
    ?.matchAll(/^\| (.+?) \| (.+?) \| (.+?) \|$/gm);
  return new Map(
    [...(rows ?? [])]
      .filter(([, what = '']) => !/^(What somebody changed|-+)$/.test(what))
      .map(([, what = '', found = '', repaired = '']) => [
        what,
        { found: found.startsWith('yes'), repaired: !/^(no|left)\b/.test(repaired) },
      ]),
  );
};

/** Two engines granted, found verified, and an hour gone. */
const swept = async (heal: boolean) => {
  const at = await direct(true, { heal });
  const sweeping = sweeper(at);
  await sweeping.request({ requesterUid: REQUESTER, engines: ['redis', 'lindorm'] });
  at.clock.advance(HOUR);
  await sweeping.runAndDeliver();
  at.clock.advance(HOUR);
  return { at, sweeping };
};

/** Everything of the role and its policy that a repair could change. */
const stateOf = (at: Direct) => {
  const role = at.owner.ram.findRole(ROLE);
  const tags = [...(role?.tags ?? [])].filter(([key]) => key !== VERDICT_TAG);
  return {
    trust: role?.trust,
    attached: role?.attachments.map(({ policyName }) => policyName).sort(),
    policy: defaultVersion(at, POLICY),
    description: role?.description,
    tags: Object.fromEntries(tags),
  };
};
const documentsOf = ({ trust: text = 'null', policy, ...rest }: ReturnType<typeof stateOf>) => ({
  ...rest,
  trust: JSON.parse(text),
  policy: JSON.parse(policy),
});

const ALL = Object.entries(DRIFT).flatMap(([row, drifts]) => drifts.map((drift) => [row, ...drift] as const));

it('every row of the table in the docs has a drift here, and the other way round', async () => {
  expect(Object.keys(DRIFT)).toEqual([...(await told()).keys()]);
});

describe('a sweep', () => {
  it.each(ALL)('%s: %s', async (row, _what, how, failing) => {
    const { at, sweeping } = await swept(false);
    await how(at);
    const before = stateOf(at);
    at.writes.length = 0;
    await sweeping.runAndDeliver();
    const found = sweeping.replies.map(({ data }) => [
      data.status,
      data.checks
        .filter(({ id, status }) => status === 'fail' && !id.startsWith('engine:'))
        .map(({ id }) => id),
    ]);
    expect(found).toEqual(failing.length === 0 ? [] : [['changed', failing]]);
    expect((await told()).get(row)?.found).toBe(failing.length > 0);
    // What was found is remembered, and nothing else is written.
    expect([stateOf(at), at.writes]).toEqual([before, failing.length === 0 ? [] : ['TagResources']]);
    at.clock.advance(HOUR);
    await sweeping.runAndDeliver();
    expect(sweeping.replies).toHaveLength(found.length);
  });
});

describe('one repair', () => {
  it.each(ALL)('%s: %s', async (row, _what, how, failing) => {
    const { at, sweeping } = await swept(true);
    const right = documentsOf(stateOf(at));
    await how(at);
    const before = stateOf(at);
    await sweeping.runAndDeliver();
    const repaired = (await told()).get(row)?.repaired === true;
    if (repaired) expect(documentsOf(stateOf(at))).toEqual(right);
    else expect(stateOf(at)).toEqual(before);
    at.clock.advance(HOUR);
    sweeping.replies.length = 0;
    at.writes.length = 0;
    const next = await sweeping.runAndDeliver();
    expect(sweeping.replies.map(({ data }) => data.problem)).toEqual(repaired ? [null] : []);
    const stays = repaired || failing.length === 0 || next.roles === 0 ? 0 : 1;
    expect([next.failed, next.repairs, at.writes]).toEqual([stays, 0, repaired ? ['TagResources'] : []]);
  });

  it('of what is ours leaves beside it what is not: a description, a tag, and documents in other words', async () => {
    const { at, sweeping } = await swept(true);
    for (const row of ['the description, other tags', 'documents written in another way that say the same'])
      for (const [, how] of DRIFT[row] ?? []) await how(at);
    const before = stateOf(at);
    await at.byHand('AttachPolicyToRole', ADMINISTRATOR);
    at.writes.length = 0;
    await sweeping.runAndDeliver();
    expect(stateOf(at)).toEqual(before);
    expect(at.writes.filter((write) => write !== 'TagResources')).toEqual(['DetachPolicyFromRole']);
  });

  it('of a policy that several roles share is one new version', async () => {
    const { at, sweeping } = await swept(true);
    for (const requesterUid of ['1000000000000011', '1000000000000012'])
      await sweeping.request({ requesterUid, engines: ['redis', 'lindorm'] });
    at.clock.advance(HOUR);
    await actions((words) => words.slice(1))(at);
    at.writes.length = 0;
    expect(await sweeping.runAndDeliver()).toMatchObject({ roles: 3, failed: 3, repairs: 3 });
    expect(at.writes.filter((write) => write === 'CreatePolicyVersion')).toHaveLength(1);
    at.clock.advance(HOUR);
    expect(await sweeping.runAndDeliver()).toMatchObject({ roles: 3, failed: 0 });
  });
});

it('the drift of a scoped grant to all instances is found by the check that names it', async () => {
  const at = await direct(true, { heal: false });
  const sweeping = sweeper(at);
  await sweeping.request({ requesterUid: REQUESTER, engines: ['redis'], instances: { redis: ['r-1'] } });
  at.clock.advance(HOUR);
  await sweeping.runAndDeliver();
  const [scoped] = at.owner.ram.findRole(ROLE)?.attachments ?? [];
  await editPolicy(scoped?.policyName ?? '', (d) => {
    for (const statement of d.Statement) statement.Resource = '*';
  })(at);
  await sweeping.runAndDeliver();
  const [reply, ...more] = sweeping.replies;
  expect(more).toEqual([]);
  expect(reply?.data.checks.filter(({ status }) => status === 'fail').map(({ id }) => id)).toEqual([
    'policy-content',
  ]);
});
