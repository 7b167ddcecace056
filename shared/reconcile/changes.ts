import type { WrittenChange } from '../../events/change.ts';
import type { Operation } from '../ports.ts';
import type { AccessRecord, GrantId } from '../record/record.ts';
import { cutText } from './at-most.ts';
import type { Difference } from './difference.ts';

/** Changes that a reply tells one by one. A document of somebody else's can differ in thousands of lines. */
const MOST = 20;

/**
 * What the writes of a list of differences change. `record`: as it was before the request. What a delivery that died
 * half way can have left counts as asked for; what nobody here ever writes does not.
 */
export function writtenChanges(
  differences: readonly Difference[],
  record: AccessRecord,
): readonly WrittenChange[] {
  const written = differences.flatMap((one): WrittenChange[] => {
    if (one.write === null) return [];
    const { check, detail, write } = one;
    return [
      {
        check,
        before: cutText(detail),
        after: cutText(nameOf(write)),
        asked: !isForeign(one, write, record),
      },
    ];
  });
  // What nobody asked for is told first, so that a cut takes none of it before the rest.
  const sorted = written.toSorted((a, b) => Number(a.asked) - Number(b.asked));
  const left = sorted.length - MOST;
  if (left <= 0) return sorted;
  const [first] = sorted.slice(MOST);
  const rest = {
    check: first?.check ?? '',
    before: `and ${left} more`,
    after: '',
    asked: first?.asked ?? true,
  };
  return [...sorted.slice(0, MOST), rest];
}

/**
 * Whether somebody else must have made this difference. A policy of our name may be that of an earlier word about the
 * role, unless it grants what the record never spoke of.
 */
function isForeign({ foreign, opens }: Difference, write: Operation, record: AccessRecord): boolean {
  if (foreign === true) return true;
  if (write.operation !== 'detach-policy' || opens === 'everything') return false;
  return !opens.every((id: GrantId) => record.entries.has(id));
}

const nameOf = ({ operation, target }: Operation): string => `${operation} ${target}`;
