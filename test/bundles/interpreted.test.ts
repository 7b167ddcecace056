import { execFileSync } from 'node:child_process';
import { expect, it } from 'vitest';
import { FUNCTIONS } from '../../scripts/bundles/functions.ts';

/** Loads a function and prints what texts it has compiled meanwhile. In a process of its own: zod's settings are global. */
const PROGRAM = `
const written = [];
globalThis.Function = new Proxy(Function, {
  construct(target, input, newTarget) {
    written.push(input.join());
    return Reflect.construct(target, input, newTarget);
  },
});
require(process.argv[1]);
process.stdout.write(JSON.stringify(written));
`;

it.each(FUNCTIONS)('%s writes no code at run time: its schemas are interpreted', (name) => {
  const bundle = `${process.cwd()}/dist/${name}/index.js`;
  const written = JSON.parse(execFileSync(process.execPath, ['-e', PROGRAM, bundle], { encoding: 'utf8' }));
  expect(written).toEqual([]);
});
