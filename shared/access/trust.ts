import { type Document, type Rule, ruleKey, rulesOf, sameRules } from './document.ts';
import { externalId } from './names.ts';

/** Who may assume a requester's role. */
export interface TrustTerms {
  readonly ownerUid: string;
  readonly requesterUid: string;
  /** ARN of the verify function's role; null with `PROBE=structural`, when nobody but DMS is trusted. */
  readonly verifyRoleArn: string | null;
  /** A closed role trusts DMS no more. */
  readonly closed: boolean;
}

/** The principal that the vendor documents for DMS acting for another account. */
export const dmsPrincipal = (requesterUid: string): string => `${requesterUid}@dms.aliyuncs.com`;

/** The trust policy of a `register` role: the documented statement, and the verify role under its external id. */
export function trustDocument(terms: TrustTerms): Document {
  const statements: Document['Statement'][number][] = [];
  if (!terms.closed) {
    statements.push({
      Action: 'sts:AssumeRole',
      Effect: 'Allow',
      Principal: { Service: [dmsPrincipal(terms.requesterUid)] },
    });
  }
  if (terms.verifyRoleArn !== null) {
    statements.push({
      Action: 'sts:AssumeRole',
      Condition: { StringEquals: { 'sts:ExternalId': [externalId(terms.requesterUid)] } },
      Effect: 'Allow',
      Principal: { RAM: [terms.verifyRoleArn] },
    });
  }
  if (statements.length === 0) {
    // A trust policy needs a statement; this one trusts nobody.
    statements.push({
      Action: 'sts:AssumeRole',
      Effect: 'Deny',
      Principal: { RAM: [`acs:ram::${terms.ownerUid}:root`] },
    });
  }
  return { Statement: statements, Version: '1' };
}

/** Whether a role's trust says exactly what it should, whatever the order of its keys and lists. */
export function isExactTrust(text: string, terms: TrustTerms): boolean {
  const rules = rulesOf(text);
  return rules !== null && sameRules(normalise(rules), expectedRules(terms));
}

/** What is wrong with a trust policy, each finding under the check that names it. Empty lists: nothing. */
export interface TrustFindings {
  /** About DMS: the wrong account's, the owner's own, none, one too many, or shut out. */
  readonly dms: readonly string[];
  /** Anybody else who is trusted. */
  readonly strangers: readonly string[];
  /** The verify role may come in without its external id. */
  readonly unconditional: readonly string[];
}

/** Judges a trust policy rule by rule. Every difference from the expected document that opens the role is found. */
export function judgeTrust(text: string, terms: TrustTerms): TrustFindings {
  const rules = rulesOf(text);
  if (rules === null) return { dms: ['the trust policy cannot be read'], strangers: [], unconditional: [] };
  const found = normalise(rules);
  const expected = new Map(expectedRules(terms).map((rule) => [ruleKey(rule), rule]));
  const dms: string[] = [];
  const strangers: string[] = [];
  const unconditional: string[] = [];
  for (const rule of found) {
    if (expected.has(ruleKey(rule))) continue;
    if (isDms(rule)) dms.push(`${describe(rule)}, which is not the documented statement`);
    else if (rule.effect === 'Deny') dms.push(`${describe(rule)}, which may keep DMS out`);
    else if (isUnconditionalVerify(rule, terms))
      unconditional.push(`${rule.value} is trusted without the condition on sts:ExternalId`);
    else strangers.push(describe(rule));
  }
  const has = new Set(found.map(ruleKey));
  for (const [key, rule] of expected) {
    if (isDms(rule) && !has.has(key)) dms.unshift(`${rule.value} is not trusted as documented`);
  }
  return { dms, strangers, unconditional };
}

function expectedRules(terms: TrustTerms): readonly Rule[] {
  return normalise(rulesOf(JSON.stringify(trustDocument(terms))) ?? []);
}

/** RAM compares the names in principals without case. */
const normalise = (rules: readonly Rule[]): Rule[] =>
  rules.map((rule) => ({ ...rule, value: rule.value.toLowerCase() }));

const isDms = (rule: Rule): boolean =>
  rule.kind === 'Service' && /^(\d+@)?dms\.aliyuncs\.com$/.test(rule.value);

const isUnconditionalVerify = (rule: Rule, terms: TrustTerms): boolean =>
  rule.kind === 'RAM' &&
  rule.value === terms.verifyRoleArn?.toLowerCase() &&
  rule.action === 'sts:assumerole' &&
  !rule.condition.includes('"sts:externalid"');

const describe = (rule: Rule): string =>
  `${rule.effect} ${rule.action} for ${rule.kind} ${rule.value}${rule.condition === '{}' ? '' : ' under a condition'}`;
