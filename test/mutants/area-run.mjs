/** One area through Stryker. Answers every mutant with what came of it. */
import { readFileSync } from 'node:fs';
import { relative } from 'node:path';
import { Stryker } from '@stryker-mutator/core';
import { triedWith } from './areas.mjs';

/**
 * Each `{ id, file, place, line, from, to, status, reason }`: `line` is the text of the line that it begins on. `options` are
 * those of Stryker, and of the runner.
 */
export async function runArea(area, options) {
  const { sources, isBuilt = false } = triedWith(area, options.with);
  const results = await new Stryker({
    configFile: 'stryker.config.json',
    area,
    mutate: sources,
    // The built functions and command line hold the mutants, too.
    ...(isBuilt ? { buildCommand: 'node scripts/run.mjs build' } : {}),
    ...options,
  }).runMutationTest();
  return results.map(({ id, fileName, location: { start, end }, replacement, status, statusReason }) => {
    const file = relative('', fileName);
    const lines = linesOf(file);
    return {
      id,
      file,
      place: `${start.line}:${start.column}`,
      line: lines[start.line - 1].trim(),
      from: between(lines, start, end),
      to: replacement,
      status,
      reason: statusReason,
    };
  });
}

const known = new Map();

function linesOf(file) {
  const lines = known.get(file) ?? readFileSync(file, 'utf8').split('\n');
  known.set(file, lines);
  return lines;
}

/** Lines and columns are counted from 1. */
const between = (lines, start, end) =>
  lines
    .slice(start.line - 1, end.line)
    .map((line, index, all) => (index === all.length - 1 ? line.slice(0, end.column - 1) : line))
    .map((line, index) => (index === 0 ? line.slice(start.column - 1) : line))
    .join('\n');
