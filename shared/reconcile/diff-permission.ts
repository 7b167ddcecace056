import type { Document } from '../catalogue/document.ts';
import { ruleKey, rulesOf, rulesOfOurs } from './diff-rules.ts';

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
