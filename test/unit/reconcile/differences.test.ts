import { describe, expect, it } from 'vitest';
import type { TrustTerms } from '../../../shared/catalogue/trust.ts';
import type { AttachedPolicy } from '../../../shared/ports.ts';
import { type Desired, desiredRole } from '../../../shared/reconcile/desired.ts';
import { diff } from '../../../shared/reconcile/diff.ts';
import { attachmentDifferences } from '../../../shared/reconcile/diff-attachments.ts';
import { contentDifferences } from '../../../shared/reconcile/diff-permission.ts';
import { type AccessRecord, EMPTY_RECORD, type GrantId } from '../../../shared/record/record.ts';
import { STRANGER } from '../../kit/accounts.ts';
import { closedTerms, consoleTerms, dms, registerTerms, text, verifier } from '../../kit/role-documents.ts';
import { at } from '../../kit/time.ts';
import { observedAs, type Seen } from '../../kit/views.ts';

const recordOf = (...ids: readonly GrantId[]): AccessRecord => ({
  ...EMPTY_RECORD,
  entries: new Map(ids.map((id) => [id, { state: 'granted', at: at(0), until: null }])),
});
const desired = (terms: TrustTerms, ...ids: readonly GrantId[]): Desired =>
  desiredRole(recordOf(...ids), at(1), terms);

const REDIS = desired(registerTerms, 'redis');
const CONSOLE = desired(consoleTerms, 'account');
const CLOSED = desired(closedTerms);

/** A role as it must be, but for what is said. */
const seen = (role: Desired, over: Partial<Seen> = {}) =>
  observedAs(
    {
      role: { name: role.roleName, trust: JSON.stringify(role.trust) },
      tags: role.tags,
      attached:
        role.policy === null
          ? []
          : [{ name: role.policy.name, type: role.policy.kind === 'ours' ? 'Custom' : 'System' }],
      policyText: role.policy?.kind === 'ours' ? JSON.stringify(role.policy.document) : null,
      ...over,
    },
    role,
  );

const custom = (name: string): AttachedPolicy => ({ name, type: 'Custom' });
const system = (name: string): AttachedPolicy => ({ name, type: 'System' });
const READS = 'AliyunDMSReadOnlyAccess';

describe('a policy that is attached and should not be', () => {
  const own = CONSOLE.policy?.name ?? '';

  it.each([
    ['of an engine that is not granted', REDIS, custom('DmsCrossAccountPolicy-gdb'), ['gdb'], 'ours'],
    ['of more than is granted', REDIS, custom('DmsCrossAccountPolicy-gdb-redis'), ['gdb'], 'ours'],
    ['of connections', REDIS, custom('DmsCrossAccountPolicy-redis-vpc'), ['dedicated-line', 'vpc'], 'ours'],
    ['narrowed to instances', REDIS, custom(`DmsCrossAccountPolicy-redis-${'0'.repeat(20)}`), [], 'ours'],
    ['of connections, on a closed role', CLOSED, custom('DmsCrossAccountPolicy-vpc'), 'everything', 'ours'],
    ['of somebody else', REDIS, custom('payroll'), [], 'foreign'],
    ['that only ends like ours', REDIS, custom('x-DmsCrossAccountPolicy-'), [], 'foreign'],
    ['of the vendor', REDIS, system(READS), [], 'foreign'],
    ['of the vendor, with our name', REDIS, system('DmsCrossAccountPolicy-redis'), [], 'foreign'],
    ['of the console, on a role for DMS', REDIS, system(own), [], 'foreign'],
    [
      'of the console, on a closed console role',
      desired({ ...consoleTerms, trusted: 'nobody' }),
      system(own),
      'everything',
      'ours',
    ],
    ['of the vendor, on a console role', CONSOLE, system(READS), [], 'foreign'],
    ['of engines, on a console role', CONSOLE, custom('DmsCrossAccountPolicy-redis'), ['redis'], 'foreign'],
  ] as const)('%s', (_what, role, policy, opens, whose) => {
    const before = seen(role);
    const [found, ...more] = attachmentDifferences(
      { ...before, attached: [...before.attached, policy] },
      role,
    );
    expect(more).toEqual([]);
    expect([
      found?.check,
      found?.detail,
      found?.write?.target,
      found?.opens === 'everything' ? 'everything' : found?.opens.toSorted(),
      found?.foreign === true ? 'foreign' : 'ours',
    ]).toEqual([
      'policies-attached',
      `the ${policy.type === 'System' ? 'system ' : ''}policy ${policy.name} is attached`,
      policy.name,
      opens,
      whose,
    ]);
  });

  it('is told beside the one that is missing', () => {
    const found = (role: Desired) =>
      attachmentDifferences(seen(role, { attached: [custom('payroll')] }), role).map(
        ({ check, detail }) => `${check}: ${detail}`,
      );
    expect(found(REDIS)).toEqual([
      'policies-attached: DmsCrossAccountPolicy-redis is not attached',
      'policies-attached: the policy payroll is attached',
    ]);
    expect(found(CONSOLE)).toEqual([
      `console-policy: the system policy ${own} is not attached`,
      'policies-attached: the policy payroll is attached',
    ]);
  });
});

describe('the list of differences', () => {
  const told = (role: Desired, over: Partial<Seen> = {}) =>
    diff(seen(role, over), role).map(
      ({ check, write, detail }) => `${check} ${write?.operation ?? 'no write'}: ${detail}`,
    );

  it('is empty where a role is what its record says', () => {
    for (const role of [REDIS, CONSOLE, desired(registerTerms, 'rds')]) expect(told(role)).toEqual([]);
  });

  it('has one entry where there is no role, and what its policy lacks', () => {
    expect(told(REDIS, { role: null, tags: new Map() })).toEqual([
      'role-exists create-role: there is no such role',
    ]);
  });

  it('names the account that it was read in', () => {
    const found = diff({ ...seen(REDIS), account: STRANGER }, REDIS);
    expect(found.map(({ check, write }) => [check, write])).toEqual([['owner-account', null]]);
  });

  it('tells of tags that are missing, and of those that go to make room', () => {
    const tags = new Map([...REDIS.tags].filter(([key]) => key === 'managed-by'));
    expect(told(REDIS, { tags })).toEqual(['ownership tag-role: records dms-engine-redis']);
    const freeing: Desired = { ...REDIS, freed: ['dms-engine-gdb', 'dms-engine-rds'] };
    const found = diff(seen(freeing), freeing);
    expect(found).toMatchObject([
      {
        check: 'ownership',
        detail: 'makes room: dms-engine-gdb, dms-engine-rds ended more than a day ago',
        write: { operation: 'untag-role', target: REDIS.roleName, keys: freeing.freed },
        opens: [],
      },
    ]);
  });

  it('says of a trust what write ends it', () => {
    expect(told(REDIS, { role: { name: 'r', trust: text(dms(STRANGER), verifier()) } })).toHaveLength(2);
    expect(told(REDIS, { role: { name: 'r', trust: text(verifier()) } })).toEqual([
      expect.stringMatching(/^trust-dms update-trust: /),
    ]);
  });

  it('tells a text of ours that somebody changed from one that is not there', () => {
    const found = (policyText: string | null) =>
      contentDifferences(seen(REDIS, { policyText }), REDIS).map(({ foreign = false, detail }) => [
        foreign,
        detail,
      ]);
    expect(found(null)).toEqual([[false, 'the policy DmsCrossAccountPolicy-redis does not exist']]);
    expect(found('x')).toEqual([[true, 'the document cannot be read as a RAM policy']]);
    expect(contentDifferences(seen(CONSOLE), CONSOLE)).toEqual([]);
  });
});
