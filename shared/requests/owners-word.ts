import { type OwnersWord, parseOwnersWord } from '../../events/owner.ts';
import { type Problem, problem } from '../../events/problem.ts';
import type { Delivery } from './delivery.ts';
import type { RequestHead } from './outcome.ts';
import { fingerprint } from './parsed-request.ts';

/** A message of the owner's lane. */
export interface Spoken {
  /** Told to the requester that it is about, and to the owner; to the owner alone where it cannot be read. */
  readonly head: RequestHead;
  readonly said: OwnersWord | null;
  /** What is wrong with it; null where it can be read. */
  readonly bad: string | null;
}

/** Reads a delivery of the owner's lane. Its outcomes have ids that those of requests cannot have. */
export function spokenByOwner({ body, messageId }: Delivery): Spoken {
  const parsed = parseOwnersWord(body);
  const said = 'word' in parsed ? parsed.word : null;
  const close = said?.close;
  const requestId = close?.requestId ?? messageId;
  return {
    said,
    bad: 'bad' in parsed ? parsed.bad : null,
    head: {
      requestId,
      fingerprint: `owner ${fingerprint(requestId, body)}`,
      requesterUid: close?.requesterUid ?? null,
      to: close === undefined ? ['owner'] : [close.requesterUid, 'owner'],
      reference: null,
      action: 'revoke',
      access: close?.access ?? 'register',
    },
  };
}

/** Why a word of the owner is refused. `bad`: what is wrong with it. */
export const misreadWord = (bad: string | null): Problem =>
  problem('invalid-request', `on the topic of the owner, ${bad ?? 'nothing is said'}.`);
