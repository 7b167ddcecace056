/**
 * Which tests some change has made fail. Two processes try mutants at the same time and several runs come after each
 * other, so it is a file that all of them add to.
 */
import { appendFileSync, existsSync, readFileSync, statSync } from 'node:fs';

/** How a test failed, the better one first: where it expects something, or anywhere. */
export const HOW = { expected: 'expected', threw: 'threw' };

/** A test that never fails is tried for so much processor time in one run, or for ten times what it takes. */
const MOST_MS = 3_000;

/** Whether an error is that of an expectation; that of a property has it as its cause. */
const isExpectation = (error) =>
  error instanceof Error && (error.name === 'AssertionError' || isExpectation(error.cause));

export class Seen {
  #file;
  #size = 0;
  #done = new Set();
  /** What was tried here, by test, in milliseconds. */
  #tried = new Map();

  constructor(file) {
    this.#file = file;
  }

  /** Whether a test need not be tried any more: it has failed where it expects something, or has had its time. */
  isDone({ id }, cpuMs) {
    this.#read();
    return this.#done.has(id) || (this.#tried.get(id) ?? 0) > Math.max(MOST_MS, 10 * cpuMs);
  }

  note({ id }, { error, cpuMs = 0 }) {
    this.#tried.set(id, (this.#tried.get(id) ?? 0) + cpuMs);
    if (error === undefined) return;
    appendFileSync(this.#file, `${isExpectation(error) ? HOW.expected : HOW.threw} ${id}\n`);
  }

  #read() {
    if (!existsSync(this.#file) || statSync(this.#file).size === this.#size) return;
    this.#size = statSync(this.#file).size;
    this.#done = readSeen(this.#file).expected;
  }
}

/** The ids of the tests that failed, by how they did. */
export function readSeen(file) {
  const lines = existsSync(file) ? readFileSync(file, 'utf8').split('\n') : [];
  const those = (how) =>
    new Set(lines.filter((line) => line.startsWith(`${how} `)).map((line) => line.slice(how.length + 1)));
  return { expected: those(HOW.expected), threw: those(HOW.threw) };
}
