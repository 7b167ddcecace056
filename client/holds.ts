/** Seconds for which a message that is not ours is hidden: when it is met first, the second time, and so on. */
const HOLDS_S = [1, 1, 1, 1, 2, 4, 8, 16, 30] as const;
const LONGEST_HOLD_S = 30;
/** So many messages are remembered. One that is forgotten is hidden for a second again. */
const MOST_REMEMBERED = 10_000;

/** How long each message to somebody else is hidden: longer each time that it is met. */
export class Holds {
  readonly #met = new Map<string, number>();

  /** Seconds for which a message is hidden now that it is met once more. */
  meet(messageId: string): number {
    const times = this.#met.get(messageId) ?? 0;
    this.#met.delete(messageId);
    this.#met.set(messageId, times + 1);
    for (const longestAgo of this.#met.keys()) {
      if (this.#met.size <= MOST_REMEMBERED) break;
      this.#met.delete(longestAgo);
    }
    return HOLDS_S[times] ?? LONGEST_HOLD_S;
  }
}
