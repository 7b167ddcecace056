/** What the operator configured. It is the same for every request. */
export interface Settings {
  readonly region: string;
  /** UID of account B: the account that every write must happen in. */
  readonly ownerUid: string;
  /** ARN of the verify function's role; null with `PROBE=structural`. */
  readonly verifyRoleArn: string | null;
  /**
   * How long after a write a reading may still be old, in ms. RAM publishes no number; a minute is assumed.
   *
   * Belief visible-in-a-minute (inferred): RAM and STS show what was written within a minute. Source: RAM is called
   * eventually consistent, without a number. Shown wrong by: doctor --live.
   */
  readonly patienceMs: number;
  /** Name of the verify function's role. Its tags hold what the sweep has to remember about the whole account. */
  readonly verifyRole: string;
  /** Whether drift is repaired without a request. */
  readonly heal: boolean;
}
