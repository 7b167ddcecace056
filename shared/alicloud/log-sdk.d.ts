/** What this project uses of `@alicloud/log` 1.2, which ships no types. */
declare module '@alicloud/log' {
  interface Options {
    readonly accessKeyId: string;
    readonly accessKeySecret: string;
    readonly securityToken?: string | undefined;
    /** A host, or an address with its scheme. The project is put in front of it, unless it is empty. */
    readonly endpoint: string;
  }

  export default class Client {
    constructor(options: Options);
    /** The obsolete GetLogs: it does not say whether the answer is complete. */
    getLogs(
      project: string,
      logstore: string,
      from: Date,
      to: Date,
      data?: object,
    ): Promise<readonly Readonly<Record<string, string>>[]>;
    /** What every method goes through: a signed request. For the operations that the client has no method for. */
    _request(
      verb: string,
      project: string,
      path: string,
      queries: object,
      body: Buffer | null,
      headers: object,
      options?: {
        readonly timeout?: number;
        readonly agent?: import('node:http').Agent;
        /** Asks for a compressed answer, which is unpacked. */
        readonly compression?: boolean;
      },
    ): Promise<unknown>;
  }
}
