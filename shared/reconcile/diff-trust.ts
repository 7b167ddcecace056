import { type Rule, ruleKey, rulesOf, rulesOfOurs, sameRules } from '../catalogue/document.ts';
import { type Trusted, type TrustTerms, trustDocument } from '../catalogue/trust.ts';

/** Whether a role's trust says exactly what it should, whatever the order of its keys and lists. */
export function isExactTrust(text: string, terms: TrustTerms): boolean {
  const rules = rulesOf(text);
  return rules !== null && sameRules(normalise(rules), expectedRules(terms));
}

/** What is wrong with a trust policy, each finding under the check that names it. Empty lists: nothing. */
export interface TrustFindings {
  /** About whom the role is for: DMS or the requester's people. The wrong ones, none, one too many, or shut out. */
  readonly granted: readonly string[];
  /** Anybody else who is trusted. */
  readonly strangers: readonly string[];
  /** The verify role may come in without its external id. */
  readonly unconditional: readonly string[];
}

/** Judges a trust policy rule by rule. Every difference from the expected document that opens the role is found. */
export function judgeTrust(text: string, terms: TrustTerms): TrustFindings {
  const rules = rulesOf(text);
  if (rules === null)
    return { granted: ['the trust policy cannot be read'], strangers: [], unconditional: [] };
  const found = normalise(rules);
  const expected = new Map(expectedRules(terms).map((rule) => [ruleKey(rule), rule]));
  const granted: string[] = [];
  const strangers: string[] = [];
  const unconditional: string[] = [];
  for (const rule of found) {
    if (expected.has(ruleKey(rule))) continue;
    if (isForGranted(rule, terms)) granted.push(`${describe(rule)}, which is not the documented statement`);
    else if (rule.effect === 'Deny')
      granted.push(`${describe(rule)}, which may keep out whom the role is for`);
    else if (isUnconditionalVerify(rule, terms))
      unconditional.push(`${rule.value} is trusted without the condition on sts:ExternalId`);
    else strangers.push(describe(rule));
  }
  const has = new Set(found.map(ruleKey));
  for (const [key, rule] of expected) {
    if (rule.effect === 'Allow' && isForGranted(rule, terms) && !has.has(key))
      granted.unshift(`${rule.value} is not trusted as documented`);
  }
  return { granted, strangers, unconditional };
}

/**
 * Whether a trust policy still lets in somebody whose grant has ended (`once`) and whom the terms no longer trust. On a
 * role that is closed that is anybody whom it was for, in whatever words.
 */
export function letsIn(text: string, terms: TrustTerms, once: Trusted): boolean {
  const still = new Set(expectedRules(terms).map(({ value }) => value));
  const over = expectedRules({ ...terms, trusted: once }).filter(({ value }) => !still.has(value));
  const values = new Set(over.map(({ value }) => value));
  return normalise(rulesOf(text) ?? []).some(
    (rule) =>
      rule.effect === 'Allow' &&
      isForGranted(rule, terms) &&
      (terms.trusted === 'nobody' || values.has(rule.value)),
  );
}

const expectedRules = (terms: TrustTerms): readonly Rule[] => normalise(rulesOfOurs(trustDocument(terms)));

/** RAM compares the names in principals without case. */
const normalise = (rules: readonly Rule[]): Rule[] =>
  rules.map((rule) => ({ ...rule, value: rule.value.toLowerCase() }));

/** Whether a rule is about those whom the role is for: DMS, whoever it acts for, or anybody of the requester's account. */
const isForGranted = (rule: Rule, { access, requesterUid }: TrustTerms): boolean =>
  access === 'register'
    ? rule.kind === 'Service' && /^(\d+@)?dms\.aliyuncs\.com$/.test(rule.value)
    : rule.kind === 'RAM' && rule.value.startsWith(`acs:ram::${requesterUid}:`);

const isUnconditionalVerify = (rule: Rule, terms: TrustTerms): boolean =>
  rule.kind === 'RAM' &&
  rule.value === terms.verifyRoleArn?.toLowerCase() &&
  rule.action === 'sts:assumerole' &&
  !rule.condition.includes('"sts:externalid"');

const describe = (rule: Rule): string =>
  `${rule.effect} ${rule.action} for ${rule.kind} ${rule.value}${rule.condition === '{}' ? '' : ' under a condition'}`;
