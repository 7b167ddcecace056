import { describe, expect, it } from 'vitest';
import { grants } from '../../../shared/catalogue/grants.ts';
import { checkRole } from '../../../shared/verification/checks.ts';
import { REQUESTER, STRANGER } from '../../kit/accounts.ts';
import {
  allow,
  closedTerms,
  consoleTerms,
  dms,
  type Found,
  healthy,
  SESSION,
  structuralTerms,
  text,
  usersTerms,
  VERIFY,
  verifier,
} from '../../kit/role-documents.ts';
import { at } from '../../kit/time.ts';

const idsThat = (evidence: Found, status: 'pass' | 'fail' | 'skip') =>
  checkRole(evidence)
    .filter((check) => check.status === status)
    .map(({ id }) => id);

const REGISTER = [
  'owner-account',
  'role-exists',
  'ownership',
  'trust-dms',
  'trust-closed',
  'policies-attached',
  'policy-content',
  'assume-role',
  'assume-role-denied',
];
const CONSOLE = [
  'owner-account',
  'role-exists',
  'ownership',
  'trust-requester',
  'trust-closed',
  'policies-attached',
  'console-policy',
  'assume-role',
  'assume-role-denied',
];

const good = healthy();
const withoutOurTag = new Map([...good.tags].filter(([key]) => key !== 'managed-by'));
const trusting = (...statements: object[]): Partial<Found> => ({
  role: { name: 'r', arn: 'a', createdAt: at(0), trust: text(...statements) },
});

describe('a role with which nothing is wrong', () => {
  it('passes every check; an engine without a right of its own is not probed', () => {
    expect(idsThat(good, 'fail')).toEqual([]);
    expect(idsThat(good, 'skip')).toEqual(['engine:rds']);
    expect(idsThat(good, 'pass')).toEqual([...REGISTER, 'engine:lindorm', 'engine:redis', 'connection:vpc']);
  });

  it('of rds alone passes with no policy', () => {
    const rds = healthy(undefined, grants(['rds'], []));
    expect(idsThat(rds, 'fail')).toEqual([]);
    expect(idsThat(rds, 'skip')).toEqual(['policy-content', 'engine:rds']);
  });

  it('that is closed passes with no policy, and without DMS', () => {
    const closed = healthy(closedTerms);
    expect(idsThat(closed, 'fail')).toEqual([]);
    expect(idsThat(closed, 'skip')).toEqual(['policy-content']);
  });

  it('that nobody may try passes what can be read, and skips what cannot be proved', () => {
    const structural = healthy(structuralTerms);
    expect(idsThat(structural, 'fail')).toEqual([]);
    expect(idsThat(structural, 'skip')).toEqual([
      'assume-role',
      'engine:lindorm',
      'engine:rds',
      'engine:redis',
      'connection:vpc',
    ]);
  });

  it.each([
    ['the account', consoleTerms],
    ['users', usersTerms],
    ['nobody any more', { ...consoleTerms, trusted: 'nobody' } as const],
  ])('for the console and %s passes its own checks', (_what, terms) => {
    expect(idsThat(healthy(terms), 'pass')).toEqual(CONSOLE);
    expect(checkRole(healthy(terms))).toHaveLength(CONSOLE.length);
  });
});

describe('a fault is found by the check that names it, and by no other', () => {
  const probe = (id: 'redis' | 'vpc', kind: 'denied' | 'unavailable') =>
    new Map([...good.probes, [id, { kind, detail: `${id}: NoPermission` }] as const]);
  const rows: readonly [what: string, change: Partial<Found>, failing: string][] = [
    ['credentials of another account', { account: STRANGER }, 'owner-account'],
    ['no tag of ours', { tags: withoutOurTag }, 'ownership'],
    [
      'a tag that nobody here wrote',
      { tags: new Map([...good.tags, ['dms-engine-redis', 'x']]) },
      'ownership',
    ],
    ['the wrong account in the trust', trusting(dms(STRANGER), verifier()), 'trust-dms'],
    ['the UID rewritten away', trusting(allow({ Service: ['dms.aliyuncs.com'] }), verifier()), 'trust-dms'],
    [
      'a trust that cannot be read',
      { role: { name: 'r', arn: 'a', createdAt: at(0), trust: '' } },
      'trust-dms',
    ],
    ['a stranger in the trust', trusting(dms(), verifier(), allow({ RAM: ['*'] })), 'trust-closed'],
    [
      'a service in the trust',
      trusting(dms(), verifier(), allow({ Service: ['ecs.aliyuncs.com'] })),
      'trust-closed',
    ],
    ['no policy attached', { attached: [] }, 'policies-attached'],
    [
      'a foreign policy attached',
      { attached: [...good.attached, { name: 'AdministratorAccess', type: 'System' }] },
      'policies-attached',
    ],
    [
      'a policy of the right name and the wrong type',
      { attached: good.attached.map(({ name }) => ({ name, type: 'System' as const })) },
      'policies-attached',
    ],
    ['a policy that does not exist', { policyText: null }, 'policy-content'],
    [
      'an action missing',
      { policyText: good.policyText?.replace('"kvstore:ModifySecurityIps",', '') ?? null },
      'policy-content',
    ],
    [
      'an action added',
      { policyText: good.policyText?.replace('"kvstore:', '"kvstore:DeleteInstance","kvstore:') ?? null },
      'policy-content',
    ],
    [
      'a narrower resource',
      { policyText: good.policyText?.replace('"Resource":"*"', '"Resource":"acs:*:*:*:x"') ?? null },
      'policy-content',
    ],
    ['AssumeRole denied', { open: { kind: 'denied', detail: 'NoPermission' } }, 'assume-role'],
    ['a role that STS does not know', { open: { kind: 'no-role' } }, 'assume-role'],
    ['AssumeRole open without the external id', { shut: SESSION }, 'assume-role-denied'],
    ['no condition in the trust', trusting(dms(), allow({ RAM: [VERIFY] })), 'assume-role-denied'],
    ['a probe denied', { probes: probe('redis', 'denied') }, 'engine:redis'],
    ['the probe of the connection denied', { probes: probe('vpc', 'denied') }, 'connection:vpc'],
    [
      'an engine that was taken away and still answers',
      {
        revoked: ['gdb'],
        probes: new Map([...good.probes, ['gdb', { kind: 'answered', detail: 'gdb was allowed' }]]),
      },
      'engine:gdb',
    ],
  ];

  it.each(rows)('%s', (_what, change, failing) => {
    const evidence = { ...good, ...change };
    expect(idsThat(evidence, 'fail')).toEqual([failing]);
    const [check] = checkRole(evidence).filter(({ status }) => status === 'fail');
    expect(check?.detail.length).toBeGreaterThan(5);
    expect(check?.fix?.length).toBeGreaterThan(20);
  });

  it.each([
    ['the account is not trusted', trusting(verifier()), 'trust-requester'],
    [
      'another account is trusted',
      trusting(
        allow({ RAM: [`acs:ram::${REQUESTER}:root`] }),
        verifier(),
        allow({ RAM: [`acs:ram::${STRANGER}:root`] }),
      ),
      'trust-closed',
    ],
    ['the vendor’s policy is not attached', { attached: [] }, 'console-policy'],
    [
      'a foreign policy is attached',
      {
        attached: [
          { name: 'AliyunDMSLoginConsoleAccess', type: 'System' as const },
          { name: 'X', type: 'Custom' as const },
        ],
      },
      'policies-attached',
    ],
    [
      'a custom policy has the vendor’s name',
      {
        attached: [
          { name: 'AliyunDMSLoginConsoleAccess', type: 'System' as const },
          { name: 'AliyunDMSLoginConsoleAccess', type: 'Custom' as const },
        ],
      },
      'policies-attached',
    ],
  ])('on a console role: %s', (_what, change, failing) => {
    expect(idsThat({ ...healthy(consoleTerms), ...change }, 'fail')).toEqual([failing]);
  });

  it('on a console role that is closed: a policy that is still attached', () => {
    const closed = {
      ...healthy({ ...consoleTerms, trusted: 'nobody' }),
      attached: [{ name: 'AliyunDMSLoginConsoleAccess', type: 'System' as const }],
    };
    expect(idsThat(closed, 'fail')).toEqual(['policies-attached']);
  });

  it('on a closed role: DMS is still trusted, or a policy is still attached', () => {
    const closed = healthy(closedTerms);
    expect(idsThat({ ...closed, ...trusting(dms(), verifier()) }, 'fail')).toEqual(['trust-dms']);
    expect(idsThat({ ...closed, attached: good.attached }, 'fail')).toEqual(['policies-attached']);
  });

  it('on a role that nobody may try: the verify role is trusted, or the role is open', () => {
    const structural = healthy(structuralTerms);
    expect(idsThat({ ...structural, ...trusting(dms(), verifier()) }, 'fail')).toEqual(['trust-closed']);
    expect(idsThat({ ...structural, shut: SESSION }, 'fail')).toEqual(['assume-role-denied']);
  });
});

describe('an engine that was taken away', () => {
  it('passes when its read is denied', () => {
    const evidence: Found = {
      ...good,
      revoked: ['gdb'],
      probes: new Map([...good.probes, ['gdb', { kind: 'denied', detail: 'no' }]]),
    };
    expect(idsThat(evidence, 'fail')).toEqual([]);
    expect(idsThat(evidence, 'pass')).toContain('engine:gdb');
  });
});

describe('what could not be checked is skipped, which is no pass', () => {
  it('everything about a role that is not there, but its absence and the account', () => {
    const gone = {
      ...good,
      role: null,
      attached: [],
      tags: withoutOurTag,
      shut: { kind: 'no-role' } as const,
    };
    expect(idsThat(gone, 'fail')).toEqual(['role-exists']);
    expect(idsThat(gone, 'pass')).toEqual(['owner-account']);
    const console = { ...healthy(consoleTerms), role: null };
    expect(idsThat(console, 'fail')).toEqual(['role-exists']);
    expect(idsThat(console, 'pass')).toEqual(['owner-account']);
  });

  it.each([
    [
      'the probes, without a session',
      { probes: new Map() },
      ['engine:lindorm', 'engine:rds', 'engine:redis', 'connection:vpc'],
    ],
    [
      'a probe that was not answered',
      { probes: new Map([...good.probes, ['redis', { kind: 'unavailable', detail: 'no answer' }]] as const) },
      ['engine:rds', 'engine:redis'],
    ],
    [
      'a probe that was not made',
      { probes: new Map([...good.probes, ['redis', { kind: 'untried', detail: 'no time' }]] as const) },
      ['engine:rds', 'engine:redis'],
    ],
    [
      'an AssumeRole that was not made',
      { open: { kind: 'untried', detail: 'no time' } as const },
      ['assume-role', 'engine:rds'],
    ],
    [
      'a denial that was not tried',
      { shut: { kind: 'untried', detail: 'no time' } as const },
      ['assume-role-denied', 'engine:rds'],
    ],
    [
      'a denial that STS could not judge',
      { shut: { kind: 'no-role' } as const },
      ['assume-role-denied', 'engine:rds'],
    ],
  ])('%s', (_what, change, skipped) => {
    const evidence = { ...good, ...change };
    expect(idsThat(evidence, 'skip')).toEqual(skipped);
    expect(idsThat(evidence, 'fail')).toEqual([]);
    for (const check of checkRole(evidence).filter(({ status }) => status === 'skip')) {
      expect(check.detail.length).toBeGreaterThan(0);
      expect(check.fix).toBeNull();
    }
  });
});

describe('the checks', () => {
  it('have each id once, in one order, whatever was found', () => {
    const ids = checkRole(good).map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    const worst: Found = {
      ...good,
      role: null,
      tags: withoutOurTag,
      account: STRANGER,
      probes: new Map(),
    };
    expect(checkRole(worst).map(({ id }) => id)).toEqual(ids);
  });
});
