import type { Clock } from '../../../shared/runtime/clock.ts';
import { ConnectionLost } from './connection-lost.ts';
import type { Fault, WeatherCall } from './fault.ts';
import { internalError, throttled, unavailable } from './refusals.ts';

/** Carries out a call as a fault has it; without one, as it is. Throws what the fault says, and what the effect throws. */
export function carryOut<T>(
  fault: Fault | null,
  call: WeatherCall,
  effect: () => T | Promise<T>,
  clock: Clock,
  ended: AbortSignal,
): T | Promise<T> {
  return fault === null ? effect() : strike(fault, call, effect, clock, ended);
}

async function strike<T>(
  fault: Fault,
  call: WeatherCall,
  effect: () => T | Promise<T>,
  clock: Clock,
  ended: AbortSignal,
): Promise<T> {
  switch (fault.at) {
    case 'before':
      throw fault.error ?? unavailable();
    case 'throttled':
      throw fault.error ?? throttled(call.service);
    case 'dropped':
      throw new ConnectionLost('dropped before the effect');
    case 'answered':
      // Who stubs an operation vouches for the shape of its answer.
      return (fault.answer ?? {}) as T;
    case 'delayed':
      await clock.sleep(fault.delayMs ?? 0, ended);
      return effect();
    case 'after':
      await effect();
      throw fault.error ?? internalError();
    case 'lost':
      // A refusal is an answer too.
      await outcome(effect);
      throw new ConnectionLost('the answer was lost');
  }
}

/** Runs to the end, whatever comes of it. */
async function outcome(run: () => unknown): Promise<void> {
  try {
    await run();
  } catch {
    // Nobody hears of it.
  }
}
