import type { DestinationEvent } from '../../events/destination.ts';
import type { Outcome } from '../../events/outcome.ts';
import { exhausted } from '../../shared/requests/exhausted.ts';
import { fitsRecord, fitted } from '../../shared/requests/outcome-size.ts';
import type { Receiving } from '../../shared/requests/receiving.ts';
import { shortened } from '../../shared/requests/shortened.ts';
import { type Invocation, thrownText } from '../../shared/runtime/handler.ts';
import { recordOf } from './record.ts';

/** Has verify run later, with an event like those that the platform makes. */
export type Invoke = (event: DestinationEvent) => Promise<void>;

/** Deliveries after the first one: `maxAsyncRetryAttempts` of provision in s.yaml. */
export const RETRIES = 3;

/**
 * What provision returns of its outcomes: one for each message of the event, null for none. The platform hands it to verify
 * together with the whole event. Where that would be too large to be handed on, verify is invoked with each outcome by
 * itself and its message in short, and nothing is returned.
 */
export async function handOver(
  outcomes: readonly (Outcome | null)[],
  invocation: Invocation,
  invoke: Invoke,
): Promise<readonly Outcome[]> {
  const small = outcomes.map((one) => (one === null ? null : fitted(one)));
  const made = small.filter((one) => one !== null);
  if (fitsRecord(invocation.payload, JSON.stringify(made))) return made;
  const messages = shortened(invocation.payload);
  for (const [n, outcome] of small.entries()) {
    if (outcome === null) continue;
    const answer = JSON.stringify([outcome]);
    const message = messages[n] ?? '';
    await invoke(recordOf(invocation, fitsRecord(message, answer) ? message : '', answer));
  }
  return [];
}

/**
 * The outcomes of an event at which provision failed on its last delivery, where the platform's record of it would be too
 * large to reach verify. Null where it is not: then the platform tells verify.
 */
export function givenUp(error: unknown, invocation: Invocation, at: Receiving): readonly Outcome[] | null {
  const answer = JSON.stringify({ errorMessage: thrownText(error) });
  // The platform keeps the stack, too, which repeats the message.
  if (invocation.attempt < RETRIES || fitsRecord(invocation.payload, answer.repeat(2))) return null;
  return exhausted(recordOf(invocation, invocation.payload, answer), at);
}
