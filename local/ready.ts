import type { Keys } from './users.ts';

/** An account as its people reach it. The keys are an administrator's. */
export interface AccountAccess {
  readonly uid: string;
  readonly endpoint: string;
  /** `https://127.0.0.1:<port>`, where the cloud was started with `tls`. */
  readonly endpointTls?: string;
  readonly accessKeyId: string;
  readonly accessKeySecret: string;
  /** Keys of the account itself, which may do everything in it and assume no role. */
  readonly root: Keys;
}

/** What a client needs to use the local cloud: the first line of `npx dms-handshake local --json`. */
export interface Ready {
  readonly ready: true;
  readonly region: string;
  readonly owner: AccountAccess;
  /** Further accounts B, where `furtherOwners` asks for some. */
  readonly owners?: readonly AccountAccess[];
  readonly requester: AccountAccess;
  /** Further accounts A, where `furtherRequesters` asks for some, each with the topic that it publishes to. */
  readonly requesters?: readonly (AccountAccess & { readonly requestTopic: string })[];
  /** Where `approver` asks for it: keys of a user of the owner who may say its word and look, and nothing else. */
  readonly approver?: Keys;
  readonly requestTopic: string;
  readonly replyTopic: string;
  readonly replyQueue: { readonly account: 'requester'; readonly name: string };
  /** The URL of the owner's first HTTP trigger; 404 until there is one. */
  readonly http: string;
  /** Path of the `requesters.json` that the functions go by. */
  readonly requestersFile: string;
  /** The bearer token of the demonstration's client, for `http`. */
  readonly token: string;
  /** With `tls`: path of the certificate to trust. */
  readonly ca?: string;
  /** Where the code of functions is uploaded. */
  readonly oss: string;
}
