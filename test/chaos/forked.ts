import { fork } from 'node:child_process';
import type { Report, Scenario } from './scenario.ts';

/** What a worker is asked for. */
export interface Order {
  readonly id: string;
  readonly seed: number;
  readonly runs: number | null;
}

/**
 * Runs scenarios in processes of their own, from the module of `worker.ts`. What a worker prints goes to standard error.
 * One that ends without an answer has not kept its promise.
 */
export const inProcessOfItsOwn =
  (workerModule: string) =>
  ({ id }: Scenario, seed: number, runs: number | null): Promise<Report> =>
    new Promise((resolve) => {
      const worker = fork(workerModule, { stdio: ['ignore', 2, 2, 'ipc'] });
      let report: Report | null = null;
      worker.once('message', (answer: Report) => {
        report = answer;
      });
      worker.once('exit', (code, signal) =>
        resolve(report ?? { runs: 0, worst: '', violations: [{ history: [gone(code, signal)] }] }),
      );
      const order: Order = { id, seed, runs };
      worker.send(order);
    });

const gone = (code: number | null, signal: string | null): string =>
  `its process ended without an answer, ${signal ?? `exit status ${code}`}; what it said is above`;
