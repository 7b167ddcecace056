import type { Session } from '../ports.ts';
import type { Millis } from '../runtime/clock.ts';

export interface Keys {
  readonly accessKeyId: string;
  readonly accessKeySecret: string;
  readonly securityToken?: string | undefined;
}

/** Keys that cannot be printed by accident: no property of it shows them, JSON and inspection show a word. */
export class Credentials implements Session {
  readonly #keys: Keys;
  readonly expiresAt: Millis;

  constructor(keys: Keys, expiresAt: Millis) {
    this.#keys = keys;
    this.expiresAt = expiresAt;
  }

  /** For an SDK's constructor, and nothing else. */
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
