import { isConnection } from '../catalogue/catalogue.ts';
import { CONSOLE_POLICY, POLICY_PREFIX } from '../catalogue/names.ts';
import type { Trusted } from '../catalogue/trust.ts';
import type { AttachedPolicy, Operation } from '../ports.ts';
import { type AccessRecord, endedIds, type GrantId, userNames } from '../record/record.ts';
import type { Millis } from '../runtime/millis.ts';
import type { Desired } from './desired.ts';
import { letsIn } from './diff-trust.ts';
import { type Observed, plan } from './plan.ts';

/**
 * The part of a plan that takes away what has run out, and what has to come in its place; drift of other kinds is left
 * as it was found. Looks at everything that ever ran out, not only at what runs out now: a writer that died half way is
 * followed by one that sees the same work.
 *
 * What has to be written is written whole: a trust that still lets in whose time is up becomes the documented one.
 */
export function planExpiry(
  observed: Observed,
  desired: Desired,
  record: AccessRecord,
  now: Millis,
): readonly (readonly Operation[])[] {
  const ended = endedIds(record, now);
  if (ended.length === 0) return [];
  const outlives = (policy: AttachedPolicy) => grantsEnded(policy, desired, ended);
  const replaced = observed.attached.some(outlives);
  const { role } = observed;
  const shut = role !== null && trustedOnce(ended).some((once) => letsIn(role.trust, desired.terms, once));
  const isDue = (operation: Operation): boolean => {
    switch (operation.operation) {
      case 'tag-role':
        return true;
      case 'update-trust':
        return shut;
      case 'detach-policy':
        return outlives(operation.policy);
      case 'create-policy':
      case 'create-policy-version':
      case 'attach-policy':
        return replaced;
      default:
        return false;
    }
  };
  return plan(observed, desired)
    .map((stage) => stage.filter(isDue))
    .filter((stage) => stage.length > 0);
}

/**
 * Whether an attached policy grants something whose time is up, and that nothing else grants. Of the vendor's it is no
 * matter on a console role that is still open: it is wanted there, and no plan is about it.
 */
function grantsEnded(
  { name, type }: AttachedPolicy,
  { policy, terms }: Desired,
  ended: readonly GrantId[],
): boolean {
  if (type === 'System') return terms.access === 'console' && name === CONSOLE_POLICY;
  if (!name.startsWith(POLICY_PREFIX)) return false;
  const stays = (id: string) => policy?.kind === 'ours' && policy.ids.some((one) => one === id);
  // A connection is for engines: with the last of them it has ended, too.
  const last = terms.trusted === 'nobody' ? ['vpc'] : [];
  const over: readonly string[] = [...ended.map((id) => (isConnection(id) ? 'vpc' : id)), ...last];
  return name.split('-').some((id) => over.includes(id) && !stays(id));
}

/**
 * Which people the grants that have ended let in, kind by kind: the whole account's end says nothing about that of its
 * users. DMS need not be named: it is let in by a role that is closed, or by one that still trusts it.
 */
const trustedOnce = (ended: readonly GrantId[]): readonly Trusted[] => [
  ...(ended.includes('account') ? (['account'] as const) : []),
  userNames(ended),
];
