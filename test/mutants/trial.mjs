/** Which tests are tried with a change, where tests are what is tried (`--tests`) and not changes. */
import { createHash } from 'node:crypto';
import { fileOf } from './killers.mjs';

/**
 * A test is tried with all changes of a file that is at most so many imports away, and with about `DRAWN` of all
 * others.
 */
const NEAR = 2;
const DRAWN = 60;
/** So many changes a test counts as reaching that take effect while it is loaded. */
const MANY = 600;

/** Whether a test is tried with a change that is far from it, of the `covers` that it reaches. */
export const isDrawn = (unit, mutant, covers) =>
  createHash('sha256').update(`${unit} ${mutant}`).digest().readUInt32BE() % Math.ceil(covers / DRAWN) === 0;

/**
 * The units, of those that nothing has made fail so far. `ids`: those that the change is known to reach, or null where it
 * takes effect while a file is loaded. Of a new copy, then, only the files are loaded that have such tests.
 */
export function* untried({ mutant, ids, files, copy, times, seen, stepsTo }) {
  const isDone = (id) => seen.isDone({ id }, times[id].cpuMs);
  const isToTry = (id, covers) => !isDone(id) && (stepsTo(fileOf(id)) <= NEAR || isDrawn(id, mutant, covers));
  if (ids !== null) {
    for (const unit of [...new Set([...ids].map(fileOf))].flatMap(copy))
      if (ids.has(unit.id) && isToTry(unit.id, times[unit.id].covers)) yield unit;
    return;
  }
  const known = Object.keys(times);
  for (const file of files)
    if (known.some((id) => fileOf(id) === file && isToTry(id, MANY)))
      for (const unit of copy(file)) if (unit.id in times && !isDone(unit.id)) yield unit;
}
