import type { Clock } from '../../shared/runtime/clock.ts';

/** Makes request ids in the form of the vendor's: `1-<seconds>-<counter>-<counter>`. */
export function requestIds(clock: Clock): () => string {
  let made = 0;
  return () => {
    made += 1;
    const seconds = Math.floor(clock.now() / 1000).toString(16);
    return `1-${seconds}-00000000-${made.toString(16).padStart(12, '0')}`;
  };
}
