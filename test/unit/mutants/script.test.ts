import { expect, it } from 'vitest';

interface Area {
  readonly tests: readonly string[];
}
interface Script {
  open(): Readonly<Record<string, unknown>>;
}

const load = (name: string): Promise<unknown> => import(`../../mutants/${name}.mjs`);

it('the tests of all areas can be made into one script', async () => {
  const { AREAS, PASSES } = (await load('areas')) as Record<'AREAS' | 'PASSES', Record<string, Area>>;
  const { testFilesOf } = (await load('test-files')) as {
    testFilesOf(paths: readonly string[]): readonly string[];
  };
  const { oneScript } = (await load('script')) as { oneScript(files: readonly string[]): Promise<Script> };
  await load('collect');
  const paths = Object.values({ ...AREAS, ...PASSES }).flatMap(({ tests }) => tests);
  const files = [...new Set(testFilesOf([...new Set(paths)]))];
  expect(files.length).toBeGreaterThan(400);
  expect(Object.keys((await oneScript(files)).open())).toEqual(files);
});
