import { mnsError } from './errors.ts';
import type { StoredMessage } from './message.ts';

const HANDLE = /^[1-9][0-9]?-[A-Za-z0-9+/]{8,}={0,2}$/;

/**
 * A receipt handle in the vendor's form: `<priority>-<base64>`. It says which message, which handle of it and until
 * when it is good, so every receive and every change of visibility gives another. Digits and hyphens never encode to `+` or `/`,
 * which clients that do not escape their query rely on.
 */
export function makeHandle(message: StoredMessage): string {
  const parts = [message.sequence, message.handles, message.visibleAt];
  return `${message.priority}-${Buffer.from(parts.join('-')).toString('base64')}`;
}

/** Throws `ReceiptHandleError` 400 for a text that is no receipt handle at all. */
export function assertHandle(text: string): void {
  if (!HANDLE.test(text))
    throw mnsError('ReceiptHandleError', 'The receipt handle you provide is not valid.');
}
