import { Bench } from './bench.ts';

/** What one case came to. */
export interface Trial {
  /** How many runs it counts for; 0 where the bad weather never struck. */
  readonly runs: number;
  /** In words, one by one; empty where the promise held. */
  readonly wrong: readonly string[];
  /** The measure whose worst is reported: the largest. And what to say beside it. */
  readonly figure: number;
  readonly note?: string;
}

/** A case in which a promise did not hold, made as small as it goes: what was done, then what was wrong. */
export interface Violation {
  readonly history: readonly string[];
}

export interface Report {
  readonly runs: number;
  readonly violations: readonly Violation[];
  readonly worst: string;
}

/** A promise, and the bad weather that it is put through. */
export interface Scenario {
  readonly id: string;
  readonly promise: string;
  /** Where it runs, for the table: the functions as they are deployed, or their workflow without HTTP in between. */
  readonly where: 'built functions' | 'in process' | 'built functions and in process';
  /** What is counted as a run. */
  readonly unit: string;
  /** Runs of `npm run chaos`, and of the short version in `npm test`. `Infinity` (in full only): every case there is. */
  readonly full: number;
  readonly short: number;
  /** Processor seconds of all its runs, about, where they are many: what takes longest is begun first. */
  readonly seconds?: number;
  run(seed: number, runs: number): Promise<Report>;
}

export interface Plan<Case> extends Omit<Scenario, 'run'> {
  /** Never more cases than make `runs` runs, but for the last. */
  cases(seed: number, runs: number, bench: Bench): AsyncIterable<Case> | Iterable<Case>;
  attempt(one: Case, bench: Bench): Promise<Trial>;
  /** What is done in a case, line by line. */
  tell(one: Case): readonly string[];
  /** Smaller cases that may fail for the same reason, the smallest first. */
  smaller?(one: Case): Iterable<Case>;
  /** The worst figure in words. */
  worst(figure: number): string;
}

/** After so many it is known that the promise does not hold. */
const MOST_VIOLATIONS = 3;
const MOST_SHRINKS = 200;

export function scenario<Case>(plan: Plan<Case>): Scenario {
  const { id, promise, where, unit, full, short, seconds = 0 } = plan;
  return {
    id,
    promise,
    where,
    unit,
    full,
    short,
    seconds,
    async run(seed, wanted) {
      const bench = new Bench(seed);
      const violations: Violation[] = [];
      let runs = 0;
      let worst: Trial | null = null;
      try {
        for await (const one of plan.cases(seed, wanted, bench)) {
          if (runs >= wanted || violations.length >= MOST_VIOLATIONS) break;
          const trial = await attempt(plan, one, bench);
          runs += trial.runs;
          if (trial.runs > 0 && trial.figure >= (worst?.figure ?? Number.NEGATIVE_INFINITY)) worst = trial;
          if (trial.wrong.length > 0) violations.push(await shrink(plan, one, trial, bench));
        }
      } finally {
        await bench.clear();
      }
      return { runs, violations, worst: worst === null ? 'no run' : worded(plan, worst) };
    },
  };
}

const worded = <Case>({ worst }: Plan<Case>, { figure, note }: Trial): string =>
  worst(figure) + (note === undefined ? '' : ` (${note})`);

async function shrink<Case>(plan: Plan<Case>, first: Case, trial: Trial, bench: Bench): Promise<Violation> {
  let smallest = first;
  let wrong = trial.wrong;
  let tries = 0;
  for (let found = true; found; ) {
    found = false;
    for (const candidate of plan.smaller?.(smallest) ?? []) {
      tries += 1;
      if (tries > MOST_SHRINKS) break;
      const again = await attempt(plan, candidate, bench);
      if (again.wrong.length === 0) continue;
      smallest = candidate;
      wrong = again.wrong;
      found = true;
      break;
    }
  }
  return { history: [...plan.tell(smallest), ...wrong.slice(0, 5).map((one) => `WRONG: ${one}`)] };
}

/** What the world throws is a violation like any other; after one the world is thrown away. */
async function attempt<Case>(plan: Plan<Case>, one: Case, bench: Bench): Promise<Trial> {
  let trial: Trial;
  try {
    trial = await plan.attempt(one, bench);
  } catch (error) {
    const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
    trial = { runs: 1, wrong: [text.split('\n').slice(0, 4).join(' ')], figure: 0 };
  }
  if (trial.wrong.length > 0) await bench.clear();
  return trial;
}

/** Fails of a list of things that must be: the words of those that are not. */
export const unmet = (...musts: readonly (readonly [holds: boolean, otherwise: string])[]): string[] =>
  musts.filter(([holds]) => !holds).map(([, otherwise]) => otherwise);
