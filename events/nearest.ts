import { distance } from 'fastest-levenshtein';
import { quote } from './visible.ts';

/** Of names that begin alike, more than these would not help. */
const MOST = 3;
/** So many letters are the beginning of a name, if of one only: `requester` of `requesterUid`. */
const BEGINNING = 4;

/**
 * The known names that a word may stand for, in the order in which they are known: those that go on where it ends
 * (`polardb`, `polardb-mysql`), else the only one that begins so, else the nearest one, else those of which it is a part (`request`). Empty where none is near, since a wrong hint leads astray.
 */
export function nearestTo(word: string, known: readonly string[]): readonly string[] {
  const meant = word.slice(0, 64).toLowerCase();
  const longer = known.filter((name) => name.startsWith(`${meant}-`));
  if (longer.length > 0 && longer.length <= MOST) return longer;
  const begun = meant.length < BEGINNING ? [] : known.filter((name) => name.toLowerCase().startsWith(meant));
  if (begun.length === 1) return begun;
  const [best] = known
    .map((name) => ({ name, by: lettersWrong(meant, name.toLowerCase()) }))
    .toSorted((a, b) => a.by - b.by);
  if (best !== undefined && best.by <= farthest(meant)) return [best.name];
  const holding = meant.length < 3 ? [] : known.filter((name) => name.toLowerCase().includes(meant));
  return holding.length <= MOST ? holding : [];
}

/** The same in words, as the middle of a sentence; empty where none is near. */
export const nearestWords = (names: readonly string[]): string => {
  const shown = names.map(quote);
  if (shown.length === 0) return '';
  return shown.length === 1 ? `; the nearest is ${shown[0]}` : `; it could be ${shown.join(', ')}`;
};

/** Letters in another order are one mistake. */
const lettersWrong = (a: string, b: string): number =>
  a !== b && [...a].sort().join('') === [...b].sort().join('') ? 1 : distance(a, b);

/** How many letters may be wrong: none of two, one of three, two of up to eight, then a third. */
const farthest = (word: string): number =>
  Math.max(Math.min(2, word.length - 2), Math.floor(word.length / 3));
