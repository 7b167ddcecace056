import type { HttpAnswer } from '../../events/http.ts';
import type { Client } from '../../shared/admission/requesters.ts';
import type { Millis } from '../../shared/runtime/millis.ts';
import { accepted } from './answers.ts';
import { fault } from './http-problems.ts';
import type { Memory } from './idempotency-keys.ts';
import { digestOf } from './ids.ts';

/**
 * Publishes unless this instance knows the sender's key already. What failed is forgotten, so that it may be tried
 * again.
 */
export async function once(
  client: Client,
  copyOf: string | null,
  raw: Buffer,
  requestId: string,
  { memory, now }: { readonly memory: Memory; readonly now: Millis },
  publish: () => Promise<unknown>,
): Promise<HttpAnswer> {
  if (copyOf === null) {
    await publish();
    return accepted(requestId);
  }
  const key = digestOf([client.name, copyOf, ...boundTo(client, raw)].join('\0'));
  const recalled = memory.begin(key, digestOf(raw), requestId, now);
  if (recalled.kind === 'accepted') return accepted(recalled.requestId);
  if (recalled.kind === 'in-flight')
    return fault('key-in-flight', 'the first copy is not answered yet; try again.');
  if (recalled.kind === 'other-body')
    return fault('key-reused', 'this key came with another body before; give each request a key of its own.');
  try {
    await publish();
  } catch (error) {
    memory.forget(key);
    throw error;
  }
  memory.accept(key);
  return accepted(requestId);
}

/**
 * What a key is bound to beside its sender. These clients sign the body and not the id of the delivery, so whoever has seen
 * one signed body could send it under the id of another request: with the body in the key, that is another key.
 */
const boundTo = ({ auth }: Client, raw: Buffer): readonly string[] =>
  auth.type === 'hub-signature' || auth.type === 'zendesk' ? [digestOf(raw)] : [];
