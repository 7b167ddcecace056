import type { Clock } from '../../shared/runtime/clock.ts';
import type { Globals } from './bundle.ts';
import type { LogLine } from './log-book.ts';

export interface FunctionHostOptions {
  /** Names that bundles see instead of the host's globals, for example another `Date` and timers. */
  readonly globals?: Globals;
  /**
   * The clock that function timeouts are measured on. Default the system's, whatever the world's clock does: code runs
   * in real time, and a world whose clock jumps must not cut it off.
   */
  readonly deadlines?: Clock;
  /**
   * `scheduled`: timer triggers fire on the world's clock, as they say. `by-hand`, the default: by `fireTimer` only, so
   * that nothing happens in a test that the test does not do.
   */
  readonly timers?: 'scheduled' | 'by-hand';
  /** `served`: HTTP triggers get a port of the loopback interface. Default `named`: a URL that nobody answers at. */
  readonly urls?: 'served' | 'named';
  /** What every function of an account finds in its environment, over its own, and the API shows nobody. */
  readonly variables?: (accountId: string) => Readonly<Record<string, string>>;
  readonly onLog?: (line: LogLine) => void;
}
