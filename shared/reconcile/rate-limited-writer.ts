import type { RamWriter } from '../ports.ts';
import type { Pacer } from '../runtime/rate-limit.ts';

/**
 * Attachments and detachments a second that the writer makes. AttachPolicyToRole and DetachPolicyFromRole may each be
 * called 10 times a second ("QPS limit" on their pages), the lowest rate of all calls of the writer. Where RAM
 * answers in 5 ms, 300 grants at once had 179 calls throttled without this, and have none with it. From 20 ms on a
 * grant takes longer than a tenth of a second, and no call waits.
 *
 * Belief attach-rate (documented): policies are attached to roles, and detached, 10 times a second at most. Source:
 * "QPS limit" of AttachPolicyToRole.
 */
export const ATTACHMENTS_PER_SECOND = 10;

/** Waits for its turn before it attaches or detaches: at most a tenth of a second, and never for the first in a while. */
export function pacedWriter(ram: RamWriter, pacer: Pacer): RamWriter {
  return {
    async apply(roleName, operation) {
      if (operation.operation === 'attach-policy' || operation.operation === 'detach-policy')
        await pacer.turn(operation.operation);
      return ram.apply(roleName, operation);
    },
  };
}
