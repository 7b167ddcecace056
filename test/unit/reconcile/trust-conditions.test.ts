import { expect, it } from 'vitest';
import { trustDocument } from '../../../shared/catalogue/trust.ts';
import { isExactTrust } from '../../../shared/reconcile/diff.ts';
import { rulesOf, sameRules } from '../../../shared/reconcile/diff-rules.ts';
import { registerTerms } from '../../kit/role-documents.ts';
import { trustFindings } from '../../kit/views.ts';

/** Where an object of keys belongs stands something else. */
const ODD = ['dms-handshake:1000000000000001', ['dms-handshake:1000000000000001'], [], 1, null];

/** Our trust policy with such a condition on the verify role. */
function trustUnder(keys: unknown): string {
  const { Statement, Version } = trustDocument(registerTerms);
  const odd = Statement.map((statement) =>
    'Condition' in statement ? { ...statement, Condition: { StringEquals: keys } } : statement,
  );
  return JSON.stringify({ Version, Statement: odd });
}

it.each(ODD)('a condition that holds no keys, but %j, is none of ours', (keys) => {
  const text = trustUnder(keys);
  expect(isExactTrust(text, registerTerms)).toBe(false);
  expect(trustFindings(text, registerTerms).unconditional).toHaveLength(1);
});

it('conditions that hold no keys are the same only where they say the same', () => {
  const rules = ODD.map((keys) => rulesOf(trustUnder(keys)) ?? []);
  for (const [n, one] of rules.entries())
    expect(rules.map((other) => sameRules(one, other))).toEqual(ODD.map((_, m) => m === n));
});
