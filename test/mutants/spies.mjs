/** `vi`, as far as the tests use it. Its timers are those of Node.js's own test runner. */
import { mock } from 'node:test';
import { fn, restoreAllMocks, spyOn } from '@vitest/spy';

const environment = new Map();

const settled = () => new Promise((resolve) => process.nextTick(() => process.nextTick(resolve)));

export const vi = {
  fn,
  spyOn,
  restoreAllMocks,
  stubEnv(name, value) {
    if (!environment.has(name)) environment.set(name, process.env[name]);
    setVariable(name, value);
  },
  unstubAllEnvs() {
    for (const [name, value] of environment) setVariable(name, value);
    environment.clear();
  },
  useFakeTimers({ toFake = ['setTimeout', 'setInterval', 'setImmediate', 'Date'], now = Date.now() } = {}) {
    mock.timers.enable({ apis: toFake.filter((name) => !name.startsWith('clear')), now });
  },
  useRealTimers: () => mock.timers.reset(),
  advanceTimersByTime: (ms) => mock.timers.tick(ms),
  async advanceTimersByTimeAsync(ms) {
    await settled();
    mock.timers.tick(ms);
    await settled();
  },
  /** Tries until it succeeds, for a second, as Vitest's does. */
  async waitFor(attempt) {
    for (const end = performance.now() + 1_000; ; await new Promise((resolve) => setTimeout(resolve, 20)))
      try {
        return await attempt();
      } catch (error) {
        if (performance.now() > end) throw error;
      }
  },
};

function setVariable(name, value) {
  if (value === undefined) delete process.env[name];
  else process.env[name] = value;
}
