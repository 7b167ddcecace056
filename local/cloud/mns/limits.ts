import { invalidArgument, outOfRange } from './fields.ts';
import { isXmlText } from './xml/read.ts';

/** A message and a batch of them hold at most 65,536 bytes. */
export const LARGEST_BYTES = 65_536;

/**
 * Throws `InvalidArgument` for an empty body, one over `maximum` bytes of UTF-8, and one that no XML answer could carry.
 * MNS has no code of its own for a large body: it is the range error of the element `MessageBody`.
 */
export function assertBody(body: string, maximum: number): void {
  const bytes = Buffer.byteLength(body);
  if (bytes < 1 || bytes > maximum) throw outOfRange('MessageBody', 1, maximum);
  if (!isXmlText(body)) throw invalidArgument('MessageBody holds a character that XML does not allow.');
}

/** A tag has 1 to 16 characters. */
export function assertTag(name: string, tag: string): void {
  const length = [...tag].length;
  if (length < 1 || length > 16) throw invalidArgument(`The length of ${name} should between 1 and 16.`);
}

/** Messages or handles in one batch. */
export const BATCH_SIZE = 16;
