import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { type Figures, measureAll } from './figures.ts';
import { pageOf } from './page.ts';

const USAGE = `npm run bench -- [--json] [--doc | --page] [--rounds N]

Measures calls, round trips, times and memory, in about seven minutes.

  --json      prints the figures as one JSON object
  --doc       writes them to docs/performance.json, and docs/performance.md and .svg out of them
  --page      measures nothing, and writes the page out of docs/performance.json
  --rounds N  how often each time is taken (default 15)
`;

const FIGURES = 'docs/performance.json';

/** Prints the page, or the figures; answers the exit code. */
export async function main(args: readonly string[]): Promise<number> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      json: { type: 'boolean', default: false },
      doc: { type: 'boolean', default: false },
      page: { type: 'boolean', default: false },
      rounds: { type: 'string', default: '15' },
      help: { type: 'boolean', default: false },
    },
  });
  const rounds = Number(values.rounds);
  if (values.help || !Number.isInteger(rounds) || rounds < 1) {
    process.stdout.write(USAGE);
    return values.help ? 0 : 2;
  }
  const figures: Figures = values.page
    ? JSON.parse(readFileSync(FIGURES, 'utf8'))
    : await measureAll(rounds, (what) => process.stderr.write(`measuring ${what}\n`));
  const json = `${JSON.stringify(figures, null, 2)}\n`;
  if (!values.page) process.stdout.write(values.json ? json : pageOf(figures).markdown);
  if (values.doc) {
    writeFileSync(FIGURES, json);
    execFileSync('node_modules/.bin/biome', ['format', '--write', FIGURES], { stdio: 'ignore' });
  }
  if (values.doc || values.page) writePage(figures);
  return 0;
}

function writePage(figures: Figures): void {
  const { markdown, svg } = pageOf(figures);
  writeFileSync('docs/performance.md', markdown);
  writeFileSync('docs/performance.svg', svg);
}
