/** The tests that found an earlier mutant of a file: they are the first to be tried with the next one. */

/** A unit is named after its file. */
export const fileOf = (unit) => unit.slice(0, unit.lastIndexOf('#'));

export class Killers {
  /** By altered file, when each unit and each test file last found something. */
  #found = new Map();
  #now = 0;

  note(source, unit) {
    this.#now += 1;
    const known = this.#found.get(source) ?? new Map();
    this.#found.set(source, known.set(unit, this.#now).set(fileOf(unit), this.#now));
  }

  /** The higher, the later; 0 for one that never found any. `name`: of a unit, or of a test file. */
  rank(source, name) {
    return this.#found.get(source)?.get(name) ?? 0;
  }
}
