import type { Outcome } from '../../events/outcome.ts';
import { problem } from '../../events/problem.ts';
import type { Reply } from '../../events/reply.ts';
import type { Millis } from '../runtime/millis.ts';
import { type ReplySource, replyAbout } from './reply.ts';

/**
 * What the owner is told when a request repaired on its way what somebody else had changed: else the trace would be
 * gone before the sweep looks. Its id follows from the request, so copies share it. Null where nothing was repaired.
 */
export function repairedReply(
  outcome: Outcome,
  about: Reply,
  sender: ReplySource,
  now: Millis,
): Reply | null {
  const repaired = outcome.changes.filter(({ asked }) => !asked);
  if (repaired.length === 0) return null;
  const fingerprint = `repaired ${outcome.fingerprint}`;
  const found = repaired.map(({ before, after }) => `${before} (${after})`).join('; ');
  return replyAbout({ ...outcome, fingerprint }, sender, now, {
    ...about.data,
    status: 'changed',
    changes: repaired,
    prerequisites: [],
    console: null,
    problem: problem(
      'verification-failed',
      `somebody else had changed the role, and the request of ${outcome.requestId} repaired it: ${found}. Find out in ActionTrail who it was.`,
    ),
  });
}
