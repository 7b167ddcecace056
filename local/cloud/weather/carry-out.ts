import type { Clock } from '../../../shared/runtime/clock.ts';
import { ConnectionLost } from './connection-lost.ts';
import type { Fault, WeatherCall } from './fault.ts';
import { internalError, throttled, unavailable } from './refusals.ts';

/** Carries out a call as a fault has it; without one, as it is. Throws what the fault says, and what the effect throws. */
export async function carryOut<T>(
  fault: Fault | null,
  call: WeatherCall,
  effect: () => T | Promise<T>,
  clock: Clock,
  ended: AbortSignal,
): Promise<T> {
  if (fault === null) return effect();
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
      await outcomeOf(effect);
      throw new ConnectionLost('the answer was lost');
  }
}

/** Runs to the end, whatever it is, and answers what there is to return or throw. */
export async function outcomeOf<T>(run: () => T | Promise<T>): Promise<() => T> {
  try {
    const value = await run();
    return () => value;
  } catch (error) {
    return () => {
      throw error;
    };
  }
}
