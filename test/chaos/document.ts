import { readFile, writeFile } from 'node:fs/promises';
import type { Ran } from './print.ts';

const FILE = 'docs/quality/reliability.md';
export const BEGIN = '<!-- table of `npm run chaos -- --doc`: do not edit -->';
export const END = '<!-- end of the table -->';

/** Puts the table of a run into docs/quality/reliability.md, between its two marks. */
export async function writeTable(run: Run): Promise<void> {
  await writeFile(FILE, withTable(await readFile(FILE, 'utf8'), run));
}

/** A run of every scenario. */
export interface Run {
  readonly seed: number;
  /** At most so many of each scenario; null for as many as each one has. */
  readonly runs: number | null;
  readonly ran: readonly Ran[];
  readonly seconds: number;
}

export function withTable(page: string, { seed, runs, ran, seconds }: Run): string {
  const from = page.indexOf(BEGIN);
  const to = page.indexOf(END);
  if (from < 0 || to < from) throw new Error(`${FILE} lacks the marks ${BEGIN} and ${END}`);
  const head = '| Scenario | Promise | Runs | Violations | Worst |\n|---|---|---|---|---|';
  const rows = ran.map(
    ({ scenario: { id, promise, where, unit }, report }) =>
      `| \`${id}\` | ${promise} | ${report.runs.toLocaleString('en')} ${unit} (${where}) | ${report.violations.length} | ${report.worst} |`,
  );
  const part = runs === null ? '' : `, not a full run: ${runs} runs of each`;
  const foot = `Seed ${seed}${part}, Node.js ${process.version}, ${(seconds / 60).toFixed(1)} minutes.`;
  return `${page.slice(0, from)}${BEGIN}\n\n${[head, ...rows].join('\n')}\n\n${foot}\n\n${page.slice(to)}`;
}
