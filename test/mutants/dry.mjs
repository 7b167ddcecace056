/**
 * All tests that the areas run, twice, without a mutant. Whoever fails when it is run again would count as a find for every
 * mutant that comes after.
 */
import { AREAS } from './areas.mjs';
import { collect } from './collect.mjs';
import { run } from './run.mjs';
import { oneScript } from './script.mjs';
import { startsOthers, testFilesOf } from './test-files.mjs';

/** Answers the names of those that failed. */
export async function runDry(areas) {
  const paths = new Set(areas.flatMap((area) => AREAS[area].tests));
  const files = [...new Set(testFilesOf([...paths]))];
  const { open, reach } = await oneScript(files);
  const load = open();
  const alone = files.filter((file) => !startsOthers(reach.get(file)));
  const units = alone.flatMap((file) => collect(file, load[file]));
  const failed = [];
  for (const unit of [...units, ...units.toReversed()]) {
    const { failureMessage } = await run(unit);
    if (failureMessage !== undefined) failed.push(`${unit.name}: ${failureMessage}`);
  }
  return { units: units.length, files: alone.length, of: files.length, failed };
}
