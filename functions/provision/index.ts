import { setImmediate } from 'node:timers/promises';
import { handlerOf } from '../../shared/runtime/handler.ts';
import { wakeVerify } from './wake.ts';

/** Lets the network go on with what was begun: a connection, and then the call on it. */
async function turn(): Promise<void> {
  for (let n = 0; n < 2; n += 1) await setImmediate();
}

/** Loads all that an event needs, in parts: the library of schemas, and what makes schemas with it. */
export async function load() {
  await turn();
  await import('./schema-library.ts');
  await turn();
  return import('./take-event.ts');
}

/** Null as long as this instance has served nothing: then verify has probably no instance either. */
let loading: ReturnType<typeof load> | null = null;

/**
 * The only writer of RAM: `take-event.ts`. That is loaded while the call which wakes verify is on its way, so that verify
 * starts as early as it can.
 */
export const handler = handlerOf(async (event, invocation) => {
  const woken = loading === null ? wakeVerify(invocation) : null;
  loading ??= load();
  try {
    const { takeEvent } = await loading;
    return await takeEvent(event, invocation);
  } finally {
    // Nothing may be under way when the invocation ends.
    await woken;
  }
});
