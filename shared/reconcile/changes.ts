import type { WrittenChange } from '../../events/change.ts';
import type { Operation } from '../ports.ts';
import type { AccessRecord } from '../record/record.ts';
import { cutText } from './at-most.ts';
import type { Difference } from './difference.ts';

/** Changes that a reply tells one by one. A document of somebody else's can differ in thousands of lines. */
const MOST = 20;

/** A difference, and the write that has ended it. */
export type Ended = Difference & { readonly write: Operation };

export const endedBy = (done: readonly Operation[], differences: readonly Difference[]): readonly Ended[] =>
  differences.filter((one): one is Ended => done.some((write) => write === one.write));

/**
 * What the writes of a list of differences change. `record`: as it was before the request. What a delivery that died
 * half way can have left counts as asked for; what nobody here ever writes does not.
 */
export function writtenChanges(
  differences: readonly Ended[],
  record: AccessRecord,
): readonly WrittenChange[] {
  const written = differences.map(
    (one): WrittenChange => ({
      check: one.check,
      before: cutText(one.detail),
      after: cutText(nameOf(one.write)),
      asked: !isForeign(one, record),
    }),
  );
  // What nobody asked for is told first, so that a cut takes none of it before the rest.
  const sorted = written.toSorted((a, b) => Number(a.asked) - Number(b.asked));
  const left = sorted.slice(MOST);
  const rest = left
    .slice(0, 1)
    .map(({ check, asked }) => ({ check, before: `and ${left.length} more`, after: '', asked }));
  return [...sorted.slice(0, MOST), ...rest];
}

/**
 * Whether somebody else must have made this difference. A policy of our name, or a user who is trusted, may be that of an
 * earlier word about the role, unless it grants what the record never spoke of.
 */
const isForeign = ({ foreign, opens }: Difference, record: AccessRecord): boolean =>
  foreign === true || (opens !== 'everything' && !opens.every((id) => record.entries.has(id)));

const nameOf = ({ operation, target }: Operation): string => `${operation} ${target}`;
