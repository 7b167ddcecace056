import { execFileSync } from 'node:child_process';
import { expect, it } from 'vitest';
import { BASELINES, buildBaselines } from '../../bench/baseline/build.ts';

it('each program that the functions are compared with can be loaded', async () => {
  const fileOf = await buildBaselines();
  const loaded = BASELINES.map((name) => {
    const program = `const { load, handler } = require(process.argv[1]); Promise.resolve(load?.()).then((one) => console.log(typeof (handler ?? one)));`;
    return execFileSync(process.execPath, ['-e', program, fileOf(name)], { encoding: 'utf8' }).trim();
  });
  expect(loaded).toEqual(BASELINES.map(() => 'function'));
});
