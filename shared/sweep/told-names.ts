/**
 * Tag of the verify function's role that remembers which roles the sweep has told of and cannot write on: those of our
 * name without our tag, those with our tag and a name that we never make, and those whose tags leave no room. Its name
 * is older than this one; installed roles have it.
 */
export const TOLD_NAMES_TAG = 'dms-strangers';

/** Characters that RAM keeps of a tag's value. */
const LONGEST_VALUE = 256;

/** As many names as fit, in order; the rest is only counted. */
export function formatNames(names: readonly string[]): string {
  const sorted = [...new Set(names)].sort();
  const room = LONGEST_VALUE - ' +9999'.length;
  const fitting = sorted.filter((_, index) => sorted.slice(0, index + 1).join(' ').length <= room).length;
  const rest = sorted.length - fitting;
  return [...sorted.slice(0, fitting), ...(rest === 0 ? [] : [`+${rest}`])].join(' ');
}

/** The names that are remembered. */
export const readNames = (value: string | undefined): readonly string[] =>
  (value ?? '').split(' ').filter((word) => word !== '' && !word.startsWith('+'));
