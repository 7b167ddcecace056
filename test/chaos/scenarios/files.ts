import { Dice } from '../dice.ts';
import { type FileKind, fuzzedFile, judgeFile } from '../fuzz/files.ts';
import { without } from '../requests.ts';
import { scenario } from '../scenario.ts';

const KINDS: readonly FileKind[] = ['instance', 'requesters', 'accounts'];
/** Files of one case. */
const TOGETHER = 5_000;
/** Of so many files no more than this share of each kind is taken. */
const ENOUGH = 100;
const MOST_TAKEN = 0.5;

interface Case {
  readonly seed: number;
  readonly files: readonly number[];
}

export const files = scenario<Case>({
  id: 'files',
  promise:
    'any file for --instance, --requesters or --accounts: 0 crashes, and every message names file and place, with nothing unseen in it',
  where: 'in process',
  unit: 'files',
  full: 100_000,
  short: 300,
  seconds: 60,
  *cases(seed, runs) {
    for (let from = 0; from < runs; from += TOGETHER)
      yield {
        seed,
        files: Array.from({ length: Math.min(TOGETHER, runs - from) }, (_, index) => from + index),
      };
  },
  async attempt({ seed, files: numbers }) {
    const wrong: string[] = [];
    const taken = new Map(KINDS.map((kind) => [kind, 0]));
    let longest = 0;
    for (const number of numbers) {
      const bytes = fileOf(seed, number);
      longest = Math.max(longest, bytes.length);
      const found = judgeFile(kindOf(number), bytes);
      if (found === null) taken.set(kindOf(number), (taken.get(kindOf(number)) ?? 0) + 1);
      wrong.push(...(found ?? []));
      if (wrong.length > 0) break;
    }
    // Nearly all of them have something wrong with them that a reader has to see.
    for (const [kind, count] of taken)
      if (numbers.length >= ENOUGH && count > (MOST_TAKEN * numbers.length) / KINDS.length)
        wrong.push(`${count} files for ${kind} were taken of ${numbers.length} in all`);
    return { runs: numbers.length, wrong, figure: longest };
  },
  tell: ({ seed, files: numbers }) =>
    numbers.length > 3
      ? [`seed ${seed}, files ${numbers[0]} to ${numbers.at(-1)}`]
      : numbers.map(
          (one) =>
            `file ${one} (${kindOf(one)}): ${JSON.stringify(fileOf(seed, one).toString('latin1').slice(0, 2_000))}`,
        ),
  *smaller(one) {
    for (const numbers of without(one.files)) yield { ...one, files: numbers };
  },
  worst: (figure) => `the longest file had ${figure} bytes`,
});

const kindOf = (number: number): FileKind => KINDS[number % KINDS.length] ?? 'instance';
const fileOf = (seed: number, number: number): Buffer =>
  fuzzedFile(new Dice(seed, `file ${number}`), kindOf(number));
