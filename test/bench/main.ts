import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { type Figures, measureAll } from './figures.ts';
import { benchRequests } from './grants.ts';
import { pageOf } from './page.ts';

const USAGE = `npm run bench -- [--json] [--doc | --recount] [--rounds N]

Measures calls, round trips, times and memory, in about seven minutes.

  --json      prints the figures as one JSON object
  --doc       writes them to docs/quality/performance.json, and docs/quality/performance.md and .svg out of them
  --recount   counts calls and round trips anew, keeps the times of docs/quality/performance.json, and writes the same
  --rounds N  how often each time is taken (default 15)
`;

const FIGURES = 'docs/quality/performance.json';

/** Prints the page, or the figures; answers the exit code. */
export async function main(args: readonly string[]): Promise<number> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      json: { type: 'boolean', default: false },
      doc: { type: 'boolean', default: false },
      recount: { type: 'boolean', default: false },
      rounds: { type: 'string', default: '15' },
      help: { type: 'boolean', default: false },
    },
  });
  const rounds = Number(values.rounds);
  if (values.help || !Number.isInteger(rounds) || rounds < 1) {
    process.stdout.write(USAGE);
    return values.help ? 0 : 2;
  }
  const figures = values.recount
    ? { ...figuresSoFar(), ...(await benchRequests()) }
    : await measureAll(rounds, (what) => process.stderr.write(`measuring ${what}\n`));
  process.stdout.write(values.json ? jsonOf(figures) : pageOf(figures).markdown);
  if (values.doc || values.recount) write(figures);
  return 0;
}

const figuresSoFar = (): Figures => JSON.parse(readFileSync(FIGURES, 'utf8'));

const jsonOf = (figures: Figures): string => `${JSON.stringify(figures, null, 2)}\n`;

function write(figures: Figures): void {
  const { markdown, svg } = pageOf(figures);
  writeFileSync(FIGURES, jsonOf(figures));
  execFileSync('node_modules/.bin/biome', ['format', '--write', FIGURES], { stdio: 'ignore' });
  writeFileSync('docs/quality/performance.md', markdown);
  writeFileSync('docs/quality/performance.svg', svg);
}
