import type { UpkeepOutbox } from '../../shared/ports.ts';
import type { Clock } from '../../shared/runtime/clock.ts';
import { log } from '../../shared/runtime/log.ts';
import { tellable } from '../../shared/runtime/redaction.ts';
import { type Looked, noteLooks } from '../../shared/verification/last-look.ts';

/**
 * The ports, which hear what is looked at, and `note`, which has it noted on the roles. Whoever asked has the answer
 * already, so a failure there is only logged: the next look that finds the same notes it.
 */
export function hearing<Ports extends { readonly clock: Clock; readonly upkeep: UpkeepOutbox }>(
  ports: Ports,
): Ports & { readonly heard: (one: Looked) => void; readonly note: () => Promise<void> } {
  const looks: Looked[] = [];
  return {
    ...ports,
    heard: (one) => void looks.push(one),
    async note() {
      try {
        await noteLooks(looks, ports.upkeep, ports.clock.now());
      } catch (error) {
        log({ event: 'look-not-noted', detail: tellable(error) });
      }
    },
  };
}
