import { ALL_ENGINES } from '../../../shared/catalogue/catalogue.ts';
import { OWNER } from '../../kit/accounts.ts';
import { envelopeOf } from '../../kit/signing-keys.ts';
import type { Dice } from '../dice.ts';
import { fuzzed } from '../fuzz/mutate.ts';

interface Parties {
  readonly hostile: string;
  readonly other: string;
}

/** Fits into the message of a topic. */
const LONGEST = 60_000;

/** What a requester may send that knows the code and wants something of another; empty for a body that no topic takes. */
export function hostileBody(dice: Dice, parties: Parties): string {
  const body = JSON.stringify(drawn(dice, parties));
  const sent = dice.chance(0.3) ? fuzzed(dice, [body]) : dice.chance(0.05) ? padded(dice, body) : body;
  // What XML cannot carry never reaches a topic.
  return /^[\t\n\r -\ud7ff\ue000-\ufffd]{1,65000}$/.test(sent) ? sent : '';
}

const padded = (dice: Dice, body: string): string =>
  dice.pick(['\n', ' ', '"']).repeat(dice.int(1, LONGEST)) + body;

function drawn(dice: Dice, { hostile, other }: Parties): object {
  const uid = dice.pick([hostile, hostile, other, other, OWNER, '1']);
  const access = dice.pick(['register', 'console']);
  const role = `dms-${access === 'register' ? 'cross-account' : 'console-access'}-${uid}`;
  const requestId = dice.pick(['first', 'again', 'closing', 'mine']);
  const request = {
    requesterUid: uid,
    action: dice.pick(['grant', 'grant', 'revoke', 'verify']),
    access,
    ...(access === 'register' && dice.chance(0.8) ? { engines: dice.some(ALL_ENGINES, 1) } : {}),
    ...(dice.chance(0.5) ? { requestId } : {}),
    ...(dice.chance(0.3) ? { reference: `dms-handshake-upkeep ${role}` } : {}),
  };
  const at = '2026-11-23T10:00:00.000Z';
  switch (dice.int(0, 9)) {
    case 0:
      return { owner: { close: { requesterUid: uid, access } } };
    case 1:
      return { upkeep: { role, expired: ['redis'], repair: true } };
    case 2:
      return { upkeep: { policy: 'DmsCrossAccountPolicy-redis' } };
    case 3:
      return { upkeep: { sweep: { after: role } } };
    case 4:
      return {
        upkeep: {
          remember: {
            roles: [role, 'dms-handshake-verify'],
            tags: { 'dms-verdict': `failed ${at} trust-closed` },
          },
        },
      };
    case 5:
      return envelopeOf(JSON.stringify(request));
    case 6:
      return { kind: 'dms-handshake.outcome.v1', result: 'applied', requesterUid: uid, access, to: [uid] };
    case 7:
      // The very words of the other's grant.
      return { requesterUid: other, engines: ['redis'], requestId: 'again' };
    default:
      return request;
  }
}
