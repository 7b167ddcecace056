/** Keys of a RAM user or role of account A. */
export interface Keys {
  readonly accessKeyId: string;
  readonly accessKeySecret: string;
  readonly securityToken?: string | undefined;
}

/** Who asks whom, and where. Only `ownerUid` has no default. */
export interface RequesterOptions {
  /** UID of account B, which owns the databases and runs dms-handshake. */
  readonly ownerUid: string;
  /** UID of account A. Default: the account of the credentials. */
  readonly requesterUid?: string | undefined;
  /** Default: `cn-hangzhou`. */
  readonly region?: string | undefined;
  /**
   * Asked at every request, so that sessions may rotate. Default: the vendor's chain (environment, `~/.aliyun`,
   * ECS role).
   */
  readonly credentials?: (() => Promise<Keys>) | undefined;
  /** Default: `dms-handshake-requests`. */
  readonly requestTopic?: string | undefined;
  /** Queue of account A that replies arrive in. Default: `dms-handshake-replies`. */
  readonly replyQueue?: string | undefined;
  /** `http://127.0.0.1:PORT` per account, of the local cloud. Left out: the real cloud. */
  readonly endpoints?: { readonly owner: string; readonly requester: string } | undefined;
}

export const DEFAULTS = {
  region: 'cn-hangzhou',
  requestTopic: 'dms-handshake-requests',
  replyQueue: 'dms-handshake-replies',
} as const;
