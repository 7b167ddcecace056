/**
 * Tag of the verify function's role that remembers which roles the sweep has told of that are not ours to write on: of
 * our name without our tag, or with our tag and a name that we never make.
 */
export const STRANGERS_TAG = 'dms-strangers';

/** Characters that RAM keeps of a tag's value. */
const LONGEST_VALUE = 256;

/** As many names as fit, in order; the rest is only counted. */
export function formatStrangers(names: readonly string[]): string {
  const sorted = [...new Set(names)].sort();
  const room = LONGEST_VALUE - ' +9999'.length;
  const fitting = sorted.filter((_, index) => sorted.slice(0, index + 1).join(' ').length <= room).length;
  const rest = sorted.length - fitting;
  return [...sorted.slice(0, fitting), ...(rest === 0 ? [] : [`+${rest}`])].join(' ');
}

/** The names that are remembered. */
export const readStrangers = (value: string | undefined): readonly string[] =>
  (value ?? '').split(' ').filter((word) => word !== '' && !word.startsWith('+'));
