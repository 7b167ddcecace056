/** As much of Vitest as the tests use: what they declare is collected, and run by whoever asks, in any order. */
import { format } from 'node:util';
import {
  ASYMMETRIC_MATCHERS_OBJECT,
  chai,
  customMatchers,
  JestAsymmetricMatchers,
  JestChaiExpect,
  JestExtend,
  setState,
} from '@vitest/expect';
import { vi } from './spies.mjs';

chai.use(JestExtend);
chai.use(JestChaiExpect);
chai.use(JestAsymmetricMatchers);

const expect = Object.assign((value, message) => chai.expect(value, message), chai.expect);
Object.assign(expect, globalThis[ASYMMETRIC_MATCHERS_OBJECT]);
setState({ assertionCalls: 0, isExpectingAssertions: false, expectedAssertionsNumber: null }, expect);
chai.expect.extend(expect, customMatchers);

const suiteOf = (title, parent) => ({
  title,
  parent,
  children: [],
  hooks: { beforeAll: [], beforeEach: [], afterEach: [], afterAll: [] },
});

let suite = suiteOf('', null);
let finishing = [];

const test = (title, body) => {
  suite.children.push({ title, body, parent: suite });
};

const describe = (title, body) => {
  suite = suiteOf(title, suite);
  suite.parent.children.push(suite);
  body();
  suite = suite.parent;
};

const titleOf = (title, given) => format(title, ...given.slice(0, title.match(/%[a-z]/gi)?.length ?? 0));

/** As Vitest has it: rows are spread where all of them are lists. */
const each = (declare) => (rows) => (title, body) => {
  const areLists = rows.every(Array.isArray);
  for (const row of rows) {
    const given = areLists ? row : [row];
    declare(titleOf(title, given), () => body(...given));
  }
};

test.each = each(test);
test.runIf = (runs) => (runs ? test : () => undefined);
describe.each = each(describe);

/** Thrown by what cannot be done here: the test says nothing then. */
class LeftOut extends Error {}

const hook = (kind) => (body) => suite.hooks[kind].push(body);

/** What is said of a type means nothing where the types are gone. */
const types = new Proxy(() => types, { get: () => types });

globalThis.collectingTests = {
  describe,
  test,
  it: test,
  expect,
  expectTypeOf: types,
  vi,
  beforeAll: hook('beforeAll'),
  beforeEach: hook('beforeEach'),
  afterEach: hook('afterEach'),
  afterAll: hook('afterAll'),
  onTestFinished: (finish) => finishing.push(finish),
  leaveOut() {
    throw new LeftOut();
  },
};

/** As in Vitest: a function that a hook answers is called afterwards. */
const endingOf = (answer) => (typeof answer === 'function' ? answer : () => undefined);

const outward = (one) => (one === null ? [] : [one, ...outward(one.parent)]);

/** One test, between the hooks around it. */
async function once({ body, parent }) {
  const around = outward(parent);
  const after = [];
  finishing = [];
  try {
    for (const { hooks } of around.toReversed()) {
      after.unshift(...hooks.afterEach);
      for (const begin of hooks.beforeEach) after.unshift(endingOf(await begin()));
    }
    await body({});
  } catch (error) {
    if (!(error instanceof LeftOut)) throw error;
  } finally {
    // The last one first, as a later one may need what an earlier one has made.
    for (const finish of [...after, ...finishing.toReversed()]) await finish();
  }
}

/** All of a suite up to the first failure. What is closed at its end is closed in any case. */
async function whole({ body, children, hooks, parent }) {
  if (body !== undefined) return once({ body, parent });
  const after = [...hooks.afterAll];
  try {
    for (const begin of hooks.beforeAll) after.unshift(endingOf(await begin()));
    for (const child of children) await whole(child);
  } finally {
    for (const finish of after) await finish();
  }
}

const isShared = ({ hooks }) => hooks !== undefined && hooks.beforeAll.length + hooks.afterAll.length > 0;

/**
 * What can be run by itself: a test, or a suite whose tests share what was made before all of them, as a later one of
 * these may go on from what an earlier one did.
 */
function unitsOf(part, place) {
  const path = part.title === '' ? place : [...place, part.title];
  if (part.children === undefined || isShared(part)) return [{ path, run: () => whole(part) }];
  return part.children.flatMap((child) => unitsOf(child, path));
}

/** The tests that `load` declares, of one file. What fails while it is loaded is a test that fails. */
export function collect(file, load) {
  suite = suiteOf('', null);
  const named = ({ path, run }, index) => ({
    id: `${file}#${index}`,
    name: [file, ...path].join(' > '),
    file,
    run,
  });
  try {
    const { declare } = load();
    if (declare !== undefined) return [named({ path: [], run: () => anew(declare) }, 0)];
  } catch (error) {
    return [named({ path: ['loading'], run: () => Promise.reject(error) }, 'loading')];
  }
  return unitsOf(suite, []).map(named);
}

/** Of a file that makes what its tests share while it is loaded: each time it is run, it is declared. */
async function anew(declare) {
  suite = suiteOf('', null);
  await declare();
  await whole(suite);
}
