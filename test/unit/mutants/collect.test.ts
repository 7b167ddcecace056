import { describe, expect, it } from 'vitest';

interface Unit {
  readonly id: string;
  readonly name: string;
  run(): Promise<void>;
}
type Declare = (title: string, body: () => unknown) => void;
type Hook = (body: () => unknown) => void;
interface Declaring {
  readonly describe: Declare;
  readonly it: Declare & {
    each(rows: readonly unknown[]): (title: string, body: (...row: never[]) => unknown) => void;
  };
  readonly beforeAll: Hook;
  readonly beforeEach: Hook;
  readonly afterEach: Hook;
  readonly afterAll: Hook;
  readonly onTestFinished: Hook;
  leaveOut(): never;
}
interface Collecting {
  collect(file: string, load: () => object): readonly Unit[];
}

const { collect } = (await import(['../../mutants', 'collect.mjs'].join('/'))) as Collecting;
const d = Reflect.get(globalThis, 'collectingTests') as Declaring;

/** What a file declares, and what its tests did, in order. */
function file(declare: (did: (what: string) => () => void) => void): {
  units: readonly Unit[];
  done: string[];
} {
  const done: string[] = [];
  const units = collect('a.test.ts', () => {
    declare((what) => () => void done.push(what));
    return {};
  });
  return { units, done };
}

describe('the tests of one script', () => {
  it('have the hooks around them, from outside to inside and back, and those of no other suite', async () => {
    const { units, done } = file((did) => {
      d.beforeEach(did('outer'));
      d.afterEach(did('outer end'));
      d.describe('one', () => {
        d.beforeEach(did('inner'));
        d.afterEach(did('inner end'));
        d.it('first', did('first'));
      });
      d.describe('two', () => d.it('second', did('second')));
    });
    expect(units.map(({ name }) => name)).toEqual(['a.test.ts > one > first', 'a.test.ts > two > second']);
    await units[0]?.run();
    expect(done.splice(0)).toEqual(['outer', 'inner', 'first', 'inner end', 'outer end']);
    await units[1]?.run();
    expect(done).toEqual(['outer', 'second', 'outer end']);
  });

  it('are one where they share what was made before all of them, and what was made is closed at a failure', async () => {
    const { units, done } = file((did) => {
      d.beforeAll(did('made'));
      d.afterAll(did('closed'));
      d.it('first', () => {
        throw new Error('told to');
      });
      d.it('second', did('second'));
    });
    expect(units).toHaveLength(1);
    await expect(units[0]?.run()).rejects.toThrow('told to');
    expect(done).toEqual(['made', 'closed']);
  });

  it('can be run again, and what a test wanted to be done at its end is done each time', async () => {
    const { units, done } = file((did) => {
      d.it.each([1, 2])('row', (row) => {
        d.onTestFinished(did(`end of ${row}`));
      });
    });
    for (const unit of [...units, ...units.toReversed()]) await unit.run();
    expect(done).toEqual(['end of 1', 'end of 2', 'end of 2', 'end of 1']);
  });

  it('say nothing where they need a process of their own, and fail where their file does not load', async () => {
    const { units } = file(() => d.it('needs a terminal', () => d.leaveOut()));
    await expect(units[0]?.run()).resolves.toBeUndefined();
    const [unit] = collect('b.test.ts', () => {
      throw new Error('no such file');
    });
    await expect(unit?.run()).rejects.toThrow('no such file');
  });
});
