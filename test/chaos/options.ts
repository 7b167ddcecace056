import { parseArgs } from 'node:util';
import { closest } from 'fastest-levenshtein';
import type { Scenario } from './scenario.ts';

/** What is to be run. */
export interface Options {
  readonly seed: number;
  /** In the order of the table. */
  readonly scenarios: readonly Scenario[];
  /** Runs of each scenario; null for as many as each one has. */
  readonly runs: number | null;
  readonly json: boolean;
  /** Write the table into docs/quality/reliability.md. */
  readonly doc: boolean;
  readonly help: boolean;
}

/** Wrong usage: the message names the value and the way out. */
export class UsageError extends Error {}

const OPTIONS = {
  seed: { type: 'string', default: '1' },
  scenario: { type: 'string', multiple: true, default: [] as string[] },
  runs: { type: 'string' },
  json: { type: 'boolean', default: false },
  doc: { type: 'boolean', default: false },
  help: { type: 'boolean', short: 'h', default: false },
} as const;

export function parseOptions(words: readonly string[], all: readonly Scenario[]): Options {
  const { seed, scenario, runs, json, doc, help } = parse(words);
  const ids = scenario.map((word) => idOf(word, all));
  if (doc && ids.length > 0)
    throw new UsageError('--doc writes a table of every scenario: leave --scenario out.');
  return {
    seed: wholeNumber('--seed', seed, 0),
    scenarios: ids.length === 0 ? all : all.filter(({ id }) => ids.includes(id)),
    runs: runs === undefined ? null : wholeNumber('--runs', runs, 1),
    json,
    doc,
    help,
  };
}

function parse(words: readonly string[]) {
  try {
    return parseArgs({ args: [...words], options: OPTIONS, allowPositionals: false }).values;
  } catch (error) {
    // `Unknown option '--sed'. To specify ...`: the first sentence says it.
    const [first = ''] = (error instanceof Error ? error.message : String(error)).split('. ');
    const unknown = /^Unknown option '(--[^']*)'/.exec(first)?.[1];
    const known = Object.keys(OPTIONS).map((name) => `--${name}`);
    const hint = unknown === undefined ? '' : `; the nearest is ${closest(unknown, known)}`;
    throw new UsageError(`${first}${hint}. Known: ${known.join(', ')}.`);
  }
}

function idOf(word: string, all: readonly Scenario[]): string {
  const ids = all.map(({ id }) => id);
  if (ids.includes(word)) return word;
  throw new UsageError(
    `--scenario ${JSON.stringify(word)}: there is no such scenario; the nearest is "${closest(word, ids)}". Known: ${ids.join(', ')}.`,
  );
}

function wholeNumber(option: string, word: string, least: number): number {
  const number = Number(word);
  if (/^\d{1,15}$/.test(word) && number >= least) return number;
  throw new UsageError(
    `${option} ${JSON.stringify(word)}: expected a whole number of at most 15 digits, ${least} or more.`,
  );
}

export const usage = (all: readonly Scenario[]): string =>
  [
    'npm run chaos -- [--seed N] [--scenario ID]... [--runs N] [--json | --doc]',
    '',
    '  --seed N        what is left to chance is drawn from it (default 1)',
    '  --scenario ID   only this one; may be repeated',
    '  --runs N        runs of each scenario, in place of its own number',
    '  --json          one object on standard output, all else on standard error',
    '  --doc           every scenario, and their table into docs/quality/reliability.md',
    '',
    'Exit status: 0 every promise held, 1 one did not, 2 wrong usage.',
    '',
    ...all.map(({ id, promise }) => `  ${id.padEnd(18)}${promise}`),
    '',
  ].join('\n');
