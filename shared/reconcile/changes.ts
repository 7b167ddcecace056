import type { WrittenChange } from '../../events/change.ts';
import type { Operation } from '../ports.ts';
import type { Change } from '../record/change.ts';
import { stampsOf } from '../record/entry.ts';
import type { AccessRecord, GrantId } from '../record/record.ts';
import { cutText } from './at-most.ts';
import type { Difference } from './difference.ts';

/** Changes that a reply tells one by one. A document of somebody else's can differ in thousands of lines. */
const MOST = 20;

/** A difference, and the write that has ended it. */
export type Ended = Difference & { readonly write: Operation };

export const endedBy = (done: readonly Operation[], differences: readonly Difference[]): readonly Ended[] =>
  differences.filter((one): one is Ended => done.some((write) => write === one.write));

/**
 * Of what a reading of the record speaks that this change has not written down itself. An old reading may show nothing of
 * the role; the next one then tells what stood there all the same.
 */
export const spokenOf = (record: AccessRecord, change: Change): readonly GrantId[] =>
  [...record.entries].flatMap(([id, entry]) =>
    'at' in change && stampsOf(entry).every((at) => at === change.at) ? [] : id,
  );

/**
 * What the writes of a list of differences change. `spoken`: what the record spoke of before the request. What a delivery
 * that died half way can have left counts as asked for; what nobody here ever writes does not.
 */
export function writtenChanges(
  differences: readonly Ended[],
  spoken: ReadonlySet<GrantId>,
): readonly WrittenChange[] {
  const written = differences.map(
    (one): WrittenChange => ({
      check: one.check,
      before: cutText(one.detail),
      after: cutText(nameOf(one.write)),
      asked: !isForeign(one, spoken),
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
const isForeign = ({ foreign, opens }: Difference, spoken: ReadonlySet<GrantId>): boolean =>
  foreign === true || (opens !== 'everything' && !opens.every((id) => spoken.has(id)));

const nameOf = ({ operation, target }: Operation): string => `${operation} ${target}`;
