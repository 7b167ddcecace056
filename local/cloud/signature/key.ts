import type { Caller } from '../caller.ts';
import type { AccessKey, RamState } from '../ram/state.ts';
import type { RootKey } from '../ram/types.ts';
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
    const { accountId, principal } = session;
    const caller = holderOf(session, () => ({ accountId, accessKeyId: session.accessKeyId, principal }));
    return { caller, secret: session.accessKeySecret, active: true, session };
  }
  for (const account of holders.accounts.values()) {
    const rootKey = account.ram.rootKeys.get(accessKeyId);
    if (rootKey !== undefined) {
      const principal = { type: 'root' } as const;
      const caller = holderOf(rootKey, () => ({
        accountId: account.uid,
        accessKeyId: rootKey.id,
        principal,
      }));
      return { caller, secret: rootKey.secret, active: true, session: null };
    }
    const key = account.ram.accessKey(accessKeyId);
    if (key === undefined) continue;
    return { caller: ownerOf(account.uid, key), secret: key.secret, active: key.active, session: null };
  }
  return null;
}

const holders = new WeakMap<Session | RootKey | AccessKey, Caller>();

/**
 * Who holds a key: one object as long as it is the same key, since the journal keeps it for each call. It is made of what
 * is stored, never of the request's own text, of which the whole request would be kept.
 */
function holderOf(key: Session | RootKey | AccessKey, make: () => Caller): Caller {
  const known = holders.get(key);
  if (known !== undefined) return known;
  const made = make();
  holders.set(key, made);
  return made;
}

/** The user of a key. One that was renamed is named anew. */
function ownerOf(accountId: string, key: AccessKey): Caller {
  const { id: accessKeyId, userName, userId } = key;
  const known = holders.get(key)?.principal;
  if (known?.type === 'user' && known.userName !== userName) holders.delete(key);
  return holderOf(key, () => ({ accountId, accessKeyId, principal: { type: 'user', userName, userId } }));
}
