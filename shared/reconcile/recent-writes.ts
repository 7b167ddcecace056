import type { AttachedPolicy, Operation, RamWriter } from '../ports.ts';
import type { Entry } from '../record/entry.ts';
import { type AccessRecord, readRecord } from '../record/record.ts';
import type { Clock } from '../runtime/clock.ts';
import type { Millis } from '../runtime/millis.ts';
import type { Desired } from './desired.ts';
import { attachedForm, type Observed } from './plan.ts';

/** A write of this instance. */
interface Note {
  readonly roleName: string;
  readonly operation: Operation;
  /** When it was over; null while it is under way. */
  at: Millis | null;
  /** Whether RAM said that it took effect. A write without an answer may have, too. */
  done: boolean;
}

type Kind = Operation['operation'];
type Written<K extends Kind> = Extract<Operation, { operation: K }>;

/**
 * What this instance wrote so lately that a reading may still show what was there before. The instance keeps it from one
 * invocation to the next: a request that follows on another within a minute would else be answered out of the past.
 *
 * Two rules, by which nothing that somebody else writes is passed over:
 * - the newest word about an engine counts, of those that are read and those that were written here;
 * - what was last written here and is not wanted now is written again, even where the reading shows what is wanted.
 */
export class RecentWrites {
  #notes: Note[] = [];

  /** A writer whose writes are remembered. */
  writer(ram: RamWriter, clock: Clock): RamWriter {
    return {
      apply: async (roleName, operation) => {
        const note: Note = { roleName, operation, at: null, done: false };
        this.#notes.push(note);
        try {
          const result = await ram.apply(roleName, operation);
          note.done = result === 'done';
          // Whatever was written on a role of that name is gone with it.
          const anew = operation.operation === 'delete-role' || operation.operation === 'create-role';
          if (note.done && anew)
            this.#notes = this.#notes.filter((one) => one === note || one.roleName !== roleName);
          return result;
        } finally {
          note.at = clock.now();
        }
      },
    };
  }

  /** Forgets the writes that every reading from `oldest` on shows. */
  forgetBefore(oldest: number): void {
    this.#notes = this.#notes.filter(({ at }) => at === null || at > oldest);
  }

  /** The record of a role that was read, with what was written here since. */
  newest(roleName: string, read: AccessRecord): AccessRecord {
    return this.#notes
      .filter((note) => note.done && note.roleName === roleName)
      .map(({ operation }) => ('tags' in operation ? readRecord(operation.tags) : null))
      .reduce<AccessRecord>((record, own) => (own === null ? record : merge(record, own)), read);
  }

  /** A reading with what must be written again, as if it had been read so. */
  doubt<Reading extends Observed>(reading: Reading, desired: Desired): Reading {
    const { roleName } = desired;
    const trust = this.#last(roleName, 'create-role', 'update-trust')?.trust;
    const otherwise = trust !== undefined && JSON.stringify(trust) !== JSON.stringify(desired.trust);
    return {
      ...reading,
      role: reading.role && otherwise ? { ...reading.role, trust: JSON.stringify(trust) } : reading.role,
      attached: this.#attachedOtherwise(roleName, reading.attached, attachedForm(desired)),
    };
  }

  #attachedOtherwise(
    roleName: string,
    attached: readonly AttachedPolicy[],
    wanted: AttachedPolicy | null,
  ): readonly AttachedPolicy[] {
    const left = new Map<string, Written<'attach-policy' | 'detach-policy'>>();
    for (const write of this.#writes(roleName, 'attach-policy', 'detach-policy'))
      left.set(idOf(write.policy), write);
    const wantedId = wanted === null ? null : idOf(wanted);
    const seen = new Set(attached.map(idOf));
    const added = [...left.values()].filter(
      ({ operation, policy }) =>
        operation === 'attach-policy' && idOf(policy) !== wantedId && !seen.has(idOf(policy)),
    );
    return [
      ...attached.filter(
        (policy) => idOf(policy) !== wantedId || left.get(wantedId)?.operation !== 'detach-policy',
      ),
      ...added.map(({ policy }) => policy),
    ];
  }

  #writes<K extends Kind>(roleName: string, ...kinds: readonly K[]): Written<K>[] {
    const isOne = (operation: Operation): operation is Written<K> =>
      kinds.some((kind) => kind === operation.operation);
    return this.#notes
      .filter((note) => note.roleName === roleName)
      .map(({ operation }) => operation)
      .filter(isOne);
  }

  #last<K extends Kind>(roleName: string, ...kinds: readonly K[]): Written<K> | undefined {
    return this.#writes(roleName, ...kinds).at(-1);
  }
}

const idOf = ({ type, name }: AttachedPolicy): string => `${type} ${name}`;

function merge(read: AccessRecord, own: AccessRecord): AccessRecord {
  const entries = new Map(read.entries);
  for (const [id, entry] of own.entries) {
    const current = entries.get(id);
    if (current === undefined || isNewer(entry, current)) entries.set(id, entry);
  }
  const closedAt =
    read.closedAt === null || (own.closedAt !== null && own.closedAt > read.closedAt)
      ? own.closedAt
      : read.closedAt;
  return { ...read, entries, closedAt };
}

/** Of one time, the revoke is the later word: a grant that has run out is written down under its own time. */
const isNewer = (one: Entry, other: Entry): boolean =>
  one.at > other.at || (one.at === other.at && one.state === 'revoked' && other.state === 'granted');
