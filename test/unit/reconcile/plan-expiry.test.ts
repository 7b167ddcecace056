import { describe, expect, it } from 'vitest';
import type { Access } from '../../../shared/catalogue/names.ts';
import { trustDocument } from '../../../shared/catalogue/trust.ts';
import type { AttachedPolicy } from '../../../shared/ports.ts';
import { desiredRole } from '../../../shared/reconcile/desired.ts';
import { applyChange } from '../../../shared/record/apply-change.ts';
import { type AccessRecord, EMPTY_RECORD, type GrantId } from '../../../shared/record/record.ts';
import { type Millis, millis } from '../../../shared/runtime/millis.ts';
import { expiryOf } from '../../kit/views.ts';

const START = Date.parse('2026-11-23T10:00:00.000Z');
const at = (minute: number): Millis => millis(START + minute * 60_000);
const [OWNER, REQUESTER] = ['2000000000000002', '1000000000000001'];
const terms = (access: Access) => ({
  access,
  ownerUid: OWNER,
  requesterUid: REQUESTER,
  verifyRoleArn: `acs:ram::${OWNER}:role/dms-handshake-verify`,
});

/** A record of grants, each with the minute of its end. */
const recordOf = (ends: Readonly<Record<string, number | null>>): AccessRecord =>
  Object.entries(ends).reduce(
    (record, [id, end]) =>
      applyChange(record, {
        action: 'grant',
        ids: [id as GrantId],
        at: at(0),
        until: end === null ? null : at(end),
      }).record,
    EMPTY_RECORD,
  );

/** What RAM holds of a record as of a minute, and what expiry does about it later. */
function expiry(access: Access, record: AccessRecord, minute: number, drift: Drift = {}) {
  const before = desiredRole(record, at(0), terms(access));
  const { record: next } = applyChange(record, { action: 'expire', now: at(minute) });
  const policy = before.policy;
  const own =
    policy === null
      ? []
      : [{ name: policy.name, type: policy.kind === 'ours' ? ('Custom' as const) : ('System' as const) }];
  const observed = {
    role: { name: before.roleName, trust: drift.trust ?? JSON.stringify(before.trust) },
    tags: drift.tags ?? before.tags,
    attached: [...(drift.attached ?? own), ...(drift.also ?? [])],
    policyText: drift.policyText ?? null,
  };
  return expiryOf(observed, desiredRole(next, at(minute), terms(access)), next, at(minute))
    .flat()
    .map(({ operation, target }) => `${operation} ${target}`);
}

interface Drift {
  readonly tags?: ReadonlyMap<string, string>;
  readonly policyText?: string;
  readonly trust?: string;
  readonly attached?: readonly { name: string; type: 'Custom' | 'System' }[];
  readonly also?: readonly { name: string; type: 'Custom' | 'System' }[];
}

const ROLE = `dms-cross-account-${REQUESTER}`;
const CONSOLE = `dms-console-access-${REQUESTER}`;
const FOREIGN = { name: 'AdministratorAccess', type: 'System' } as const;
const VENDORS = { name: 'AliyunDMSLoginConsoleAccess', type: 'System' } as const;

describe('the end of a grant', () => {
  it('is nothing while nothing has ended, whatever has drifted', () => {
    expect(expiry('register', recordOf({ redis: 60 }), 59, { also: [FOREIGN], trust: '{}' })).toEqual([]);
  });

  // Found by the scenario least-privilege, seed 7.
  it('takes the connections along where it is that of the last engine', () => {
    const ends = expiry('register', recordOf({ rds: 60, vpc: null }), 61);
    expect(ends).toContain('detach-policy DmsCrossAccountPolicy-vpc');
    const stays = expiry('register', recordOf({ rds: 60, 'polardb-mysql': null, vpc: null }), 61);
    expect(stays.filter((one) => one.startsWith('detach'))).toEqual([]);
  });

  it('leaves a policy of connections that somebody attached while an engine remains', () => {
    const also = [{ name: 'DmsCrossAccountPolicy-vpc', type: 'Custom' as const }];
    const done = expiry('register', recordOf({ redis: 60, gdb: null }), 61, { also });
    expect(done).toContain('detach-policy DmsCrossAccountPolicy-gdb-redis');
    expect(done).not.toContain('detach-policy DmsCrossAccountPolicy-vpc');
  });

  it('is nothing while nothing has ended, even of its tags', () => {
    expect(expiry('register', recordOf({ redis: 60 }), 59, { tags: new Map() })).toEqual([]);
  });

  it('makes no role where there is none', () => {
    const record = recordOf({ redis: 60, gdb: null });
    const nothing = { role: null, tags: new Map(), attached: [], policyText: null };
    expect(expiryOf(nothing, desiredRole(record, at(61), terms('register')), record, at(61))).toEqual([]);
  });

  it('has no stage in which nothing is to be done', () => {
    const record = recordOf({ rds: 60, 'polardb-mysql': null });
    const before = desiredRole(record, at(0), terms('register'));
    const role = { name: before.roleName, trust: JSON.stringify(before.trust) };
    const observed = {
      role,
      tags: new Map([['managed-by', 'dms-handshake']]),
      attached: [FOREIGN],
      policyText: null,
    };
    const stages = expiryOf(observed, desiredRole(record, at(61), terms('register')), record, at(61));
    expect(stages.map((stage) => stage.map(({ operation }) => operation))).toEqual([['tag-role']]);
  });

  it('mends the smaller policy where it is there and says something else', () => {
    const done = expiry('register', recordOf({ redis: 60, gdb: null }), 61, { policyText: '{}' });
    expect(done).toContain('create-policy-version DmsCrossAccountPolicy-gdb');
  });

  it.each<[what: string, access: Access, ends: Record<string, number | null>, policy: AttachedPolicy]>([
    ['the vendor’s, on a register role', 'register', { redis: 60 }, VENDORS],
    ['another of the vendor’s, on a console role', 'console', { account: 60 }, FOREIGN],
    [
      'one of another name that ends in an engine',
      'register',
      { redis: 60 },
      { name: 'SomebodyOfTheTeamMade-redis', type: 'Custom' },
    ],
    [
      'one of ours for what has not ended',
      'register',
      { redis: 60, lindorm: null },
      { name: 'DmsCrossAccountPolicy-gdb', type: 'Custom' },
    ],
    [
      'one of ours for a way to connect that another needs still',
      'register',
      { redis: null, vpc: 60, 'dedicated-line': null },
      { name: 'DmsCrossAccountPolicy-gdb-vpc', type: 'Custom' },
    ],
  ])('leaves a policy that somebody attached: %s', (_what, access, ends, policy) => {
    const done = expiry(access, recordOf(ends), 61, { also: [policy] });
    expect(done.length).toBeGreaterThan(0);
    expect(done).not.toContain(`detach-policy ${policy.name}`);
  });

  it('takes away one of ours that grants what has ended, whoever attached it', () => {
    const policy = { name: 'DmsCrossAccountPolicy-redis-vpc', type: 'Custom' } as const;
    expect(expiry('register', recordOf({ redis: 60, gdb: null }), 61, { also: [policy] })).toContain(
      'detach-policy DmsCrossAccountPolicy-redis-vpc',
    );
  });

  it('of the whole account leaves the users in whose grant goes on', () => {
    expect(expiry('console', recordOf({ account: 5, 'user:bob': null }), 9)).toEqual([
      `tag-role ${CONSOLE}`,
      `update-trust ${CONSOLE}`,
    ]);
  });

  it('puts the smaller set in the place of the larger, and leaves a foreign policy and the trust alone', () => {
    expect(expiry('register', recordOf({ redis: 60, gdb: null }), 61, { also: [FOREIGN] })).toEqual([
      `tag-role ${ROLE}`,
      'create-policy DmsCrossAccountPolicy-gdb',
      'attach-policy DmsCrossAccountPolicy-gdb',
      'detach-policy DmsCrossAccountPolicy-gdb-redis',
    ]);
  });

  it('does not give back what somebody took away by hand', () => {
    expect(expiry('register', recordOf({ redis: 60, gdb: null }), 61, { attached: [] })).toEqual([
      `tag-role ${ROLE}`,
    ]);
  });

  it('of the last one shuts the role', () => {
    expect(expiry('register', recordOf({ redis: 60 }), 61)).toEqual([
      `tag-role ${ROLE}`,
      'detach-policy DmsCrossAccountPolicy-redis',
      `update-trust ${ROLE}`,
    ]);
  });

  it('shuts it also where whom it was for is let in by other words', () => {
    const trust = trustDocument({ ...terms('register'), trusted: 'dms' });
    const [documented, ...rest] = trust.Statement;
    const altered = {
      ...trust,
      Statement: [{ ...documented, Condition: { StringEquals: { 'acs:SourceVpc': ['v'] } } }, ...rest],
    };
    expect(expiry('register', recordOf({ rds: 60 }), 61, { trust: JSON.stringify(altered) })).toEqual([
      `tag-role ${ROLE}`,
      `update-trust ${ROLE}`,
    ]);
  });

  it('is finished by the next writer where one died after the record was written', () => {
    const record = applyChange(recordOf({ redis: 60, gdb: null }), { action: 'expire', now: at(61) }).record;
    const attached = [{ name: 'DmsCrossAccountPolicy-gdb-redis', type: 'Custom' as const }];
    expect(expiry('register', record, 90, { attached })).toEqual([
      'create-policy DmsCrossAccountPolicy-gdb',
      'attach-policy DmsCrossAccountPolicy-gdb',
      'detach-policy DmsCrossAccountPolicy-gdb-redis',
    ]);
  });

  it('of the way to connect takes its document away', () => {
    const done = expiry('register', recordOf({ redis: null, vpc: 60 }), 61);
    expect(done).toContain('attach-policy DmsCrossAccountPolicy-redis');
    expect(done).toContain('detach-policy DmsCrossAccountPolicy-redis-vpc');
  });

  it('of one RAM user takes that one out of the trust, and a stranger there with it: it is written whole', () => {
    const record = recordOf({ 'user:alice': 60, 'user:bob': null });
    expect(expiry('console', record, 61)).toEqual([
      `tag-role dms-console-access-${REQUESTER}`,
      `update-trust dms-console-access-${REQUESTER}`,
    ]);
  });

  // Found by the scenario `least-privilege`, seed 1: the end of the account's grant hid those of its users for good.
  it('of one RAM user takes that one out also where the grant of the whole account has ended before', () => {
    const record = recordOf({ account: 5, 'user:alice': 10, 'user:bob': null });
    const trust = JSON.stringify(trustDocument({ ...terms('console'), trusted: ['alice', 'bob'] }));
    expect(expiry('console', record, 9, { trust })).toEqual([`tag-role ${CONSOLE}`]);
    expect(expiry('console', record, 10, { trust })).toEqual([
      `tag-role ${CONSOLE}`,
      `update-trust ${CONSOLE}`,
    ]);
  });

  it('of one engine leaves the trust of a role that stays open alone, whatever it says', () => {
    const done = expiry('register', recordOf({ redis: 60, gdb: null }), 61, {
      trust: '{"Version":"1","Statement":[]}',
    });
    expect(done.filter((one) => one.startsWith('update-trust'))).toEqual([]);
  });

  it('of console access takes the vendor’s policy away, too', () => {
    expect(expiry('console', recordOf({ account: 60 }), 61)).toEqual([
      `tag-role dms-console-access-${REQUESTER}`,
      'detach-policy AliyunDMSLoginConsoleAccess',
      `update-trust dms-console-access-${REQUESTER}`,
    ]);
  });
});
