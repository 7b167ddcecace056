import { readFile, writeFile } from 'node:fs/promises';
import type { Ran } from './print.ts';

const FILE = 'docs/reliability.md';
export const BEGIN = '<!-- table of `npm run chaos -- --doc`: do not edit -->';
export const END = '<!-- end of the table -->';

/** Puts the table of a full run into docs/reliability.md, between its two marks. */
export async function writeTable(seed: number, ran: readonly Ran[], seconds: number): Promise<void> {
  await writeFile(FILE, withTable(await readFile(FILE, 'utf8'), seed, ran, seconds));
}

export function withTable(page: string, seed: number, ran: readonly Ran[], seconds: number): string {
  const from = page.indexOf(BEGIN);
  const to = page.indexOf(END);
  if (from < 0 || to < from) throw new Error(`${FILE} lacks the marks ${BEGIN} and ${END}`);
  const head = '| Scenario | Promise | Runs | Violations | Worst |\n|---|---|---|---|---|';
  const rows = ran.map(
    ({ scenario: { id, promise, where, unit }, report }) =>
      `| \`${id}\` | ${promise} | ${report.runs.toLocaleString('en')} ${unit} (${where}) | ${report.violations.length} | ${report.worst} |`,
  );
  const foot = `Seed ${seed}, Node.js ${process.version}, ${(seconds / 60).toFixed(0)} minutes.`;
  return `${page.slice(0, from)}${BEGIN}\n\n${[head, ...rows].join('\n')}\n\n${foot}\n\n${page.slice(to)}`;
}
