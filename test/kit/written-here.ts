import type { Document } from '../../shared/catalogue/document.ts';
import { grants, NO_GRANTS } from '../../shared/catalogue/grants.ts';
import type { AttachedPolicy, Operation, WriteResult } from '../../shared/ports.ts';
import { attachedForm, type Desired, desiredRole } from '../../shared/reconcile/desired.ts';
import type { Observed } from '../../shared/reconcile/observe.ts';
import { RecentWrites } from '../../shared/reconcile/recent-writes.ts';
import { NOTES_TAG } from '../../shared/record/notes.ts';
import { EMPTY_RECORD } from '../../shared/record/record.ts';
import { OWNER } from './accounts.ts';
import { TestClock } from './clock.ts';
import { recordFor, registerTerms } from './role-documents.ts';
import { at } from './time.ts';

const reason = 'a test';
export const desired: Desired = desiredRole(
  recordFor(registerTerms, grants(['redis'], [])),
  at(1),
  registerTerms,
);
export const closed: Desired = desiredRole(
  recordFor({ ...registerTerms, trusted: 'nobody' }, NO_GRANTS),
  at(1),
  registerTerms,
);
export const ROLE = desired.roleName;
export const WANTED: AttachedPolicy = attachedForm(desired) ?? { name: 'none', type: 'Custom' };
export const OTHER: AttachedPolicy = { name: 'DmsCrossAccountPolicy-gdb', type: 'Custom' };
export const OLD_TRUST: Document = { Statement: [], Version: '1' };
const trustText = JSON.stringify(desired.trust);
const TAGS = new Map([
  ['dms-engine-redis', `granted ${new Date(at(0)).toISOString()}`],
  [NOTES_TAG, 'reviewed:mwt3h340'],
]);

export const trusting = (trust: Document): Operation => ({
  operation: 'update-trust',
  target: ROLE,
  reason,
  trust,
});
export const tagging = (tags = TAGS): Operation => ({ operation: 'tag-role', target: ROLE, reason, tags });
export const creating = (trust: Document, tags = new Map<string, string>()): Operation => ({
  operation: 'create-role',
  target: ROLE,
  reason,
  trust,
  tags,
});
export const deleting: Operation = { operation: 'delete-role', target: ROLE, reason };
export const attaching = (policy: AttachedPolicy): Operation => ({
  operation: 'attach-policy',
  target: policy.name,
  reason,
  policy,
});
export const detaching = (policy: AttachedPolicy): Operation =>
  ({ ...attaching(policy), operation: 'detach-policy' }) as Operation;

/** A reading on which nothing has to be written. */
export const observed = (over: Partial<Observed> = {}): Observed => ({
  at: at(1),
  account: OWNER,
  role: { name: ROLE, arn: 'an arn', trust: trustText, createdAt: at(0) },
  tags: new Map(),
  attached: [WANTED],
  policyText: '{}',
  ...over,
});
export const trusted = (trust: string) => ({ name: ROLE, arn: 'an arn', trust, createdAt: at(0) });

/** A memory, with writes that took effect at once. */
export async function having(...operations: readonly Operation[]) {
  const clock = new TestClock(at(0));
  const memory = new RecentWrites();
  let result: WriteResult = 'done';
  const writer = memory.writer({ apply: async () => result }, clock);
  for (const operation of operations) await writer.apply(ROLE, operation);
  const write = async (operation: Operation, ended: WriteResult) => {
    result = ended;
    await writer.apply(ROLE, operation);
  };
  return { memory, clock, write };
}

/** What a memory adds to a reading: ids of the record, notes, and what the role is taken for. */
export function shown(memory: RecentWrites, reading = observed(), wanted = desired) {
  const doubted = memory.doubt(reading, wanted);
  return {
    granted: [...memory.newest(ROLE, EMPTY_RECORD).entries.keys()],
    notes: memory.newestNotes(ROLE, new Map()).get(NOTES_TAG),
    trust: doubted.role?.trust,
    attached: doubted.attached.map(({ name }) => name),
  };
}
export const NOTHING = { granted: [], notes: undefined, trust: trustText, attached: [WANTED.name] };
export const OLD_TRUSTED = JSON.stringify(OLD_TRUST);
