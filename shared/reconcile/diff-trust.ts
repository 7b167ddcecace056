import { type Trusted, type TrustTerms, trustDocument, trustedByClosed } from '../catalogue/trust.ts';
import { type GrantId, userId } from '../record/record.ts';
import { type Rule, ruleKey, rulesOf, rulesOfOurs } from './diff-rules.ts';
import { type Difference, NOTHING, type Opening } from './difference.ts';

type TrustDifference = Pick<Difference, 'check' | 'detail' | 'opens' | 'foreign'>;

/**
 * How a trust policy differs from the one that these terms ask for, rule by rule; empty where it says exactly that.
 * Each difference stands under the check that names it: whom the role is for (`trust-dms`, `trust-requester`), anybody
 * else (`trust-closed`), the verify role without its condition (`assume-role-denied`) or not at all (`assume-role`).
 */
export function trustDifferences(text: string, terms: TrustTerms): readonly TrustDifference[] {
  const whom = terms.access === 'register' ? 'trust-dms' : 'trust-requester';
  const rules = rulesOf(text);
  if (rules === null) return [{ check: whom, detail: 'the trust policy cannot be read', opens: NOTHING }];
  const found = normalise(rules);
  const expected = new Map(expectedRules(terms).map((rule) => [ruleKey(rule), rule]));
  const has = new Set(found.map(ruleKey));
  const unexpected = found.filter((rule) => !expected.has(ruleKey(rule)));
  const missing = [...expected]
    .filter(([key, { value }]) => value !== trustedByClosed(terms.ownerUid) && !has.has(key))
    .flatMap(([, { value, condition }]): TrustDifference[] => {
      if (condition === '{}')
        return [{ check: whom, detail: `${value} is not trusted as documented`, opens: NOTHING }];
      // Only the verify role's statement has a condition. If the document has another form of it, that form is named.
      if (unexpected.some((rule) => rule.value === value)) return [];
      const detail = `${value} is not trusted under its external id`;
      return [{ check: 'assume-role', detail, opens: NOTHING }];
    });
  const added = unexpected.map(
    (rule): TrustDifference => ({
      ...foundUnder(rule, whom, terms),
      opens: openedBy(rule, terms),
      ...(isOfOurs(rule, terms) ? {} : { foreign: true as const }),
    }),
  );
  const all = [...missing, ...added];
  // A closed role without a verify role misses nobody, and yet RAM keeps no trust policy without a statement.
  if (all.length === 0 && found.length === 0)
    return [{ check: whom, detail: 'the statement that keeps everybody out is gone', opens: NOTHING }];
  return all;
}

function foundUnder(
  rule: Rule,
  whom: 'trust-dms' | 'trust-requester',
  terms: TrustTerms,
): Pick<Difference, 'check' | 'detail'> {
  if (isForGranted(rule, terms))
    return { check: whom, detail: `${describe(rule)}, which is not the documented statement` };
  if (rule.effect === 'Deny')
    return { check: whom, detail: `${describe(rule)}, which may keep out whom the role is for` };
  if (isUnconditionalVerify(rule, terms))
    return {
      check: 'assume-role-denied',
      detail: `${rule.value} is trusted without the condition on sts:ExternalId`,
    };
  return { check: 'trust-closed', detail: describe(rule) };
}

/** Whether a rule is one that some record of this role would have us write. */
function isOfOurs(rule: Rule, terms: TrustTerms): boolean {
  const forms: readonly TrustTerms[] = [
    { ...terms, trusted: 'nobody' },
    { ...terms, trusted: trustedBy(rule, terms) },
    { ...terms, trusted: 'nobody', verifyRoleArn: null },
  ];
  return forms.some((form) => expectedRules(form).some((one) => ruleKey(one) === ruleKey(rule)));
}

/** Whom a record would have to grant the role to, for this rule to be one of ours. */
function trustedBy({ value }: Rule, { access, requesterUid }: TrustTerms): Trusted {
  if (access === 'register') return 'dms';
  const user = userPrincipal(requesterUid);
  return value.startsWith(user) ? [value.slice(user.length)] : 'account';
}

/**
 * Whom a rule lets in and these terms do not. On a closed role this is anybody whom the role was for, however it
 * is worded.
 */
function openedBy(rule: Rule, terms: TrustTerms): Opening {
  if (rule.effect !== 'Allow' || !isForGranted(rule, terms)) return NOTHING;
  if (terms.trusted === 'nobody') return 'everything';
  if (expectedRules(terms).some(({ value }) => value === rule.value)) return NOTHING;
  const id = consoleId(rule.value, terms);
  return id === null ? NOTHING : [id];
}

/** The id of a console grant that lets this principal in; null for any other principal. */
function consoleId(value: string, { requesterUid }: TrustTerms): GrantId | null {
  if (value === `acs:ram::${requesterUid}:root`) return 'account';
  const user = userPrincipal(requesterUid);
  return value.startsWith(user) ? userId(value.slice(user.length)) : null;
}

/** How the principal of a RAM user begins. */
const userPrincipal = (uid: string): string => `acs:ram::${uid}:user/`;

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
