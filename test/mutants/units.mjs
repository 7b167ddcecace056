/** The tests of an area, in units that can be run by themselves, and the order in which they are tried against a mutant. */
import { collect } from './collect.mjs';
import { fileOf, Killers } from './killers.mjs';
import { run } from './run.mjs';
import { oneScript } from './script.mjs';
import { startsOthers, testFilesOf } from './test-files.mjs';

/** The functions in it are the built ones, which a test reaches without importing them. */
const LOCAL_CLOUD = 'local/local-cloud.ts';

export class Units {
  /**
   * What each took without a mutant, `{ timeSpentMs, cpuMs, covers }`; null until that is known. Who fails then
   * has none.
   */
  times = null;
  killers = new Killers();
  #isBuilt;
  #script;
  #files;
  /** Of the copy that no mutant had a part in: its units, by file, as they were asked for. */
  #copy = null;
  #root = process.cwd();

  static async load({ tests, isBuilt = false }) {
    const files = testFilesOf(tests);
    const script = await oneScript(files);
    const alone = files.filter((file) => !startsOthers(script.reach.get(file)));
    return new Units(script, alone, isBuilt);
  }

  constructor(script, files, isBuilt) {
    this.#script = script;
    this.#files = files;
    this.#isBuilt = isBuilt;
  }

  /** All of them. */
  all() {
    this.#copy ??= this.newCopy();
    return this.#files.flatMap(this.#copy);
  }

  /**
   * A new copy: by a file, its units, without those that fail where nothing is altered. One that cannot be loaded
   * now fails.
   */
  newCopy() {
    const load = this.#script.open();
    const units = new Map();
    return (file) => {
      if (!units.has(file)) units.set(file, collect(file, load[file]));
      return units.get(file).filter((unit) => this.#isKnown(unit));
    };
  }

  /** Also where it stands for a file whose tests are known, and which a mutant keeps from being loaded. */
  #isKnown({ file, id }) {
    if (this.times === null || id in this.times) return true;
    return id === `${file}#loading` && Object.keys(this.times).some((known) => fileOf(known) === file);
  }

  /**
   * What tests make once and keep is made without a mutant, by one test of each file; and nobody is left in
   * another folder.
   */
  async prepare() {
    process.chdir(this.#root);
    if (this.#copy !== null) return;
    this.#copy = this.newCopy();
    for (const file of this.#files) {
      const [cheapest] = this.#copy(file).toSorted((one, other) => this.#costOf(one) - this.#costOf(other));
      if (cheapest !== undefined) await run(cheapest);
    }
  }

  #costOf = ({ id }) => this.times[id].cpuMs;

  /** Of the copy that stays, which is loaded without the mutant. */
  of(file) {
    return this.#copy(file);
  }

  /** How many imports away the altered file is; it is not where a built function is between. */
  stepsTo(source, file) {
    return this.#script.reach.get(file).get(source) ?? Number.MAX_SAFE_INTEGER;
  }

  filesThatImport(source) {
    return this.#files.filter((file) => this.#script.reach.get(file).has(source));
  }

  /** Of the copy that stays. */
  covering(source, ids) {
    const files = [...new Set([...ids].map(fileOf))];
    const units = files.flatMap(this.#copy).filter(({ id }) => ids.has(id));
    return units.sort(
      (one, other) =>
        this.killers.rank(source, other.id) - this.killers.rank(source, one.id) ||
        this.stepsTo(source, one.file) - this.stepsTo(source, other.file) ||
        this.#costOf(one) - this.#costOf(other),
    );
  }

  /** File by file of a new copy, each loaded with the mutant. */
  *reaching(source) {
    const copy = this.newCopy();
    const { reach } = this.#script;
    const reaches = (file) =>
      reach.get(file).has(source) || (this.#isBuilt && reach.get(file).has(LOCAL_CLOUD));
    const costs = {};
    for (const [unit, { cpuMs }] of Object.entries(this.times))
      costs[fileOf(unit)] = (costs[fileOf(unit)] ?? 0) + cpuMs;
    const files = this.#files
      .filter(reaches)
      .sort(
        (one, other) =>
          this.killers.rank(source, other) - this.killers.rank(source, one) ||
          this.stepsTo(source, one) - this.stepsTo(source, other) ||
          costs[one] - costs[other],
      );
    for (const file of files) yield* copy(file);
  }
}
