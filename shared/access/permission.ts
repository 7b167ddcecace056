import { CATALOGUE, type DocumentId } from './catalogue.ts';
import { type Document, ruleKey, rulesOf, sameRules } from './document.ts';

/** The permission policy of a set: one statement per engine, exactly as the vendor documents it. Null for none. */
export function permissionDocument(ids: readonly DocumentId[]): Document | null {
  if (ids.length === 0) return null;
  return {
    Statement: [...ids]
      .sort()
      .map((id) => ({ Action: CATALOGUE[id].actions, Resource: '*', Effect: 'Allow' as const })),
    Version: '1',
  };
}

/** How a policy's text differs from the catalogue's document, in words; an empty list where it says the same. */
export function permissionDifferences(text: string, ids: readonly DocumentId[]): readonly string[] {
  const actual = rulesOf(text);
  if (actual === null) return ['the document cannot be read as a RAM policy'];
  const expected = rulesOf(JSON.stringify(permissionDocument(ids) ?? { Statement: [], Version: '1' })) ?? [];
  if (sameRules(actual, expected)) return [];
  const has = new Set(actual.map(ruleKey));
  const wants = new Set(expected.map(ruleKey));
  return [
    ...expected.filter((rule) => !has.has(ruleKey(rule))).map((rule) => `${rule.action} is missing`),
    ...actual
      .filter((rule) => !wants.has(ruleKey(rule)))
      .map((rule) => `${rule.effect} ${rule.action} on ${rule.value} was not asked for`),
  ];
}

/**
 * The session policy of a test AssumeRole: the probes of `ids` and nothing else, so that even this function's
 * session cannot use what the role may do. At most 2,048 characters.
 */
export function probeSessionPolicy(ids: readonly DocumentId[]): Document {
  return {
    Statement:
      ids.length === 0
        ? [{ Action: '*', Resource: '*', Effect: 'Deny' }]
        : [{ Action: ids.map((id) => CATALOGUE[id].probe.ramAction), Resource: '*', Effect: 'Allow' }],
    Version: '1',
  };
}
