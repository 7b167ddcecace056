/** What this project uses of `@alicloud/mns` 1.2.0, which ships no types. */
declare module '@alicloud/mns' {
  export interface Answer {
    /** HTTP status; an error status too, where the answer was not XML. */
    readonly code: number;
    readonly headers: Readonly<Record<string, string>>;
    /** Elements of the answer, as texts; absent where the answer was empty or not XML. */
    readonly body?: Readonly<Record<string, unknown>> | undefined;
  }

  interface Options {
    readonly accessKeyId: string;
    readonly accessKeySecret: string;
    readonly securityToken?: string | undefined;
    readonly endpoint: string;
    /** Ms for the whole answer. */
    readonly readTimeout?: number;
    /** Ms; in truth the longest silence on the socket. */
    readonly connectTimeout?: number;
  }

  export default class Client {
    constructor(accountId: string, options: Options);
    /** With its scheme. */
    readonly endpoint: string;
    /**
     * What every operation goes through; `get` alone may have no options. They go to its HTTP client, `agent`
     * among them.
     */
    request(
      method: string,
      resource: string,
      type: string,
      body: string | Buffer,
      attentions: readonly string[],
      options: object | undefined,
    ): Promise<Answer>;
    publishMessage(topic: string, params: { MessageBody: string; MessageTag?: string }): Promise<Answer>;
    receiveMessage(queue: string, waitSeconds?: number): Promise<Answer>;
    deleteMessage(queue: string, receiptHandle: string): Promise<Answer>;
    changeMessageVisibility(queue: string, receiptHandle: string, seconds: number): Promise<Answer>;
    /** Raw signed requests: for the operations that the SDK declares and leaves empty. `type` is the answer's root. */
    get(resource: string, type: string): Promise<Answer>;
    put(resource: string, type: string, body: string | Buffer): Promise<Answer>;
    delete(resource: string, type: string, body: string): Promise<Answer>;
  }
}
