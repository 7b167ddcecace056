import type { WrittenChange } from '../../events/change.ts';
import type { Problem } from '../../events/problem.ts';
import type { RoleId } from '../catalogue/names.ts';
import type { Identity, RamReader, RamWriter } from '../ports.ts';
import type { Asked } from '../record/asked.ts';
import type { Notes } from '../record/notes.ts';
import { type AccessRecord, EMPTY_RECORD, type GrantId } from '../record/record.ts';
import type { Clock } from '../runtime/clock.ts';
import type { Millis } from '../runtime/millis.ts';
import type { LastRecords } from './last-records.ts';
import type { RecentWrites } from './recent-writes.ts';

export interface ProvisionPorts {
  readonly clock: Clock;
  /** When Function Compute ends this invocation. */
  readonly deadline: Millis;
  readonly identity: Identity;
  readonly ram: RamReader & RamWriter;
  /** Of the instance that this invocation runs in. */
  readonly memory: RecentWrites;
  /** What that instance knows of roles from earlier invocations, to guess by; left out where nothing is guessed. */
  readonly seen?: LastRecords;
  /** Hears of every record that is about to be written, with what was found: for the history. */
  readonly note?: (write: RecordWrite) => void;
}

/** A record as it was found, and as it will be. */
export interface RecordWrite extends RoleId {
  readonly before: AccessRecord;
  readonly after: AccessRecord;
}

export interface Reconciled {
  /** Null: the role is what its record says. Else nothing was written. */
  readonly refusal: Problem | null;
  /** As it was found first, and as it is now. */
  readonly before: AccessRecord;
  readonly record: AccessRecord;
  readonly superseded: readonly GrantId[];
  /** What was written, difference by difference. */
  readonly changes: readonly WrittenChange[];
  readonly writes: number;
  readonly lastWriteAt: Millis | null;
  /** The request that waits for approval now, and the one that did before; null for none. */
  readonly pending: Asked | null;
  readonly left: Asked | null;
  /** The notes of the role, where it was looked at. */
  readonly notes: Notes | null;
}

/** What a run came to that wrote nothing and looked at nothing. */
export const NOTHING_DONE = {
  before: EMPTY_RECORD,
  record: EMPTY_RECORD,
  superseded: [],
  changes: [],
  writes: 0,
  lastWriteAt: null,
  pending: null,
  left: null,
  notes: null,
} as const;
