import { createHash } from 'node:crypto';
import type { Outcome } from '../../events/outcome.ts';
import type { Reply } from '../../events/reply.ts';

/** What the type of such a reply says in place of a status. */
export const EMERGENCY_TYPE = 'dms-handshake.access.break-glass.v1';

/**
 * What the owner is told of access that was taken in an emergency: what the requester is told, under an id of its own.
 * Where it failed half way something may have been granted, so the owner is told of that, too. Null for all else.
 */
export function emergencyReply({ breakGlass, result }: Outcome, about: Reply): Reply | null {
  if (breakGlass === undefined || result === 'rejected') return null;
  const id = createHash('sha256').update(`break-glass\0${about.id}`).digest('hex').slice(0, 32);
  return { ...about, id, type: EMERGENCY_TYPE };
}
