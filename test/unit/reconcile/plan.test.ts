import { describe, expect, it } from 'vitest';
import { permissionDocument } from '../../../shared/catalogue/permission.ts';
import type { TrustTerms } from '../../../shared/catalogue/trust.ts';
import type { Operation } from '../../../shared/ports.ts';
import { attachedForm, type Desired, desiredRole } from '../../../shared/reconcile/desired.ts';
import { planRemoval } from '../../../shared/reconcile/plan.ts';
import type { Entry } from '../../../shared/record/entry.ts';
import { type AccessRecord, EMPTY_RECORD, type GrantId } from '../../../shared/record/record.ts';
import { STRANGER } from '../../kit/accounts.ts';
import { closedTerms, consoleTerms, dms, registerTerms, text, verifier } from '../../kit/role-documents.ts';
import { at } from '../../kit/time.ts';
import { planOf, type Seen } from '../../kit/views.ts';

const ROLE = 'dms-cross-account-1000000000000001';

const granted: Entry = { state: 'granted', at: at(0), until: null };
const recordOf = (...ids: GrantId[]): AccessRecord => ({
  ...EMPTY_RECORD,
  entries: new Map(ids.map((id) => [id, granted])),
});
const wish = (record: AccessRecord, terms: TrustTerms = registerTerms): Desired =>
  desiredRole(record, at(1), terms);

const NOTHING: Seen = { role: null, tags: new Map(), attached: [], policyText: null };

/** What would be read if everything were as desired. */
function asDesired(desired: Desired): Seen {
  const attached = attachedForm(desired);
  return {
    role: { name: desired.roleName, trust: JSON.stringify(desired.trust) },
    tags: desired.tags,
    attached: attached === null ? [] : [attached],
    policyText: desired.policy?.kind === 'ours' ? JSON.stringify(desired.policy.document) : null,
  };
}

const names = (stages: readonly (readonly Operation[])[]) =>
  stages.map((stage) => stage.map(({ operation, target }) => `${operation} ${target}`));

describe('a plan', () => {
  it('makes a role, its policy, and then attaches it', () => {
    expect(names(planOf(NOTHING, wish(recordOf('redis', 'lindorm'))))).toEqual([
      [`create-role ${ROLE}`, 'create-policy DmsCrossAccountPolicy-lindorm-redis'],
      ['attach-policy DmsCrossAccountPolicy-lindorm-redis'],
    ]);
  });

  it('makes no policy where the trust is enough', () => {
    expect(names(planOf(NOTHING, wish(recordOf('rds'))))).toEqual([[`create-role ${ROLE}`]]);
  });

  it('uses a policy that exists', () => {
    const desired = wish(recordOf('gdb'));
    const policyText = JSON.stringify(permissionDocument(['gdb']));
    expect(names(planOf({ ...NOTHING, policyText }, desired))).toEqual([
      [`create-role ${ROLE}`],
      ['attach-policy DmsCrossAccountPolicy-gdb'],
    ]);
  });

  it.each([
    ['register', wish(recordOf('redis', 'vpc'))],
    ['register by trust alone', wish(recordOf('rds'))],
    ['console', wish(recordOf('account'), consoleTerms)],
    ['closed', wish(recordOf(), closedTerms)],
  ])('is empty when nothing differs: %s', (_what, desired) => {
    expect(planOf(asDesired(desired), desired)).toEqual([]);
  });

  it('is empty when the difference is one of writing only', () => {
    const desired = wish(recordOf('hologres'));
    const observed: Seen = {
      ...asDesired(desired),
      role: { name: ROLE, trust: text(verifier(), dms()) },
      policyText: text({
        Resource: ['*'],
        Action: ['hologram:ListInstances', 'HOLOGRAM:GetInstance'],
        Effect: 'Allow',
      }),
      tags: new Map([...desired.tags, ['cost-center', '4711']]),
    };
    expect(planOf(observed, desired)).toEqual([]);
  });

  it('adds engines: a policy if new, one attach, one detach, attach first', () => {
    const before = asDesired(wish(recordOf('redis')));
    const after = wish(recordOf('redis', 'lindorm', 'gdb'));
    expect(names(planOf({ ...before, policyText: null }, after))).toEqual([
      [`tag-role ${ROLE}`, 'create-policy DmsCrossAccountPolicy-gdb-lindorm-redis'],
      ['attach-policy DmsCrossAccountPolicy-gdb-lindorm-redis'],
      ['detach-policy DmsCrossAccountPolicy-redis'],
    ]);
  });

  it('writes no more tags than differ', () => {
    const before = asDesired(wish(recordOf('redis')));
    const [[tag] = []] = planOf({ ...before, policyText: null }, wish(recordOf('redis', 'gdb')));
    if (tag?.operation !== 'tag-role') throw new Error(tag?.operation);
    expect([...tag.tags.keys()]).toEqual(['dms-engine-gdb']);
    expect(tag.reason).toBe('records dms-engine-gdb');
  });

  it('mends the trust before anything is attached', () => {
    const desired = wish(recordOf('redis'));
    const observed = {
      ...asDesired(desired),
      role: { name: ROLE, trust: text(dms(STRANGER)) },
      attached: [],
    };
    expect(names(planOf(observed, desired))).toEqual([
      [`update-trust ${ROLE}`],
      ['attach-policy DmsCrossAccountPolicy-redis'],
    ]);
  });

  it('mends a shared policy by a new version, and says what was wrong with it', () => {
    const desired = wish(recordOf('gdb'));
    const policyText = text({ Action: ['gdb:*'], Effect: 'Allow', Resource: '*' });
    const [[mend] = []] = planOf({ ...asDesired(desired), policyText }, desired);
    expect(mend).toMatchObject({ operation: 'create-policy-version', target: 'DmsCrossAccountPolicy-gdb' });
    expect(mend?.reason).toBe(
      'differs from the catalogue: gdb:describedbinstances is missing; Allow gdb:* on * was not asked for',
    );
  });

  it('takes away what somebody else attached, sorted', () => {
    const desired = wish(recordOf('gdb'));
    const ours = { name: 'DmsCrossAccountPolicy-gdb', type: 'Custom' } as const;
    const attached = [
      { name: 'Z', type: 'Custom' } as const,
      { name: 'AdministratorAccess', type: 'System' } as const,
      { ...ours, type: 'System' as const },
      ours,
    ];
    expect(planOf({ ...asDesired(desired), attached }, desired)).toMatchObject([
      [
        { operation: 'detach-policy', policy: { name: 'AdministratorAccess', type: 'System' } },
        { operation: 'detach-policy', policy: { ...ours, type: 'System' } },
        { operation: 'detach-policy', policy: { name: 'Z', type: 'Custom' } },
      ],
    ]);
  });

  it('closes a role: the record first, its policies next, its trust last', () => {
    const before = asDesired(wish(recordOf('redis')));
    const closed = wish({ ...recordOf('redis'), closedAt: at(0.5) });
    expect(names(planOf({ ...before, policyText: null }, closed))).toEqual([
      [`tag-role ${ROLE}`],
      ['detach-policy DmsCrossAccountPolicy-redis'],
      [`update-trust ${ROLE}`],
    ]);
  });

  it('keeps the record of a revoke that comes before any role: nobody is trusted', () => {
    const closed = wish({ ...EMPTY_RECORD, closedAt: at(0) });
    const stages = planOf(NOTHING, closed);
    expect(names(stages)).toEqual([[`create-role ${ROLE}`]]);
    expect(stages[0]?.[0]?.reason).toContain('keeps the record of a revoke');
    expect(JSON.stringify(closed.trust)).not.toContain('dms.aliyuncs.com');
  });

  it('of console access attaches the vendor’s policy and makes none', () => {
    expect(names(planOf(NOTHING, wish(recordOf('account'), consoleTerms)))).toEqual([
      ['create-role dms-console-access-1000000000000001'],
      ['attach-policy AliyunDMSLoginConsoleAccess'],
    ]);
  });

  it('opens a closed role again', () => {
    const before = asDesired(wish({ ...recordOf('redis'), closedAt: at(0.5) }));
    const again = wish({
      entries: new Map([['redis', { ...granted, at: at(0.75) }]]),
      closedAt: at(0.5),
      unreadable: [],
    });
    expect(names(planOf({ ...before, policyText: null }, again))).toEqual([
      [`tag-role ${ROLE}`, 'create-policy DmsCrossAccountPolicy-redis'],
      [`update-trust ${ROLE}`],
      ['attach-policy DmsCrossAccountPolicy-redis'],
    ]);
  });

  it('gives a reason for everything', () => {
    const observed = { ...asDesired(wish(recordOf('gdb'))), role: { name: ROLE, trust: '' }, policyText: '' };
    const operations = planOf(observed, wish(recordOf('redis'))).flat();
    expect(operations.map(({ operation }) => operation)).toEqual([
      'tag-role',
      'create-policy-version',
      'update-trust',
      'attach-policy',
      'detach-policy',
    ]);
    expect(operations.map(({ reason }) => reason)).toEqual([
      'records dms-engine-redis',
      'differs from the catalogue: the document cannot be read as a RAM policy',
      'the trust policy is not the documented one',
      `to ${ROLE}`,
      `from ${ROLE}: not what the record grants`,
    ]);
  });

  it('gives a reason for what is made, and for what is closed and removed', () => {
    const reasons = (stages: readonly (readonly Operation[])[]) => stages.flat().map(({ reason }) => reason);
    expect(reasons(planOf(NOTHING, wish(recordOf('redis'))))).toEqual([
      'the requester has no role yet',
      'no policy of this set of engines exists yet',
      `to ${ROLE}`,
    ]);
    const closed = wish({ ...EMPTY_RECORD, closedAt: at(0) });
    expect(reasons(planOf(NOTHING, closed))).toEqual([
      'keeps the record of a revoke, so that no older grant can come after it',
    ]);
    expect(reasons(planOf(asDesired(wish(recordOf('rds'))), closed))).toEqual([
      'records dms-closed',
      'nobody is to assume the role any more',
    ]);
    expect(reasons(planRemoval(asDesired(closed), ROLE))).toEqual([
      'closed for longer than a late message can take',
    ]);
  });

  it('names the tags that it writes in order', () => {
    const observed = { ...asDesired(wish(recordOf())), tags: new Map([['managed-by', 'dms-handshake']]) };
    const [tag] = planOf(observed, wish(recordOf('redis', 'gdb'))).flat();
    expect(tag?.reason).toBe('records dms-engine-gdb, dms-engine-redis');
  });

  it('writes no tag on a role that lacks ours: whose it is is not for the plan to say', () => {
    const observed = { ...asDesired(wish(recordOf('redis'))), tags: new Map() };
    expect(
      planOf(observed, wish(recordOf('redis', 'gdb')))
        .flat()
        .map(({ operation }) => operation),
    ).not.toContain('tag-role');
  });
});

describe('the removal of a role', () => {
  it('detaches everything, then deletes it', () => {
    const observed = asDesired(wish(recordOf('redis')));
    expect(names(planRemoval(observed, ROLE))).toEqual([
      ['detach-policy DmsCrossAccountPolicy-redis'],
      [`delete-role ${ROLE}`],
    ]);
    expect(names(planRemoval({ ...observed, attached: [] }, ROLE))).toEqual([[`delete-role ${ROLE}`]]);
  });

  it('is nothing to do where there is no role', () => {
    expect(planRemoval(NOTHING, ROLE)).toEqual([]);
  });
});
