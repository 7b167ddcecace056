import type { Signed } from '../../events/signed.ts';
import type { Millis } from '../runtime/millis.ts';
import type { SignatureState } from './admit.ts';
import { signatureState } from './authenticate/signed-message.ts';
import { findRequester, type Requester, type Requesters } from './requesters.ts';

/**
 * Who sent a message. The requester that it names, where its own topic and signature bear that out; else whom the topic
 * belongs to, since nobody else may publish there; else whose key has signed it. `at`: the broker's time of the message.
 * `named`: the requester that the body names, which is a claim. Answers what the signature is worth for that one, and the
 * UID of the account that sent the message; null where neither topic nor signature proves anybody.
 */
export function originOf(
  {
    topic,
    signed,
    at,
    named,
  }: {
    readonly topic: string | null;
    readonly signed: Signed | null;
    readonly at: Millis;
    readonly named: string | null;
  },
  requesters: Requesters,
): { readonly signature: SignatureState; readonly sender: string | null } {
  const claimed = findRequester(requesters, named);
  const signature = signatureState(signed, claimed?.publicKeys, at);
  if (claimed !== undefined && isProved(claimed, topic, signature)) return { signature, sender: claimed.uid };
  const all = requesters.requesters;
  // Whoever is bound to nothing is alone in the file: every topic is its own.
  const holders = all.filter(({ topics, publicKeys }) =>
    topics.length + publicKeys.length === 0 ? topic !== null : isAmong(topics, topic),
  );
  const signer = all.find(
    ({ topics, publicKeys }) =>
      (topics.length === 0 || isAmong(topics, topic)) && signatureState(signed, publicKeys, at) === 'valid',
  );
  const [holder, another] = holders;
  return { signature, sender: (another === undefined ? (holder ?? signer) : signer)?.uid ?? null };
}

/** Whether a message is this requester's, by each of the ways that it is bound to. */
export const isProved = (
  { topics, publicKeys }: Requester,
  topic: string | null,
  signature: SignatureState,
): boolean =>
  (topics.length === 0 || isAmong(topics, topic)) && (publicKeys.length === 0 || signature === 'valid');

const isAmong = (topics: readonly string[], topic: string | null): boolean =>
  topics.some((one) => one === topic);
