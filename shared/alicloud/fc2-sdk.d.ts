/** What this project uses of `@alicloud/fc2` 2.6.6, which ships no types. */
declare module '@alicloud/fc2' {
  interface Answer {
    readonly headers: Readonly<Record<string, string>>;
    /** Parsed where the answer is `application/json`, else text. */
    readonly data: unknown;
  }

  export default class Client {
    constructor(
      accountId: string,
      config: {
        readonly accessKeyID: string;
        readonly accessKeySecret: string;
        readonly securityToken?: string | undefined;
        readonly region: string;
        readonly endpoint: string;
        /** Ms; the longest silence on the socket. */
        readonly timeout?: number;
      },
    );
    /** Stands in every path; the SDK says 2016-08-15, which is Function Compute 2.0. */
    version: string;
    securityToken: string | undefined;
    post(path: string, body: string, headers?: Readonly<Record<string, string>>): Promise<Answer>;
    get(path: string, query?: Readonly<Record<string, string>>): Promise<Answer>;
  }
}
