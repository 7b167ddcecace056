import type { Figures } from './figures.ts';
import { type CallCounts, READ_OF_ENGINE } from './grants.ts';
import { table } from './table.ts';

/** Why each call of a request is made. A call that has no reason here fails the page. */
const REASONS: Readonly<Record<string, string>> = {
  'provision fc InvokeFunction':
    'has verify start while provision works; in the first request of an instance only, and nothing waits for it',
  'provision sts GetCallerIdentity': 'nothing may be written in another account than the owner’s',
  'provision ram GetRole':
    'whether there is a role, and whom it trusts; again after writes, as another writer may have changed the trust, but for a role that was made here',
  'provision ram ListTagResources':
    'whose the role is, and its record; again after writes, because a newer request of another writer must not be lost',
  'provision ram ListPoliciesForRole':
    'what is attached; again after writes: the last look is what an outcome rests on',
  'provision ram GetPolicy':
    'whether the policy exists and says what it should; read along by a guess at its name',
  'provision ram CreateRole': 'the role, its trust and its record in one write',
  'provision ram TagResources': 'the record, before any right is given or taken',
  'provision ram CreatePolicy': 'the policy of this set of engines, side by side with the record',
  'provision ram AttachPolicyToRole': 'the rights, after record and trust',
  'provision ram DetachPolicyFromRole':
    'the rights of before: after the new ones, so that what stays granted never fails, or first where the role closes',
  'provision ram UpdateRole': 'nobody is trusted any more, after the rights are gone',
  'verify sts GetCallerIdentity': 'the evidence is of the owner’s account',
  'verify ram GetRole': 'trust and ARN as RAM has them: what provision says of them proves nothing',
  'verify ram ListTagResources': 'the record that the role is judged by',
  'verify ram ListPoliciesForRole': 'that the right policy is attached, and no other',
  'verify ram GetPolicy': 'that the policy says what the vendor documents',
  'verify sts AssumeRole':
    'under the external id, for a session to read with, and without it, which must be denied',
  [READ_OF_ENGINE]: 'that the role reads what it should, and what was taken away no more',
  'verify mns PublishMessage': 'the reply',
};

const KINDS = ['grant', 'repeat', 'addEngine', 'revoke'] as const;

/** The calls of a request about one engine, how many of each, and why. */
export function reasons({ callsOf }: Pick<Figures, 'callsOf'>): string {
  const of = (counts: CallCounts, name: string) => counts[name] ?? 0;
  const made = new Set(KINDS.flatMap((kind) => Object.keys(callsOf[kind])));
  for (const name of made)
    if (REASONS[name] === undefined)
      throw new Error(`${name} is called, and test/bench/reasons.ts has no reason`);
  const rows = Object.entries(REASONS)
    .filter(([name]) => made.has(name))
    .map(([name, why]) => [name, ...KINDS.map((kind) => of(callsOf[kind], name)), why]);
  return table(['call', 'first grant', 'the same again', 'one more', 'closing', 'why'], rows);
}

/** Reasons of calls that no request makes. */
export const unused = ({ callsOf }: Pick<Figures, 'callsOf'>): readonly string[] =>
  Object.keys(REASONS).filter((name) => KINDS.every((kind) => callsOf[kind][name] === undefined));
