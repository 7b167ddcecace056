import { randomUUID } from 'node:crypto';
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import type { Profiler } from 'node:inspector';
import { resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import convert from 'ast-v8-to-istanbul';
import { parseAstAsync } from 'vitest/node';
import type { FileHits } from './add-hits.ts';

/** What V8 counted in the built code, one file for each test file. */
const COUNTS = resolve('coverage/built');

/** Built with source maps (test/coverage/build.ts). */
const BUILT = pathToFileURL(resolve('dist')).href;

interface Counts {
  readonly result: readonly Profiler.ScriptCoverage[];
}

/** Puts aside what was counted in built code. */
export async function keepBuilt(taken: unknown): Promise<void> {
  const result = builtOf(taken);
  if (result.length === 0) return;
  await mkdir(COUNTS, { recursive: true });
  await writeFile(resolve(COUNTS, `${randomUUID()}.json`), JSON.stringify({ result } satisfies Counts));
}

/** All that was put aside, in terms of the sources that the built code was made of. Takes it away. */
export async function takeBuilt(): Promise<readonly FileHits[]> {
  const totals = new Map<string, Uint32Array>();
  for (const file of await readdir(COUNTS).catch(() => []))
    for (const script of builtOf(JSON.parse(await readFile(resolve(COUNTS, file), 'utf8'))))
      totals.set(script.url, sum(totals.get(script.url), countsOf(script)));
  await rm(COUNTS, { recursive: true, force: true });
  const hits: FileHits[] = [];
  for (const [url, total] of totals) {
    const code = await readFile(fileURLToPath(url), 'utf8');
    const functions = [{ functionName: '', isBlockCoverage: true, ranges: rangesOf(total) }];
    const found = await convert({ code, ast: await parseAstAsync(code), coverage: { url, functions } });
    hits.push(...Object.values(found));
  }
  return hits;
}

/** The local cloud runs what was deployed, unpacked in a folder of its own. */
const UNPACKED = /^.*\/dms-handshake-code-[^/]+\/\d+\/dms-handshake-([a-z]+)\/[0-9a-f]+\/index\.js$/;

const builtOf = (counts: unknown): readonly Profiler.ScriptCoverage[] =>
  (counts as Counts).result
    .map((script) => ({ ...script, url: script.url.replace(UNPACKED, `${BUILT}/$1/index.js`) }))
    .filter(({ url }) => url.startsWith(`${BUILT}/`));

/** How often each character was run. Of the ranges that hold one, the shortest says it. */
function countsOf({ functions }: Profiler.ScriptCoverage): Uint32Array {
  const ranges = functions.flatMap((one) => one.ranges).sort((a, b) => lengthOf(b) - lengthOf(a));
  const counts = new Uint32Array(Math.max(0, ...ranges.map(({ endOffset }) => endOffset)));
  for (const { startOffset, endOffset, count } of ranges) counts.fill(count, startOffset, endOffset);
  return counts;
}

/** Ranges differ from one test file to the next, so what is added up are characters. */
function sum(total: Uint32Array | undefined, counts: Uint32Array): Uint32Array {
  return total === undefined ? counts : counts.map((count, at) => count + (total[at] ?? 0));
}

const lengthOf = ({ startOffset, endOffset }: Profiler.CoverageRange): number => endOffset - startOffset;

/** Neighbours of one count as one range. */
function rangesOf(total: Uint32Array): Profiler.CoverageRange[] {
  const ranges: Profiler.CoverageRange[] = [];
  total.forEach((count, at) => {
    const last = ranges.at(-1);
    if (last?.count === count) last.endOffset = at + 1;
    else ranges.push({ startOffset: at, endOffset: at + 1, count });
  });
  return ranges;
}
