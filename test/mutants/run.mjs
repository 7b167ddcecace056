/** One unit of the tests, and what comes of it: also what nobody waits for, and what never ends. */
import { TestStatus } from '@stryker-mutator/api/test-runner';

/** Taken before a test replaces them. */
const { setTimeout, clearTimeout, setImmediate } = globalThis;

/** How long a unit may take that took `ms` without a mutant: on a busy machine, slowness is no find. */
const patienceFor = (ms) => 10_000 + 20 * ms;

/** Errors that nobody handled while the unit ran; with Vitest, too, they make a run fail. */
let strays = [];
let isListening = false;

function listen() {
  strays = [];
  if (isListening) return;
  isListening = true;
  for (const event of ['unhandledRejection', 'uncaughtException'])
    process.on(event, (error) => strays.push(error));
}

/** What nobody waited for may be left of an earlier mutant: it counts where it comes a second time. */
export async function run(unit, ms) {
  const first = await attempt(unit, ms);
  return first.isStray === true ? attempt(unit, ms) : first;
}

async function attempt({ id, name, run }, ms) {
  listen();
  const [begin, used] = [performance.now(), process.cpuUsage()];
  const failure = await within(ms, run());
  await new Promise((resolve) => setImmediate(resolve));
  if (failure === LATE) return { id, name, isLate: true };
  const { user, system } = process.cpuUsage(used);
  const spent = { timeSpentMs: performance.now() - begin, cpuMs: (user + system) / 1_000 };
  const [error] = [...failure, ...strays];
  if (failure.length + strays.length === 0) return { id, name, status: TestStatus.Success, ...spent };
  const failureMessage = error instanceof Error ? (error.stack ?? error.message) : String(error);
  const isStray = failure.length === 0;
  return { id, name, status: TestStatus.Failed, ...spent, failureMessage, error, isStray };
}

const LATE = Symbol('late');

/** Of a promise: nothing, or why it failed; or that it is late. Without `ms` it may take as long as it likes. */
async function within(ms, running) {
  const ended = running.then(
    () => [],
    (error) => [error],
  );
  if (ms === undefined) return ended;
  let timer;
  const late = new Promise((resolve) => {
    timer = setTimeout(() => resolve(LATE), patienceFor(ms));
  });
  const first = await Promise.race([ended, late]);
  clearTimeout(timer);
  return first;
}
