import type { Clock } from '../../shared/runtime/clock.ts';
import { HandshakeError, RetryableError } from '../../shared/runtime/errors.ts';
import { log } from '../../shared/runtime/log.ts';
import { tellable } from '../../shared/runtime/redaction.ts';
import type { Told } from './channels.ts';
import { Flood } from './flood.ts';
import type { Notice } from './notice.ts';

/** How many notices an instance keeps in mind, by channel. */
const KEPT = 1_000;

/** Where a notice has arrived: a reply comes once more for the owner, and once more after a failure of another channel. */
export class Sent {
  readonly flood = new Flood();
  readonly #sent = new Set<string>();

  has(id: string, channel: string): boolean {
    return this.#sent.has(`${channel} ${id}`);
  }

  add(id: string, channel: string): void {
    this.#sent.add(`${channel} ${id}`);
    for (const oldest of this.#sent) {
      if (this.#sent.size <= KEPT) break;
      this.#sent.delete(oldest);
    }
  }
}

/**
 * Tells every channel. A channel that fails does not keep the others from being told; what a later try can change is
 * thrown in the end, so that the platform delivers the reply again. So is a notice on top of too many of one minute.
 */
export async function tell(
  notice: Notice,
  { channels, kinds }: Told,
  sent: Sent,
  clock: Clock,
): Promise<readonly string[]> {
  if (kinds !== null && !kinds.includes(notice.kind)) return [];
  const waiting = channels.filter(({ name }) => !sent.has(notice.id, name));
  if (waiting.length === 0) return [];
  if (!sent.flood.take(notice, clock.now()))
    throw new RetryableError('internal', 'too many notices within a minute: this one is told later');
  const failures = await Promise.all(
    waiting.map(async ({ name, send }): Promise<string | null> => {
      try {
        await send(notice, clock.now());
        sent.add(notice.id, name);
        return null;
      } catch (error) {
        const again = !(error instanceof HandshakeError) || error.retryable;
        const detail = tellable(error);
        log({ event: 'not-told', status: again ? 'again' : 'given-up', problem: 'internal', detail });
        return again ? detail : null;
      }
    }),
  );
  const left = failures.filter((one) => one !== null);
  if (left.length > 0) throw new RetryableError('internal', `not told everywhere: ${left.join('; ')}`);
  return waiting.map(({ name }) => name).filter((name) => sent.has(notice.id, name));
}
