/** Metrics of Function Compute in Cloud Monitor, as far as the local cloud has them. */
export interface FunctionMetrics {
  /** `FunctionDestinationErrors`: records that their destination refused. They are lost. */
  readonly destinationErrors: number;
  /** `FunctionAsyncMessagesBacklogV2`: asynchronous events that were accepted and are not over. */
  readonly backlog: number;
}
