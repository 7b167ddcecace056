import { createHash, randomInt } from 'node:crypto';

/** The ids of one account: the same in every run, never used twice. */
export class RamIds {
  readonly #uid: string;
  #given: number;

  constructor(uid: string, given = 0) {
    this.#uid = uid;
    this.#given = given;
  }

  /** Goes on where this one stands. */
  copy(): RamIds {
    return new RamIds(this.#uid, this.#given);
  }

  /** 18 digits as RAM gives to roles (`3...`) and users (`2...`). */
  next(first: '2' | '3'): string {
    return first + (this.#digest().readBigUInt64BE() % 10n ** 17n).toString().padStart(17, '0');
  }

  /** Of a group, like `g-FpMEHiMysofp1a2b`. */
  nextGroup(): string {
    return `g-${this.#digest().toString('hex').slice(0, 16)}`;
  }

  #digest(): Buffer {
    this.#given += 1;
    return createHash('sha256').update(`${this.#uid}/${this.#given}`).digest();
  }
}

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

/** Random text for keys and secrets. */
export function letters(length: number): string {
  return Array.from({ length }, () => alphabet.charAt(randomInt(alphabet.length))).join('');
}
