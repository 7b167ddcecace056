import { describe, expect, it } from 'vitest';
import { grants } from '../../../shared/catalogue/grants.ts';
import { desiredRole } from '../../../shared/reconcile/desired.ts';
import { REPAIR } from '../../../shared/reconcile/difference.ts';
import { readRecord } from '../../../shared/record/record.ts';
import { checkRole, isRepairable } from '../../../shared/verification/checks.ts';
import { STRANGER } from '../../kit/accounts.ts';
import {
  allow,
  consoleTerms,
  dms,
  type Found,
  healthy,
  registerTerms,
  SESSION,
  text,
  verifier,
} from '../../kit/role-documents.ts';
import { at } from '../../kit/time.ts';

const good = healthy();
const trusting = (...statements: object[]): Partial<Found> => ({
  role: { name: 'r', arn: 'a', createdAt: at(0), trust: text(...statements) },
});
const denied = { kind: 'denied', detail: 'NoPermission' } as const;
const managed = new Map([['managed-by', 'dms-handshake']]);
/** What is judged of a role by these tags, which are all that says what it should be. */
const recordedAs = (tags: ReadonlyMap<string, string>): Partial<Found> => ({
  tags,
  desired: desiredRole(readRecord(tags, at(1)), at(1), registerTerms),
});
const redisDenied = new Map([...good.probes, ['redis', denied] as const]);
const repairable = (evidence: Found) => isRepairable(evidence, checkRole(evidence));
const fixes = (evidence: Found) =>
  checkRole(evidence).flatMap(({ status, id, fix }) => (status === 'fail' ? [`${id}: ${fix}`] : []));

describe('provision can repair', () => {
  const rows: readonly [string, Partial<Found>][] = [
    ['a trust that names somebody else', trusting(dms(STRANGER), verifier())],
    ['a trust that lets somebody else in, too', trusting(dms(), verifier(), allow({ RAM: ['*'] }))],
    ['a trust without the verify role, which is refused', { ...trusting(dms()), open: denied }],
    [
      'a trust that lets verify in under another external id, which is refused',
      { ...trusting(dms(), verifier(undefined, 'other')), open: denied },
    ],
    [
      'a trust that lets everybody in, as a try shows',
      { ...trusting(dms(), verifier(), allow({ RAM: ['*'] })), shut: SESSION },
    ],
    ['a policy that was detached', { attached: [] }],
    [
      'a policy that was detached, and the read of the network that fails for it',
      { attached: [], probes: new Map([...good.probes, ['vpc', denied] as const]) },
    ],
    [
      'a policy that was left attached, and a read that passes by it',
      {
        attached: [...good.attached, { name: 'DmsCrossAccountPolicy-gdb', type: 'Custom' }],
        revoked: ['gdb'],
        probes: new Map([...good.probes, ['gdb', { kind: 'answered', detail: 'gdb was allowed' }]]),
      },
    ],
    ['a policy that was detached, and the reads that fail for it', { attached: [], probes: redisDenied }],
    ['a policy that says something else', { policyText: '{"Version":"1","Statement":[]}' }],
    ['a policy that is gone', { policyText: null, attached: [] }],
  ];
  it.each(rows)('%s', (_what, change) => {
    const evidence = { ...good, ...change };
    expect(repairable(evidence)).toBe(true);
    expect(fixes(evidence).every((fix) => fix.endsWith(REPAIR))).toBe(true);
  });

  it('the policy of a console role', () => {
    expect(repairable({ ...healthy(consoleTerms), attached: [] })).toBe(true);
  });
});

describe('nothing that provision may write repairs', () => {
  const rows: readonly [string, Partial<Found>, string][] = [
    ['a role with which nothing is wrong', {}, ''],
    ['a refused AssumeRole where the trust is exact', { open: denied }, 'its right sts:AssumeRole back'],
    ['a refused read where the rights are exact', { probes: redisDenied }, 'control policy'],
    ['both at once', { open: denied, attached: [], probes: redisDenied }, 'its right sts:AssumeRole back'],
    ['a role that is gone', { role: null }, 'send the grant again'],
    ['a role without our tag', { tags: new Map(), ...trusting(dms(STRANGER)) }, 'it will not be touched'],
    ['a role without a record', recordedAs(managed), 'take our tag off'],
    [
      'a record that cannot be read',
      { tags: new Map([...good.tags, ['dms-closed', 'x']]), attached: [] },
      'delete these',
    ],
    ['another account', { account: STRANGER, attached: [] }, 'set OWNER_UID'],
    ['a policy that is somebody else’s', { foreignPolicy: true, attached: [] }, 'rename or delete it'],
  ];
  it.each(rows)('%s', (_what, change, fix) => {
    const evidence = { ...good, ...change };
    expect(repairable(evidence)).toBe(false);
    expect(fixes(evidence).join('\n')).toContain(fix);
  });

  it('an engine that was taken away and still answers, where nothing of ours grants it', () => {
    const lindorm = healthy(undefined, grants(['lindorm'], []));
    const evidence: Found = {
      ...lindorm,
      revoked: ['redis'],
      probes: new Map([...lindorm.probes, ['redis', { kind: 'answered', detail: 'redis was allowed' }]]),
    };
    expect([repairable(evidence), fixes(evidence)]).toEqual([
      false,
      [expect.stringContaining('old reading')],
    ]);
  });
});
