import { createHash } from 'node:crypto';
import type { Request } from '../../events/request.ts';

/**
 * All that a request says, with the id that it goes by; without its trace, which decides nothing: each try of a call has
 * another span and is the same request.
 */
export type AskedWords = Omit<Request, 'traceparent'> & { readonly requestId: string };

/** The words of a request that the owner is shown, and that come back with an approval. */
export const wordsOf = ({ traceparent: _, ...request }: Request, requestId: string): AskedWords => ({
  ...request,
  requestId,
});

/**
 * What an approval is about: the SHA-256 of the words of a request, in base64url. Words that say the same have one digest,
 * whatever the order of their fields; any other word has another.
 */
export const digestOf = (words: AskedWords): string =>
  createHash('sha256')
    .update(`dms-handshake request\0${canonical(words)}`)
    .digest('base64url');

/** JSON with the fields of every object in the order of their names, and without those that are left out. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join()}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const fields = Object.entries(value)
    .filter(([, item]) => item !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${fields.map(([key, item]) => `${JSON.stringify(key)}:${canonical(item)}`).join()}}`;
}
