export interface SendOptions {
  /** Stops the sending and the waiting. A request that was sent stays sent. */
  readonly signal?: AbortSignal | undefined;
}

export interface WaitOptions extends SendOptions {
  /** How long to wait for the reply, in ms. Default: 60,000. */
  readonly waitMs?: number | undefined;
}
