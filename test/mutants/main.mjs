/** Alters lines and sees whether a test fails: see docs/quality/mutants.md. */
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { runArea } from './area-run.mjs';
import { AREAS, areaOf, PASSES, REST } from './areas.mjs';
import { alterAwaitsOnly } from './awaits.mjs';
import { byVitest } from './by-vitest.mjs';
import { drawnPlaces, sourcesOf } from './draw.mjs';
import { runDry } from './dry.mjs';
import { wasTried } from './left-out.mjs';
import { writePage } from './page.mjs';
import { equivalents, lineOf, percent, scoreOf, sumOf } from './score.mjs';
import { readSeen } from './seen.mjs';

/** Below it, the run fails. */
const LEAST = 95;
const OUT = '.stryker-tmp/areas';

const { values: options } = parseArgs({
  options: {
    area: { type: 'string', multiple: true },
    mutate: { type: 'string', multiple: true },
    with: { type: 'string', multiple: true },
    minutes: { type: 'string', default: '45' },
    concurrency: { type: 'string', default: '2' },
    dry: { type: 'boolean', default: false },
    tests: { type: 'boolean', default: false },
    awaits: { type: 'boolean', default: false },
    sample: { type: 'string' },
    seed: { type: 'string', default: '1' },
  },
});

const say = (text) => process.stdout.write(`${text}\n`);
const deadline = Date.now() + Number(options.minutes) * 60_000;
/** Tests that fail where nothing is altered: they are left out of the run, which fails for that. */
const failing = resolve(OUT, 'failing.json');
const common = { concurrency: Number(options.concurrency), deadline, failing, with: options.with };
mkdirSync(OUT, { recursive: true });
if (options.awaits) alterAwaitsOnly();

function tellFailing() {
  const names = JSON.parse(readFileSync(failing, 'utf8'));
  for (const name of names) say(`fails without a mutant, and was left out: ${name}`);
  return names.length === 0;
}

/** `isWhole`: whether files were run whole, so that what they explain must survive. */
function tell(area, mutants, isWhole = true) {
  const tried = mutants.filter(wasTried);
  const score = scoreOf(tried, equivalents(options.awaits));
  for (const mutant of score.unexplained) say(lineOf(mutant));
  for (const mutant of score.late) say(`late: ${lineOf(mutant)}, in ${mutant.reason}`);
  for (const { file, changes } of isWhole ? score.stale : [])
    say(
      `no longer survives: ${file} ${JSON.stringify(changes)}; take it out of test/mutants/equivalents.json`,
    );
  const sum = sumOf(score.files);
  say(
    `${area}: ${percent(sum)} (found ${sum.found}, late ${sum.late} of these; left ${sum.left}; change nothing ${sum.same})`,
  );
  const out = `${OUT}/${area}${options.awaits ? '-awaits' : ''}`;
  writeFileSync(`${out}.json`, JSON.stringify(tried));
  writeFileSync(`${out}.txt`, `${score.unexplained.map(lineOf).join('\n')}\n`);
  return score;
}

async function sample() {
  const file = resolve(OUT, 'drawn.json');
  const drawn = { count: Number(options.sample), seed: options.seed, file };
  const sources = sourcesOf(REST);
  const { places, of } = await drawnPlaces(sources, drawn.count, drawn.seed);
  say(`${places.length} of ${of} in ${sources.length} files`);
  const run = { ...common, mutate: places, sample: drawn };
  const answered = await runArea(REST, run);
  // What stands within one that was drawn is in the code, too.
  const ids = new Set(JSON.parse(readFileSync(file, 'utf8')));
  const mutants = answered.filter((mutant) => ids.has(mutant.id) && wasTried(mutant));
  const alone = mutants.filter(({ status }) => status === 'NoCoverage');
  say(`${alone.length} of ${mutants.length} are reached by tests alone that start processes`);
  const outside = await byVitest(alone, deadline);
  const tried = [...mutants.filter((mutant) => !alone.includes(mutant)), ...outside.tried];
  for (const one of outside.failing) say(`fails without a mutant, and was left out: ${one}`);
  const { unexplained } = tell('sample', tried, false);
  say(`noticed ${tried.length - unexplained.length} of ${tried.length}, seed ${options.seed}`);
  return tellFailing() && outside.failing.length === 0;
}

async function areas() {
  const names =
    options.mutate?.map(areaOf) ?? options.area ?? Object.keys(AREAS).filter((name) => name !== REST);
  const files = [];
  const leftOut = new Set();
  let isClean = true;
  for (const area of new Set(names)) {
    const altered = options.mutate?.filter((file) => areaOf(file) === area) ?? AREAS[area].sources;
    if (Date.now() > deadline) {
      for (const one of altered) leftOut.add(one);
      continue;
    }
    const mutants = await runArea(area, { ...common, mutate: altered });
    for (const { file } of mutants.filter((mutant) => !wasTried(mutant))) leftOut.add(file);
    const score = tell(area, mutants);
    isClean = tellFailing() && score.stale.length + score.unexplained.length === 0 && isClean;
    files.push(...score.files.filter(({ file }) => !leftOut.has(file)));
    if (!options.awaits && options.with === undefined) writePage(files);
  }
  say(`all: ${percent(sumOf(files))}`);
  if (leftOut.size > 0) say(`left out after ${options.minutes} minutes: ${[...leftOut].join(', ')}`);
  return isClean && Number(percent(sumOf(files))) >= LEAST;
}

async function dry() {
  const { units, files, of, failed } = await runDry(options.area ?? Object.keys(AREAS));
  for (const one of failed) say(one);
  say(
    `${units} tests of ${files} files, twice; ${failed.length} failures; ${of - files} files start processes`,
  );
  return failed.length === 0;
}

/** Which tests no change makes fail. It goes on from where the last run ended, unless all passes are asked for. */
async function tests() {
  const [seen, units] = [resolve(OUT, 'seen.txt'), resolve(OUT, 'units.json')];
  const known = resolve(OUT, 'all-units.json');
  if (options.area === undefined) for (const file of [seen, known]) rmSync(file, { force: true });
  for (const area of options.area ?? Object.keys(PASSES)) {
    if (Date.now() > deadline) {
      say(`left out after ${options.minutes} minutes: ${area}`);
      continue;
    }
    await runArea(area, { ...common, seen, units });
    const all = { ...readNames(known), ...readNames(units) };
    writeFileSync(known, JSON.stringify(all));
    say(`${area}: ${readSeen(seen).expected.size} of ${Object.keys(all).length} tests have failed`);
  }
  const { expected, threw } = readSeen(seen);
  const left = Object.entries(readNames(known)).filter(([id]) => !expected.has(id));
  const lines = left.map(([id, name]) => `${threw.has(id) ? 'throws only' : 'never fails'}: ${name}`);
  for (const line of lines) say(line);
  writeFileSync(`${OUT}/never-fail.txt`, `${lines.join('\n')}\n`);
  return tellFailing();
}

const readNames = (file) => (existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {});

const run = options.tests ? tests : options.dry ? dry : options.sample === undefined ? areas : sample;
process.exit((await run()) ? 0 : 1);
