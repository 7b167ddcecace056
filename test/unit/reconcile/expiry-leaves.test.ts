import { expect, it } from 'vitest';
import { desiredRole } from '../../../shared/reconcile/desired.ts';
import { applyChange } from '../../../shared/record/apply-change.ts';
import { EMPTY_RECORD } from '../../../shared/record/record.ts';
import { millis } from '../../../shared/runtime/millis.ts';
import { expiryOf } from '../../kit/views.ts';

const [OWNER, REQUESTER] = ['2000000000000002', '1000000000000001'];
const NOW = Date.parse('2026-11-23T10:00:00.000Z');
const terms = { access: 'register', ownerUid: OWNER, requesterUid: REQUESTER, verifyRoleArn: null } as const;

/** A grant of redis that has ended. */
const { record } = applyChange(EMPTY_RECORD, {
  action: 'grant',
  ids: ['redis'],
  at: millis(NOW - 2),
  until: millis(NOW - 1),
});
const desired = desiredRole(record, millis(NOW), terms);
const names = (observed: Parameters<typeof expiryOf>[0]) =>
  expiryOf(observed, desired, record, millis(NOW))
    .flat()
    .map(({ operation }) => operation);

it('the end of a grant makes no role that is not there', () => {
  expect(names({ role: null, tags: new Map(), attached: [], policyText: null })).not.toContain('create-role');
});

it('the end of a grant leaves a custom policy of others attached', () => {
  const theirs = { name: 'redis-for-all', type: 'Custom' } as const;
  const role = { name: desired.roleName, trust: JSON.stringify(desired.trust) };
  expect(names({ role, tags: desired.tags, attached: [theirs], policyText: null })).toEqual([]);
});
