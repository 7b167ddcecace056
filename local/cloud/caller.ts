/** Who signed a request, as the door established it. Nothing here is taken from the request's own words. */
export interface Caller {
  /** UID of the account that the principal belongs to. */
  readonly accountId: string;
  readonly accessKeyId: string;
  readonly principal: UserPrincipal | RolePrincipal | RootPrincipal | ServicePrincipal;
}

/** The account itself, with a key of its own: it may do everything in the account, and assume no role. */
export interface RootPrincipal {
  readonly type: 'root';
}

/** A RAM user with a long-lived access key. */
export interface UserPrincipal {
  readonly type: 'user';
  readonly userName: string;
  readonly userId: string;
}

/** A session of a RAM role, made by AssumeRole or by a service that runs under the role. */
export interface RolePrincipal {
  readonly type: 'role';
  readonly roleName: string;
  readonly roleId: string;
  readonly sessionName: string;
  /** The session policy, if one was given: rights are the intersection with it. */
  readonly sessionPolicy: PolicyDocument | null;
}

/** A cloud service acting by itself, `1000000000000001@dms.aliyuncs.com`. It can do nothing but assume roles. */
export interface ServicePrincipal {
  readonly type: 'service';
  readonly service: string;
}

/** A RAM policy document, parsed. `Principal` stands in trust policies only. */
export interface PolicyDocument {
  readonly Version: string;
  readonly Statement: readonly PolicyStatement[];
}

export interface PolicyStatement {
  readonly Effect: 'Allow' | 'Deny';
  readonly Action?: string | readonly string[];
  readonly NotAction?: string | readonly string[];
  readonly Resource?: string | readonly string[];
  readonly NotResource?: string | readonly string[];
  readonly Principal?: Readonly<Record<string, string | readonly string[]>>;
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;
}
