import { appendFileSync } from 'node:fs';
import { afterAll, expect } from 'vitest';
import { COSTS } from './costs.ts';
import { cpuSeconds } from './cpu.ts';

/** Of every test file, from before it is loaded to its end. A worker runs one file at a time. */
const before = cpuSeconds();
afterAll(() => {
  const seconds = cpuSeconds() - before;
  appendFileSync(COSTS, `${JSON.stringify({ file: expect.getState().testPath, seconds })}\n`);
});
