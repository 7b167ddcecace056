import { describe, expect, it } from 'vitest';
import { grants } from '../../../shared/catalogue/grants.ts';
import type { TrustTerms } from '../../../shared/catalogue/trust.ts';
import { desiredRole } from '../../../shared/reconcile/desired.ts';
import { REPAIR } from '../../../shared/reconcile/difference.ts';
import { readRecord } from '../../../shared/record/record.ts';
import { checkRole } from '../../../shared/verification/checks.ts';
import { OWNER, REQUESTER, STRANGER } from '../../kit/accounts.ts';
import {
  allow,
  closedTerms,
  consoleTerms,
  dms,
  type Found,
  healthy,
  registerTerms,
  SESSION,
  structuralTerms,
  text,
  usersTerms,
  VERIFY,
  verifier,
} from '../../kit/role-documents.ts';
import { at } from '../../kit/time.ts';

/** What a check says, and what to do about it if it fails. */
const says = (evidence: Found, id: string): string =>
  checkRole(evidence)
    .filter((check) => check.id === id)
    .map(({ status, detail, fix }) => `${status}: ${detail}${fix === null ? '' : ` -> ${fix}`}`)
    .join();
const good = healthy();
const RIGHTS_OF_VERIFY =
  'the trust is as it must be, so give the role of the verify function its right sts:AssumeRole back (bootstrap does), and look for a Deny in a control policy of the resource directory';
const CONTROL_POLICY =
  'the role has every right that the vendor documents, so look for a Deny in a control policy of the resource directory';
/** What is judged of a role by these tags, which are all that says what it should be. */
const recordedAs = (tags: ReadonlyMap<string, string>): Found => ({
  ...good,
  tags,
  desired: desiredRole(readRecord(tags, at(1)), at(1), registerTerms),
});
const MANAGED = new Map([['managed-by', 'dms-handshake']]);
const withoutOurTag = new Map([...good.tags].filter(([key]) => key !== 'managed-by'));
const trusting = (...statements: object[]): Partial<Found> => ({
  role: { name: 'r', arn: 'a', createdAt: at(0), trust: text(...statements) },
});
const foreign = [
  { name: 'AdministratorAccess', type: 'System' },
  { name: 'Mine', type: 'Custom' },
] as const;
const vendors = { name: 'AliyunDMSLoginConsoleAccess', type: 'System' } as const;

describe('what a check says, word for word', () => {
  const rows: readonly [id: string, what: string, evidence: Found, said: string][] = [
    ['owner-account', 'right', good, `pass: everything was read in account ${OWNER}`],
    [
      'owner-account',
      'wrong',
      { ...good, account: STRANGER },
      `fail: read in account ${STRANGER}, not in ${OWNER} -> set OWNER_UID to the account of the functions`,
    ],
    ['role-exists', 'there', good, `pass: acs:ram::${OWNER}:role/r`],
    [
      'role-exists',
      'gone',
      { ...good, role: null },
      'fail: there is no such role -> send the grant again to have it made',
    ],
    ['ownership', 'ours', good, 'pass: tagged managed-by=dms-handshake'],
    [
      'ownership',
      'without our tag',
      { ...good, tags: withoutOurTag },
      'fail: the role lacks the tag managed-by=dms-handshake -> tag it if it is ours; if it is not, it will not be touched',
    ],
    [
      'ownership',
      'without a record',
      recordedAs(MANAGED),
      'fail: the role has our tag and no record: its tags were deleted, or somebody else made it -> send the grant again to have it recorded, or take our tag off the role',
    ],
    [
      'ownership',
      'with a record that cannot be read',
      recordedAs(new Map([...MANAGED, ['dms-engine-gdb', 'x'], ['dms-closed', 'x']])),
      `fail: cannot read the record in dms-engine-gdb, dms-closed -> delete these tags, then ${REPAIR}`,
    ],
    ['trust-dms', 'granted', good, `pass: trusts ${REQUESTER}@dms.aliyuncs.com exactly as documented`],
    [
      'trust-dms',
      'closed',
      healthy(closedTerms),
      `pass: ${REQUESTER}@dms.aliyuncs.com may not assume the role: it is not trusted`,
    ],
    [
      'trust-dms',
      'two faults',
      { ...good, ...trusting(dms(STRANGER), verifier()) },
      `fail: ${REQUESTER}@dms.aliyuncs.com is not trusted as documented; Allow sts:assumerole for Service ${STRANGER}@dms.aliyuncs.com, which is not the documented statement -> ${REPAIR}`,
    ],
    [
      'trust-requester',
      'the account',
      healthy(consoleTerms),
      `pass: trusts the RAM identities of account ${REQUESTER}`,
    ],
    [
      'trust-requester',
      'two users',
      healthy(usersTerms),
      `pass: trusts dba-two, dba.one of account ${REQUESTER}`,
    ],
    [
      'trust-requester',
      'nobody',
      healthy({ ...consoleTerms, trusted: 'nobody' }),
      `pass: nobody of account ${REQUESTER} may assume the role: it is not trusted`,
    ],
    ['trust-closed', 'but for the verify role', good, `pass: trusts nobody else but ${VERIFY}`],
    ['trust-closed', 'for all', healthy(structuralTerms), 'pass: trusts nobody else'],
    [
      'trust-closed',
      'but for a role that may assume nothing',
      healthy({ ...closedTerms, verifyRoleArn: null }),
      `pass: trusts nobody but acs:ram::${OWNER}:role/dms-handshake-trigger, which may assume no role`,
    ],
    [
      'trust-closed',
      'not at all',
      { ...good, ...trusting(dms(), verifier(), allow({ RAM: ['*'] }), allow({ Service: ['x'] })) },
      `fail: also trusts: Allow sts:assumerole for RAM *; Allow sts:assumerole for Service x -> ${REPAIR}`,
    ],
    ['policies-attached', 'one', good, 'pass: DmsCrossAccountPolicy-lindorm-redis-vpc, and no other'],
    [
      'policies-attached',
      'none needed',
      healthy(closedTerms),
      'pass: no policy is attached, and none is needed',
    ],
    [
      'policies-attached',
      'foreign ones instead',
      { ...good, attached: foreign },
      `fail: DmsCrossAccountPolicy-lindorm-redis-vpc is not attached; the system policy AdministratorAccess is attached; the policy Mine is attached -> ${REPAIR}`,
    ],
    ['policies-attached', 'of a console role', healthy(consoleTerms), 'pass: no foreign policy'],
    [
      'policies-attached',
      'foreign ones on a console role',
      { ...healthy(consoleTerms), attached: [vendors, ...foreign] },
      `fail: the system policy AdministratorAccess is attached; the policy Mine is attached -> ${REPAIR}`,
    ],
    [
      'policy-content',
      'as documented',
      good,
      'pass: DmsCrossAccountPolicy-lindorm-redis-vpc says what the vendor documents, action for action',
    ],
    [
      'policy-content',
      'nothing granted',
      healthy(closedTerms),
      'skip: nothing is granted that needs a permission policy',
    ],
    [
      'policy-content',
      'no policy',
      { ...good, policyText: null },
      `fail: the policy DmsCrossAccountPolicy-lindorm-redis-vpc does not exist -> ${REPAIR}`,
    ],
    [
      'policy-content',
      'two differences',
      {
        ...good,
        policyText: good.policyText?.replace('"kvstore:DescribeRegions"', '"kvstore:DeleteInstance"') ?? null,
      },
      `fail: kvstore:describeregions is missing; Allow kvstore:deleteinstance on * was not asked for -> ${REPAIR}`,
    ],
    [
      'console-policy',
      'attached',
      healthy(consoleTerms),
      'pass: the system policy AliyunDMSLoginConsoleAccess is attached',
    ],
    [
      'console-policy',
      'not attached',
      { ...healthy(consoleTerms), attached: [] },
      `fail: the system policy AliyunDMSLoginConsoleAccess is not attached -> ${REPAIR}`,
    ],
    [
      'console-policy',
      'not needed',
      healthy({ ...consoleTerms, trusted: 'nobody' }),
      'pass: nothing is granted, and nothing is needed',
    ],
    [
      'assume-role',
      'open',
      good,
      `pass: AssumeRole under the external id dms-handshake:${REQUESTER} gave a session`,
    ],
    [
      'assume-role',
      'for nobody',
      healthy(structuralTerms),
      'skip: PROBE=structural: the role trusts nobody of this account who could try it',
    ],
    [
      'assume-role',
      'denied',
      { ...good, open: { kind: 'denied', detail: 'NoPermission' } },
      `fail: AssumeRole under the external id failed: NoPermission -> ${RIGHTS_OF_VERIFY}`,
    ],
    [
      'assume-role',
      'unknown to STS',
      { ...good, open: { kind: 'no-role' } },
      'fail: AssumeRole under the external id failed: STS does not know the role -> RAM shows the role, and a new one may be unknown to STS for a minute: verify again then',
    ],
    ['assume-role', 'untried', { ...good, open: { kind: 'untried', detail: 'no time' } }, 'skip: no time'],
    ['assume-role-denied', 'shut', good, 'pass: AssumeRole without the external id was denied'],
    [
      'assume-role-denied',
      'open, by the trust and by trial',
      { ...good, ...trusting(dms(), allow({ RAM: [VERIFY] })), shut: SESSION },
      `fail: AssumeRole without the external id gave a session; ${VERIFY} is trusted without the condition on sts:ExternalId -> ${REPAIR}`,
    ],
    [
      'assume-role-denied',
      'open twice by the trust',
      { ...good, ...trusting(dms(), allow({ RAM: [VERIFY] }), allow({ RAM: [VERIFY] })) },
      `fail: ${VERIFY} is trusted without the condition on sts:ExternalId; ${VERIFY} is trusted without the condition on sts:ExternalId -> ${REPAIR}`,
    ],
    [
      'assume-role-denied',
      'unknown to STS',
      { ...good, shut: { kind: 'no-role' } },
      'skip: STS does not know the role',
    ],
    [
      'assume-role-denied',
      'untried',
      { ...good, shut: { kind: 'untried', detail: 'no time' } },
      'skip: no time',
    ],
    ['engine:redis', 'answered', good, 'pass: redis was allowed'],
    [
      'engine:redis',
      'denied',
      { ...good, probes: new Map([['redis', { kind: 'denied', detail: 'NoPermission' }]]) },
      `fail: NoPermission -> ${CONTROL_POLICY}`,
    ],
    [
      'engine:redis',
      'denied, by the content of somebody else’s policy, which no repair changes',
      {
        ...good,
        foreignPolicy: true,
        policyText: null,
        probes: new Map([['redis', { kind: 'denied', detail: 'NoPermission' }]]),
      },
      `fail: NoPermission -> ${CONTROL_POLICY}`,
    ],
    [
      'engine:redis',
      'refused without a reason',
      { ...good, probes: new Map([['redis', { kind: 'refused', detail: 'Http403' }]]) },
      `fail: Http403 -> ${CONTROL_POLICY}`,
    ],
    [
      'engine:redis',
      'answered with something else than rights',
      { ...good, probes: new Map([['redis', { kind: 'harmless', detail: 'not sold' }]]) },
      'pass: not sold',
    ],
    [
      'engine:redis',
      'answered with what nobody knows',
      { ...good, probes: new Map([['redis', { kind: 'unknown', detail: 'SomeCode' }]]) },
      'skip: SomeCode',
    ],
    [
      'engine:redis',
      'unavailable',
      { ...good, probes: new Map([['redis', { kind: 'unavailable', detail: 'no answer' }]]) },
      'skip: no answer',
    ],
    [
      'engine:redis',
      'untried',
      { ...good, probes: new Map([['redis', { kind: 'untried', detail: 'no time' }]]) },
      'skip: no time',
    ],
    [
      'engine:redis',
      'without a session',
      { ...good, probes: new Map() },
      'skip: no session to probe with: see assume-role',
    ],
    [
      'engine:rds',
      'by trust alone',
      good,
      'skip: DMS reads this engine through the trust alone: there is no right to probe',
    ],
    [
      'engine:gdb',
      'taken away',
      { ...good, revoked: ['gdb'], probes: new Map([['gdb', { kind: 'denied', detail: 'no' }]]) },
      'pass: taken away: the read is now denied',
    ],
    [
      'engine:gdb',
      'taken away, and yet there',
      {
        ...good,
        revoked: ['gdb'],
        probes: new Map([['gdb', { kind: 'answered', detail: 'gdb was allowed' }]]),
      },
      'fail: taken away, and yet gdb was allowed -> the role no longer has the right, so the service may still go by an old reading: verify again in a minute',
    ],
    ...(['refused', 'harmless', 'unknown', 'unavailable', 'untried'] as const).map(
      (kind): [string, string, Found, string] => [
        'engine:gdb',
        `taken away, and ${kind}, which does not show that it is gone`,
        { ...good, revoked: ['gdb'], probes: new Map([['gdb', { kind, detail: 'why' }]]) },
        'skip: why',
      ],
    ),
    ...(['refused', 'unknown'] as const).map((kind): [string, string, Found, string] => [
      'assume-role-denied',
      `${kind}, which does not show that it is shut`,
      { ...good, shut: { kind, detail: 'why' } },
      'skip: why',
    ]),
    [
      'assume-role',
      'refused without a reason',
      { ...good, open: { kind: 'refused', detail: 'Http403' } },
      `fail: AssumeRole under the external id failed: Http403 -> ${RIGHTS_OF_VERIFY}`,
    ],
    ['assume-role', 'unknown', { ...good, open: { kind: 'unknown', detail: 'why' } }, 'skip: why'],
    ['connection:vpc', 'answered', good, 'pass: vpc was allowed'],
  ];

  it.each(rows)('%s, %s', (id, _what, evidence, said) => {
    expect(says(evidence, id)).toBe(said);
  });

  it('where there is no role, nothing else can be said', () => {
    for (const terms of [undefined, consoleTerms]) {
      const gone = checkRole({ ...healthy(terms), role: null }).slice(2);
      const said = gone.filter(({ id }) => id !== 'engine:rds').map(({ status, detail }) => [status, detail]);
      expect(new Set(said.map(String))).toEqual(new Set(['skip,there is no role']));
    }
  });

  it('of a narrowed grant, how far it goes', () => {
    const granted = grants(
      ['lindorm', 'redis'],
      [],
      new Map([
        ['redis', ['r-1', 'r-2']],
        ['lindorm', []],
      ]),
    );
    const evidence = healthy(registerTerms, granted);
    expect(says(evidence, 'policy-content')).toBe(
      `pass: ${evidence.desired.policy?.name} says what the vendor documents, action for action; of lindorm it only reads; of redis it modifies only r-1, r-2`,
    );
  });

  it('nothing of a connection where no engine is granted', () => {
    const ids = (terms: TrustTerms, connections: readonly 'vpc'[]) =>
      checkRole({ ...healthy(terms), granted: grants([], connections) }).map(({ id }) => id);
    expect(ids(closedTerms, ['vpc'])).toEqual(ids(closedTerms, []));
    const plain = { ...good, granted: grants(['redis'], []) };
    expect(checkRole(plain).map(({ id }) => id)).not.toContain('connection:vpc');
  });

  it('a document that differs much is cut, and says how many differences were left out', () => {
    const names = (prefix: string) => Array.from({ length: 60 }, (_, n) => `${prefix}${n}`);
    const Statement = [{ Effect: 'Allow', Action: names('oss:Do'), Resource: names('acs:oss:*:*:bucket/') }];
    const evidence = { ...good, policyText: JSON.stringify({ Version: '1', Statement }) };
    const [content] = checkRole(evidence).filter(({ id }) => id === 'policy-content');
    expect(content?.detail.length).toBeLessThan(1_100);
    expect(content?.detail).toMatch(/; and 3\d{3} more$/);
  });

  it('one difference may be as long as somebody likes, and is cut', () => {
    const Statement = [{ Effect: 'Allow', Action: `oss:${'x'.repeat(5_000)}`, Resource: '*' }];
    const evidence = { ...healthy(undefined, grants(['rds'], [])), policyText: null };
    const odd = { ...good, policyText: JSON.stringify({ Version: '1', Statement }) };
    expect(says(evidence, 'policy-content')).toContain('skip');
    expect(says(odd, 'policy-content').length).toBeLessThan(1_500);
  });
});
