/** As much of Vitest as the tests of the rules use: they are collected, and run by whoever asks, in any order. */
import {
  ASYMMETRIC_MATCHERS_OBJECT,
  chai,
  customMatchers,
  JestAsymmetricMatchers,
  JestChaiExpect,
  JestExtend,
  setState,
} from '@vitest/expect';

chai.use(JestExtend);
chai.use(JestChaiExpect);
chai.use(JestAsymmetricMatchers);

const expect = Object.assign((value, message) => chai.expect(value, message), chai.expect);
Object.assign(expect, globalThis[ASYMMETRIC_MATCHERS_OBJECT]);
setState({ assertionCalls: 0, isExpectingAssertions: false, expectedAssertionsNumber: null }, expect);
chai.expect.extend(expect, customMatchers);

let collected = [];
let finishing = [];
let place = [];

const test = (title, body) => {
  const name = [...place, title].join(' > ');
  collected.push({ id: `${collected.length} ${name}`, name, run: () => once(body) });
};

const describe = (title, body) => {
  place.push(title);
  body();
  place.pop();
};

async function once(body) {
  finishing = [];
  try {
    await body();
  } finally {
    for (const finish of finishing) await finish();
  }
}

/** As Vitest has it: rows are spread where all of them are lists. */
const each = (declare) => (rows) => (title, body) => {
  const areLists = rows.every(Array.isArray);
  for (const row of rows) declare(title, () => body(...(areLists ? row : [row])));
};

test.each = each(test);
describe.each = each(describe);

globalThis.collectingTests = {
  describe,
  test,
  it: test,
  expect,
  onTestFinished: (finish) => finishing.push(finish),
};

/** The tests that `load` declares. What fails while it is loaded is a test that fails. */
export function collect(load) {
  [collected, place] = [[], []];
  try {
    load();
  } catch (error) {
    collected = [{ id: 'loading', name: 'loading', run: () => Promise.reject(error) }];
  }
  return collected;
}
