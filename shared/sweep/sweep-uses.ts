import type { Settings } from '../runtime/config.ts';
import type { ReplySource } from '../verification/reply.ts';
import { readUses, rememberUses } from './last-use.ts';
import type { Listing } from './list-roles.ts';
import type { SweepPorts } from './sweep-role.ts';
import { tellUnused } from './unused-notices.ts';

/** What a sweep did about the uses of roles. */
interface Finished {
  /** Remember how far it read; none where that is the same as before. */
  readonly tags: Readonly<Record<string, string>>;
  /** Roles that were told of, as nobody uses them. */
  readonly told: number;
  /** Why nothing could be read. */
  readonly unread: string | null;
}

/**
 * Begins to read who used the roles, side by side with the look at them. `finish` waits for it, has it remembered, and
 * tells of the roles that nobody uses. Nothing is read, and it answers null, where nobody is asked, or where there is no
 * place to remember it: every sweep would begin anew.
 */
export function usesOf(
  listing: Pick<Listing, 'ours' | 'told' | 'useMark'>,
  settings: Settings,
  sender: ReplySource,
  ports: SweepPorts,
  lookUntil: number,
): { finish(): Promise<Finished | null> } {
  const { trail, clock, upkeep } = ports;
  const reading =
    trail === null || listing.told === null
      ? null
      : readUses(trail, listing.useMark, settings, clock, lookUntil);
  // Somebody else may have thrown before this is waited for.
  reading?.catch(() => undefined);
  return {
    async finish() {
      const uses = await reading;
      if (uses === null) return null;
      const tags = await rememberUses(uses, listing, upkeep, clock.now());
      const told = await tellUnused(uses, listing.ours, sender, ports);
      return { tags, told, unread: uses.fault?.text ?? null };
    },
  };
}
