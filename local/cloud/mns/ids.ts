import { hash } from 'node:crypto';

/** Upper-case hex MD5 of the UTF-8 text: `MessageBodyMD5`. */
export function md5Hex(text: string): string {
  return hash('md5', text, 'hex').toUpperCase();
}

/**
 * Makes message and request ids that look like the vendor's (upper-case hex) and are the same in every run,
 * so that a failure can be replayed.
 */
export class IdSource {
  readonly #stem: string;
  #count = 0;

  constructor(prefix: string) {
    this.#stem = md5Hex(prefix).slice(0, 24);
  }

  /** 32 digits. */
  messageId(): string {
    return this.#next();
  }

  /** 24 digits. */
  requestId(): string {
    return this.#next().slice(0, 24);
  }

  #next(): string {
    this.#count += 1;
    // Odd, so that no two of the first 2^32 counts come out alike.
    const scrambled = Math.imul(this.#count, 0x9e37_79b1) >>> 0;
    return scrambled.toString(16).padStart(8, '0').toUpperCase() + this.#stem;
  }
}
