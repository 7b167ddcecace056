import { EXIT } from './failure.ts';

/** How long whatever is pending may take to end by itself after a signal, in ms. */
const GRACE_MS = 600;

/**
 * Aborts at the first SIGTERM or SIGINT. From then on the process has little time left: it ends, with status 0 or
 * 130, even if what it was doing does not. What it leaves is taken away by what listens for its exit.
 */
export function stopSignal(): AbortSignal {
  const stopped = new AbortController();
  const stop = (signal: NodeJS.Signals): void => {
    const status = signal === 'SIGINT' ? EXIT.interrupted : EXIT.done;
    process.exitCode = status;
    stopped.abort();
    setTimeout(() => process.exit(status), GRACE_MS).unref();
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
  return stopped.signal;
}

/** Resolves when it aborts. */
export const aborted = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
