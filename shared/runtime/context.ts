/** What Function Compute 3.0 hands to a Node.js handler beside the event. Source: "Context" of the Node.js runtime. */
export interface FunctionContext {
  readonly requestId: string;
  /** Temporary keys of the function's role. They rotate: read at every invocation, never kept. */
  readonly credentials: {
    readonly accessKeyId: string;
    readonly accessKeySecret: string;
    readonly securityToken: string;
  };
  readonly function: { readonly name: string; readonly timeout: number };
  readonly region: string;
  readonly accountId: string;
  /** Deliveries of this asynchronous event before this one. */
  readonly retryCount?: number;
}

/** ARN of the running function, with the name that its deployment gave it. */
export const functionArn = (context: FunctionContext): string =>
  `acs:fc:${context.region}:${context.accountId}:functions/${context.function.name}`;
