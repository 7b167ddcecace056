import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { type Figures, linesOf } from './figures.ts';
import { type Machine, machine } from './machine.ts';
import { type Found, measureParts } from './measure.ts';
import { pageOf } from './page.ts';
import { isPart, PART_NAMES, PARTS, type PartName } from './parts.ts';

const USAGE = `npm run bench -- [--json] [--only NAME]... [--doc | --recount] [--rounds N]

Measures calls, round trips, times and memory, in about ten minutes, and tells each figure as it is found.

  --only NAME  measures only this; may be given more than once
  --json       prints the figures as one JSON object
  --doc        writes them to docs/quality/performance.json, and docs/quality/performance.md and .svg out of them;
               what was not measured stays as it was, with its day
  --recount    the same as --doc --only requests --only archives: figures that every machine finds alike
  --rounds N   how often each time is taken (default 15)

Names:
${PART_NAMES.map((name) => `  ${name.padEnd(12)} ${PARTS[name].what}`).join('\n')}
`;

const FIGURES = 'docs/quality/performance.json';

/** Prints the page, or the figures; answers the exit code. */
export async function main(args: readonly string[]): Promise<number> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      json: { type: 'boolean', default: false },
      only: { type: 'string', multiple: true, default: [] },
      doc: { type: 'boolean', default: false },
      recount: { type: 'boolean', default: false },
      rounds: { type: 'string', default: '15' },
      help: { type: 'boolean', default: false },
    },
  });
  const rounds = Number(values.rounds);
  const unknown = values.only.filter((name) => !isPart(name));
  if (values.help) return usage(0);
  if (unknown.length > 0) return usage(2, `--only ${unknown.join(', ')}: there is no such part`);
  if (!Number.isInteger(rounds) || rounds < 1)
    return usage(2, `--rounds ${values.rounds}: expected 1 or more`);
  const asked: readonly PartName[] = values.recount ? ['requests', 'archives'] : values.only.filter(isPart);
  const names = asked.length === 0 ? PART_NAMES : asked;
  const found = await measureParts(names, rounds, (line) => process.stderr.write(`${line}\n`));
  process.stdout.write(values.json ? jsonOf(found.measured) : `${linesOf(found.measured).join('\n')}\n`);
  if (values.doc || values.recount) write(withFound(figuresSoFar(), found, machine()));
  return found.failed.length === 0 ? 0 : 1;
}

function usage(code: number, fault?: string): number {
  if (fault !== undefined) process.stderr.write(`${fault}\n`);
  process.stdout.write(USAGE);
  return code;
}

const figuresSoFar = (): Figures => JSON.parse(readFileSync(FIGURES, 'utf8'));

/** Throws where times of two machines would come to stand beside each other. */
export function withFound(before: Figures, found: Found, here: Machine): Figures {
  const runs = { ...before.runs, ...found.runs };
  const kept = PART_NAMES.filter((name) => found.runs[name] === undefined && !PARTS[name].exact);
  const isAlien = before.machine.processor !== here.processor || before.machine.cores !== here.cores;
  const hasTimes = PART_NAMES.some((name) => found.runs[name] !== undefined && !PARTS[name].exact);
  if (isAlien && hasTimes && kept.length > 0)
    throw new Error(
      `${kept.join(', ')} were measured on another machine (${before.machine.processor}): measure all, without --only`,
    );
  return { ...before, ...found.measured, machine: hasTimes ? here : before.machine, runs };
}

const jsonOf = (figures: object): string => `${JSON.stringify(figures, null, 2)}\n`;

function write(figures: Figures): void {
  const { markdown, svg } = pageOf(figures);
  writeFileSync(FIGURES, jsonOf(figures));
  execFileSync('node_modules/.bin/biome', ['format', '--write', FIGURES], { stdio: 'ignore' });
  writeFileSync('docs/quality/performance.md', markdown);
  writeFileSync('docs/quality/performance.svg', svg);
}
