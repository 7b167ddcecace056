import { describe, expect, it } from 'vitest';
import { grants } from '../../../shared/catalogue/grants.ts';
import type { Operation } from '../../../shared/ports.ts';
import { desiredRole } from '../../../shared/reconcile/desired.ts';
import { knownAfter } from '../../../shared/reconcile/known-after.ts';
import type { Known } from '../../../shared/reconcile/observe.ts';
import { OWNER } from '../../kit/accounts.ts';
import { consoleTerms, recordFor } from '../../kit/role-documents.ts';
import { at } from '../../kit/time.ts';
import {
  attaching,
  creating,
  deleting,
  desired,
  ROLE,
  trusted,
  trusting,
  WANTED,
} from '../../kit/written-here.ts';

const target = WANTED.name;
const document = { Statement: [], Version: '1' as const };
const making: Operation = { operation: 'create-policy', target, reason: 'a test', document };
const renewing: Operation = { ...making, operation: 'create-policy-version' };

const before: Known = { role: trusted('as it was made'), policy: { name: 'another', text: null } };
const { role, policy } = before;
const made = {
  name: ROLE,
  arn: `acs:ram::${OWNER}:role/${ROLE}`,
  trust: JSON.stringify(desired.trust),
  createdAt: at(5),
};
const text = desired.policy?.kind === 'ours' ? JSON.stringify(desired.policy.document) : null;

describe('what need not be read back', () => {
  it.each<readonly [string, readonly Operation[], Known]>([
    ['all that was known, where nothing was written', [], before],
    ['all that was known, where only a policy was put on', [attaching(WANTED)], before],
    ['a role that was created', [creating(desired.trust)], { role: made, policy }],
    ['no role whose trust was updated', [trusting(desired.trust)], { policy }],
    ['a policy that was created', [making], { role, policy: { name: target, text } }],
    ['a policy that has a new version', [renewing], { role, policy: { name: target, text } }],
    ['nothing, after the role was deleted', [making, deleting], {}],
  ])('%s', (_what, done, after) => {
    expect(knownAfter(before, done, desired, at(5))).toEqual(after);
  });

  it('is no policy of ours on a console role, whose policy is the vendor’s', () => {
    const console = desiredRole(recordFor(consoleTerms, grants([], [])), at(1), consoleTerms);
    expect(console.policy?.kind).toBe('system');
    expect(knownAfter({}, [making], console, at(5))).toEqual({});
  });
});
