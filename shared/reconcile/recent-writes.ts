import type { Document } from '../catalogue/document.ts';
import type { AttachedPolicy, Operation, RamWriter } from '../ports.ts';
import { type Dated, mergeRecords } from '../record/merge-records.ts';
import { NOTES_TAG } from '../record/notes.ts';
import { type AccessRecord, readRecord } from '../record/record.ts';
import type { Clock } from '../runtime/clock.ts';
import type { Millis } from '../runtime/millis.ts';
import { mayBeOld } from '../runtime/patience.ts';
import type { Desired } from './desired.ts';
import { attachedForm } from './desired.ts';
import { LeftPolicies } from './left-policies.ts';
import type { Observed } from './observe.ts';

/** What was written on one role. `at`: when the write was over; null while it is under way. */
interface RoleWrites {
  /** Records whose tags RAM took. Few: those of one role within a minute. */
  records: readonly Dated<AccessRecord>[];
  /** The last notes that RAM took. */
  notes: Dated<string> | null;
  /** The last trust that was written. RAM may have taken it even where it did not answer. */
  trust: Dated<Document> | null;
  /** The last write about each policy, by type and name; the same holds for it. */
  readonly attachments: Map<string, Dated<{ readonly policy: AttachedPolicy; readonly attached: boolean }>>;
}

/**
 * What this instance wrote so lately that a reading may still show what was there before, a record per role. The
 * instance keeps it from one invocation to the next: else a request that follows another within a minute would be decided
 * by what the role was before that. Two rules, by which nothing that somebody else writes is passed over:
 *
 * - Of the words about an engine that were read and those that were written here the newest counts, by the same rule
 *   that decides between two requests.
 * - What was last written here and is not wanted now is written again, even where the reading shows what is wanted.
 */
export class RecentWrites {
  readonly #roles = new Map<string, RoleWrites>();
  /** Policies that its writes have left without a use. */
  readonly left = new LeftPolicies();

  /** A writer whose writes are remembered. */
  writer(ram: RamWriter, clock: Clock): RamWriter {
    return {
      apply: async (roleName, operation) => {
        const finish = this.#begin(roleName, operation);
        let done = false;
        try {
          const result = await ram.apply(roleName, operation);
          done = result === 'done';
          return result;
        } finally {
          finish(clock.now(), done);
          this.left.note(roleName, operation, clock.now(), done);
        }
      },
    };
  }

  /** Forgets the writes that every reading of now shows. */
  forget(now: Millis, patienceMs: number): void {
    this.left.forget(now, patienceMs);
    const isOver = (write: Dated<unknown> | null) =>
      write !== null && write.at !== null && !mayBeOld(write.at, now, patienceMs);
    for (const [name, role] of this.#roles) {
      role.records = role.records.filter((record) => !isOver(record));
      if (isOver(role.trust)) role.trust = null;
      if (isOver(role.notes)) role.notes = null;
      for (const [id, one] of role.attachments) if (isOver(one)) role.attachments.delete(id);
      // Notes are written with a record, so there are none where no record is left.
      if (role.records.length === 0 && role.trust === null && role.attachments.size === 0)
        this.#roles.delete(name);
    }
  }

  /** The record of a role that was read, with what was written here since. */
  newest(roleName: string, read: AccessRecord): AccessRecord {
    const own = this.#roles.get(roleName)?.records ?? [];
    return own.reduce<AccessRecord>((record, { value }) => mergeRecords(record, value), read);
  }

  /** The tags of a role that was read, with the notes that were written here since. */
  newestNotes(roleName: string, tags: ReadonlyMap<string, string>): ReadonlyMap<string, string> {
    const own = this.#roles.get(roleName)?.notes ?? null;
    return own === null ? tags : new Map([...tags, [NOTES_TAG, own.value]]);
  }

  /** What was observed, with what must be written again, as if it had been seen so. */
  doubt(observed: Observed, desired: Desired): Observed {
    const written = this.#roles.get(desired.roleName);
    if (written === undefined) return observed;
    const trust = written.trust === null ? null : JSON.stringify(written.trust.value);
    const otherwise = trust !== null && trust !== JSON.stringify(desired.trust);
    return {
      ...observed,
      role: observed.role && otherwise ? { ...observed.role, trust } : observed.role,
      attached: attachedOtherwise(written, observed.attached, attachedForm(desired)),
    };
  }

  /** Notes a write that is about to be made; the answer notes how it ended. */
  #begin(roleName: string, operation: Operation): (at: Millis, done: boolean) => void {
    const role = this.#roles.get(roleName) ?? {
      records: [],
      notes: null,
      trust: null,
      attachments: new Map(),
    };
    this.#roles.set(roleName, role);
    const trust = 'trust' in operation ? { value: operation.trust, at: null } : null;
    const attachment =
      'policy' in operation
        ? {
            value: { policy: operation.policy, attached: operation.operation === 'attach-policy' },
            at: null,
          }
        : null;
    if (trust !== null) role.trust = trust;
    if (attachment !== null) role.attachments.set(idOf(attachment.value.policy), attachment);
    return (at, done) => {
      const { operation: kind } = operation;
      if (done && (kind === 'create-role' || kind === 'delete-role')) {
        // Whatever was written on a role of that name is gone with it.
        role.records = [];
        role.notes = null;
        role.trust = null;
        role.attachments.clear();
      }
      if (trust !== null) role.trust = { ...trust, at };
      if (attachment !== null) role.attachments.set(idOf(attachment.value.policy), { ...attachment, at });
      const notes = 'tags' in operation ? operation.tags.get(NOTES_TAG) : undefined;
      if (done && notes !== undefined) role.notes = { value: notes, at };
      if (done && 'tags' in operation)
        role.records = [...role.records, { value: readRecord(operation.tags, at), at }];
    };
  }
}

function attachedOtherwise(
  { attachments }: RoleWrites,
  attached: readonly AttachedPolicy[],
  wanted: AttachedPolicy | null,
): readonly AttachedPolicy[] {
  const isWanted = (policy: AttachedPolicy) => wanted !== null && idOf(policy) === idOf(wanted);
  const isTakenOff = (policy: AttachedPolicy) => attachments.get(idOf(policy))?.value.attached === false;
  const seen = new Set(attached.map(idOf));
  const added = [...attachments]
    .filter(([id, { value }]) => value.attached && !isWanted(value.policy) && !seen.has(id))
    .map(([, { value }]) => value.policy);
  return [...attached.filter((policy) => !(isWanted(policy) && isTakenOff(policy))), ...added];
}

const idOf = ({ type, name }: AttachedPolicy): string => `${type} ${name}`;
