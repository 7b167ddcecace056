import type { Document } from '../catalogue/document.ts';
import type { Desired } from './desired.ts';
import { ruleKey, rulesOf, rulesOfOurs } from './diff-rules.ts';
import { type Difference, ending, NOTHING } from './difference.ts';
import type { Observed } from './observe.ts';
import { policyUpgrade } from './policy-upgrade.ts';

/** How a policy's text differs from the document that it should be, in words; an empty list where it says the same. */
export function permissionDifferences(text: string, document: Document | null): readonly string[] {
  const actual = rulesOf(text);
  if (actual === null) return ['the document cannot be read as a RAM policy'];
  const expected = document === null ? [] : rulesOfOurs(document);
  const has = new Set(actual.map(ruleKey));
  const wants = new Set(expected.map(ruleKey));
  return [
    ...expected
      .filter((rule) => !has.has(ruleKey(rule)))
      .map((rule) => `${rule.action}${rule.value === '*' ? '' : ` on ${rule.value}`} is missing`),
    ...actual
      .filter((rule) => !wants.has(ruleKey(rule)))
      .map((rule) => `${rule.effect} ${rule.action} on ${rule.value} was not asked for`),
  ];
}

/**
 * How the text of the shared policy differs from the document of the catalogue. A policy that is missing is one
 * difference.
 */
export function contentDifferences(
  { policyText, foreignPolicy = false }: Observed,
  { policy }: Desired,
): readonly Difference[] {
  if (policy?.kind !== 'ours') return [];
  const { name, document } = policy;
  const missing = policyText === null;
  const details = missing
    ? [`the policy ${name} does not exist`]
    : permissionDifferences(policyText, document);
  const write = policyUpgrade(policy, policyText, details);
  return details.map((detail) => ({
    check: 'policy-content',
    detail,
    ...ending(name, foreignPolicy, write),
    opens: NOTHING,
    ...(missing ? {} : { foreign: true as const }),
  }));
}
