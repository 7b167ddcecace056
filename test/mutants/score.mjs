/** What a run comes to: figures by file, and the survivors that nobody has explained. */
import { readFileSync } from 'node:fs';

/**
 * Survivors that are explained: `{ file, line, changes: [[from, to]], why, isWrong }`. They are known by the text of the
 * line that they begin on, so that they stay known when it moves. Most change nothing. One that `isWrong` would, in a way
 * that no test of an area can see; it counts as left.
 */
export const equivalents = (awaits = false) =>
  JSON.parse(readFileSync('test/mutants/equivalents.json', 'utf8')).filter(
    ({ changes }) => changes.every(leavesAwaitOut) === awaits,
  );

/** Those are altered in runs of their own. */
const leavesAwaitOut = ([from, to]) => bare(from) === `await${bare(to)}`;

/** Stryker lays out anew what it puts in. */
const bare = (text) => text.replaceAll(/[\s()]|,(?=\s*[)}\]])/g, '');

const isSurvivor = ({ status }) => status === 'Survived' || status === 'NoCoverage';
const isFound = ({ status }) => status === 'Killed' || status === 'Timeout';

const isExplained = (mutant) => (known) =>
  known.file === mutant.file &&
  known.line === mutant.line &&
  known.changes.some(([from, to]) => from === mutant.from && to === mutant.to);

/** `stale`: what is explained and does not survive, in files that were run whole. */
export function scoreOf(mutants, known = equivalents()) {
  const counted = mutants.filter((mutant) => isSurvivor(mutant) || isFound(mutant));
  const survivors = counted.filter(isSurvivor);
  const files = [...new Set(counted.map(({ file }) => file))].sort();
  return {
    files: files.map((file) =>
      figuresOf(
        file,
        counted.filter((mutant) => mutant.file === file),
        known,
      ),
    ),
    unexplained: survivors.filter((mutant) => !known.some(isExplained(mutant))),
    late: counted.filter(({ status }) => status === 'Timeout'),
    stale: known
      .filter(({ file }) => files.includes(file))
      .flatMap(({ changes, ...entry }) => changes.map((change) => ({ ...entry, changes: [change] })))
      .filter((entry) => !survivors.some((mutant) => isExplained(mutant)(entry))),
  };
}

function figuresOf(file, mutants, known) {
  const survivors = mutants.filter(isSurvivor);
  const same = survivors.filter((mutant) =>
    known.some((one) => one.isWrong !== true && isExplained(mutant)(one)),
  ).length;
  return {
    file,
    found: mutants.length - survivors.length,
    late: mutants.filter(({ status }) => status === 'Timeout').length,
    same,
    left: survivors.length - same,
  };
}

export const sumOf = (files) =>
  files.reduce(
    (sum, { found, late, same, left }) => ({
      found: sum.found + found,
      late: sum.late + late,
      same: sum.same + same,
      left: sum.left + left,
    }),
    { found: 0, late: 0, same: 0, left: 0 },
  );

/** Of what changes something: how much was found, in per cent. */
export const percent = ({ found, left }) =>
  found + left === 0 ? '100.00' : ((100 * found) / (found + left)).toFixed(2);

export const lineOf = ({ file, place, from, to, status }) =>
  `${file}:${place}  ${JSON.stringify(from)} -> ${JSON.stringify(to)}${status === 'NoCoverage' ? '  (no test)' : ''}`;
