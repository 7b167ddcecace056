import { createHash } from 'node:crypto';
import type { RestRequest } from '../rest.ts';

/**
 * Is `Content-MD5`, if sent, the hash of the body? Clients send it as base64 of the raw digest or as base64 of its
 * hexadecimal text; the vendor takes both, and the bare hexadecimal text of its own example.
 */
export function contentMd5Holds(request: RestRequest, claimed = request.headers['content-md5']): boolean {
  if (claimed === undefined || claimed === '') return true;
  const digest = createHash('md5').update(request.body).digest();
  const hex = digest.toString('hex');
  return [digest.toString('base64'), Buffer.from(hex).toString('base64'), hex].includes(claimed);
}
