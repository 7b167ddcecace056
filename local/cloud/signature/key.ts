import type { Caller } from '../caller.ts';
import type { RamState } from '../ram/state.ts';
import type { Session, StsState } from '../sts/state.ts';

/** Where keys are: what a world has of them. */
export interface KeyHolders {
  readonly sts: Pick<StsState, 'session'>;
  readonly accounts: ReadonlyMap<
    string,
    { readonly uid: string; readonly ram: Pick<RamState, 'accessKey' | 'rootKeys'> }
  >;
}

/** A key that can sign: a RAM user's, the account's own, or a session's, which comes with a token. */
export interface SigningKey {
  readonly caller: Caller;
  readonly secret: string;
  readonly active: boolean;
  readonly session: Session | null;
}

/** Looks an access key id up among the users of all accounts and the sessions of STS. */
export function signingKey(holders: KeyHolders, accessKeyId: string): SigningKey | null {
  const session = holders.sts.session(accessKeyId);
  if (session !== undefined) {
    const caller = { accountId: session.accountId, accessKeyId, principal: session.principal };
    return { caller, secret: session.accessKeySecret, active: true, session };
  }
  for (const account of holders.accounts.values()) {
    const rootKey = account.ram.rootKeys.get(accessKeyId);
    if (rootKey !== undefined) {
      const caller = { accountId: account.uid, accessKeyId, principal: { type: 'root' } } as const;
      return { caller, secret: rootKey.secret, active: true, session: null };
    }
    const key = account.ram.accessKey(accessKeyId);
    if (key === undefined) continue;
    const principal = { type: 'user', userName: key.userName, userId: key.userId } as const;
    const caller = { accountId: account.uid, accessKeyId, principal };
    return { caller, secret: key.secret, active: key.active, session: null };
  }
  return null;
}
