import type { Session } from '../ports.ts';
import type { Millis } from '../runtime/clock.ts';

export interface Keys {
  readonly accessKeyId: string;
  readonly accessKeySecret: string;
  readonly securityToken?: string | undefined;
}

/** Keys that cannot be printed by accident: no property shows them, and JSON and inspection show `[credentials]`. */
export class Credentials implements Session {
  readonly #keys: Keys;
  readonly expiresAt: Millis;

  constructor(keys: Keys, expiresAt: Millis) {
    this.#keys = keys;
    this.expiresAt = expiresAt;
  }

  /** The keys in clear text. Only for the constructor of an SDK. */
  reveal(): Keys {
    return this.#keys;
  }

  toJSON(): string {
    return '[credentials]';
  }

  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return '[credentials]';
  }
}
