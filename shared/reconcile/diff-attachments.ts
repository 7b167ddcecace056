import { CONNECTIONS } from '../catalogue/engine.ts';
import { CONSOLE_POLICY, isDigest, POLICY_PREFIX } from '../catalogue/names.ts';
import type { AttachedPolicy } from '../ports.ts';
import type { GrantId } from '../record/record.ts';
import { attachedForm, type Desired, isClosed } from './desired.ts';
import { type Difference, detaching, ending, NOTHING, type Opening, REPAIR } from './difference.ts';
import type { Observed } from './observe.ts';

/** How the policies that are attached to a role differ from the one that should be: it is missing, or others are there. */
export function attachmentDifferences(
  { attached, foreignPolicy = false }: Observed,
  desired: Desired,
): Difference[] {
  const { roleName } = desired;
  const wanted = attachedForm(desired);
  const found: Difference[] = [];
  if (wanted !== null && !attached.some((one) => isSame(one, wanted)))
    found.push({
      ...(wanted.type === 'System'
        ? { check: 'console-policy', detail: `the system policy ${wanted.name} is not attached` }
        : { check: 'policies-attached', detail: `${wanted.name} is not attached` }),
      ...ending(wanted.name, foreignPolicy, {
        operation: 'attach-policy',
        target: wanted.name,
        reason: `to ${roleName}`,
        policy: wanted,
      }),
      opens: NOTHING,
    });
  const foreign = attached.filter((one) => wanted === null || !isSame(one, wanted));
  return [
    ...found,
    ...foreign.map(
      (one): Difference => ({
        check: 'policies-attached',
        detail: `${one.type === 'System' ? 'the system' : 'the'} policy ${one.name} is attached`,
        fix: REPAIR,
        write: detaching(one, roleName),
        opens: openedBy(one, desired),
        ...(isNamedByUs(one, desired) ? {} : { foreign: true as const }),
      }),
    ),
  ];
}

/** Whether a policy is one that some record of this role would have us attach. */
const isNamedByUs = ({ name, type }: AttachedPolicy, { terms }: Desired): boolean =>
  type === 'Custom'
    ? terms.access === 'register' && name.startsWith(POLICY_PREFIX)
    : terms.access === 'console' && name === CONSOLE_POLICY;

/** What an attached policy grants that the desired one does not; the name of a policy of ours says it. */
function openedBy({ name, type }: AttachedPolicy, desired: Desired): Opening {
  const { policy, terms } = desired;
  if (type === 'System')
    return terms.access === 'console' && name === CONSOLE_POLICY ? 'everything' : NOTHING;
  if (!name.startsWith(POLICY_PREFIX)) return NOTHING;
  const stays = (id: string) => policy?.kind === 'ours' && policy.ids.some((one) => one === id);
  const over = name
    .slice(POLICY_PREFIX.length)
    .split('-')
    // The name of a narrowed set ends in a digest, which grants nothing.
    .filter((id) => !stays(id) && !isDigest(id));
  // A connection serves engines, so it ends with the last of them.
  if (over.includes('vpc') && isClosed(desired)) return 'everything';
  return over.flatMap((id) => (id === 'vpc' ? [...CONNECTIONS] : [id as GrantId]));
}

const isSame = (a: AttachedPolicy, b: AttachedPolicy): boolean => a.type === b.type && a.name === b.name;
