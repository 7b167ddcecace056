/** What the operator decided, the same for every request. */
export interface Settings {
  readonly region: string;
  /** UID of account B: the account that every write must happen in. */
  readonly ownerUid: string;
  /** ARN of the verify function's role; null with `PROBE=structural`. */
  readonly verifyRoleArn: string | null;
  /** How long after a write a reading may still be old, in ms: RAM publishes no number; the facts speak of a minute. */
  readonly patienceMs: number;
  /** Name of the verify function's role, whose tags remember what the sweep cannot write down elsewhere. */
  readonly verifyRole: string;
  /** Whether what drifted is made again what its record says, without anybody asking. */
  readonly heal: boolean;
}
