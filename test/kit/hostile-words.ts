import { REQUESTER } from './accounts.ts';
import type { Direct } from './direct.ts';
import type { Move } from './hostile-moves.ts';
import { HOUR } from './time.ts';

/** What somebody hostile asks for, by the numbers of a move. */

const ENGINES = [['redis'], ['lindorm'], ['redis', 'gdb']] as const;

const endOf = (at: Direct, { which }: Move): string =>
  new Date(at.clock.now() + (1 + (which % 5)) * 30 * HOUR).toISOString();

export function emergencyOf(at: Direct, move: Move) {
  const { words, id, which } = move;
  return {
    requesterUid: REQUESTER,
    // Few, so that one is often sent again in the same words.
    requestId: `e-${id % 2}`,
    engines: ENGINES[words % ENGINES.length] ?? ENGINES[0],
    breakGlass: `reason ${words % 3}`,
    ...[{}, { expiresAt: 'never' }, { expiresAt: endOf(at, move) }, { readOnly: true }][which % 4],
  };
}

export function requestOf(at: Direct, move: Move) {
  const { words, id, which } = move;
  const head = { requesterUid: REQUESTER, requestId: `r-${id % 4}` };
  const engines = ENGINES[words % ENGINES.length] ?? ENGINES[0];
  const expiresAt = Math.floor(which / 30) % 2 === 0 ? 'never' : endOf(at, move);
  switch (words % 6) {
    case 0:
      return { ...head, action: 'revoke', engines };
    case 1:
      return {
        ...head,
        action: 'extend',
        expiresAt,
        ...(which % 3 === 0 ? { engines } : {}),
      };
    case 2:
      return { ...head, engines, expiresAt };
    case 3:
      return { ...head, engines: ['redis'], readOnly: true, expiresAt };
    default:
      return { ...head, engines };
  }
}

export function upkeepOf(at: Direct, { words }: Move): object {
  const role = `dms-cross-account-${REQUESTER}`;
  const stamp = new Date(at.clock.now()).toISOString();
  const tags = {
    'dms-engine-redis': `granted ${stamp}`,
    'dms-notes': `reviewed:${Math.floor(at.clock.now()).toString(36)}`,
    'dms-break-glass': '-',
  };
  const bodies = [
    { upkeep: { role, expired: ['redis'] } },
    { upkeep: { role, unanswered: true } },
    { upkeep: { role, repair: true } },
    { upkeep: { remember: { roles: [role], tags } } },
  ];
  return bodies[words % bodies.length] ?? {};
}
