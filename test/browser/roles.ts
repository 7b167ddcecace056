import type { Check } from '../../events/check.ts';
import type { RoleReport } from '../../events/report.ts';
import { POLICY_ENGINES } from '../../shared/catalogue/engine.ts';

/** Says what a markup language would make something of. */
export const HOSTILE = `</script><script>window.owned=1</script><img src=x onerror="window.owned=1">'"&<!--\u2028\u202e\u001b[2J`;

const pass = (id: string, detail: string): Check => ({ id, status: 'pass', detail, fix: null });
const skip = (id: string): Check => ({
  id,
  status: 'skip',
  detail: 'needs no policy: nothing to probe',
  fix: null,
});
const fail = (id: string, detail: string): Check => ({
  id,
  status: 'fail',
  detail,
  fix: 'send the request again: it restores what the record says; find out who changed it in ActionTrail',
});

/** What may be wrong with a role: the check, and what it says. */
const FAULTS = [
  [
    'policies-attached',
    (n: number) => `the policy ${n % 3 === 1 ? HOSTILE : 'AdministratorAccess'} is attached`,
  ],
  ['trust-closed', () => 'also trusts: Allow sts:assumerole for RAM acs:ram::3333333333333333:root'],
  ['assume-role-denied', () => 'AssumeRole without the external id gave a session'],
] as const;

const END = '2027-01-31T00:00:00.000Z';

/** The n-th of many roles: every 25th failed, every 40th closed, every 7th for the console. */
export function roleOf(n: number): RoleReport {
  const uid = String(1_000_000_000_000_000 + n * 37);
  const access = n % 7 === 3 ? 'console' : 'register';
  const name = access === 'console' ? 'dms-console-access' : 'dms-cross-account';
  const closed = n % 40 === 11;
  const failed = n % 25 === 4 && !closed;
  const engines =
    closed || access === 'console'
      ? []
      : [POLICY_ENGINES[n % 9] ?? 'redis', POLICY_ENGINES[(n + 4) % 9] ?? 'gdb'];
  const right = [
    pass('owner-account', 'everything was read in account 2000000000000002'),
    pass('role-exists', `acs:ram::2000000000000002:role/${name}-${uid}`),
    pass('ownership', 'tagged managed-by=dms-handshake'),
    access === 'console'
      ? pass('trust-requester', `trusts the RAM identities of account ${uid}`)
      : pass('trust-dms', `trusts ${uid}@dms.aliyuncs.com exactly as documented`),
    pass('trust-closed', 'trusts nobody else but acs:ram::2000000000000002:role/dms-handshake-verify'),
    pass('policies-attached', 'DmsCrossAccountPolicy, and no other'),
    access === 'console'
      ? pass('console-policy', 'the system policy is attached')
      : pass('policy-content', 'says what the vendor documents, action for action'),
    pass('assume-role', `AssumeRole under the external id dms-handshake:${uid} gave a session`),
    pass('assume-role-denied', 'AssumeRole without the external id was denied'),
    ...engines.map((id) => pass(`engine:${id}`, 'a read was allowed')),
    ...(n % 11 === 5 ? [skip('engine:rds')] : []),
  ];
  const [broken, words] = FAULTS[Math.floor(n / 25) % FAULTS.length] ?? FAULTS[0];
  return {
    roleArn: `acs:ram::2000000000000002:role/${name}-${uid}`,
    requesterUid: uid,
    access,
    status: failed ? 'failed' : closed ? 'revoked' : 'verified',
    assurance: 'assumed',
    grants: engines.map((id) => ({
      id,
      expiresAt: n % 13 === 2 ? END : null,
      instances: null,
      readOnly: false,
    })),
    lastUsedOn: n % 5 === 1 ? '2026-11-20' : null,
    checks: right.map((check) => (failed && check.id === broken ? fail(broken, words(n)) : check)),
  };
}

export const rolesOf = (count: number): readonly RoleReport[] =>
  Array.from({ length: count }, (_, n) => roleOf(n));
