import { MODIFYING, PROCEDURE } from '../../kit/procedure.ts';
import { MINUTE } from '../../kit/time.ts';
import type { DrawnRequest } from '../requests.ts';

/** What is granted of one thing: when it ends, and on which instances it may be modified; null for all. */
interface Grant {
  readonly end: number | null;
  readonly on: readonly string[] | null;
}

type Held = Map<string, Grant>;

/** The end of something that is granted still; null for none. */
const endAfter = (grant: Grant | undefined, now: number): number | null =>
  grant !== undefined && grant.end !== null && grant.end > now ? grant.end : null;

/** What somebody has asked for, in the plainest form: requests come one after the other, and each has its way. */
export class Asked {
  readonly #held = new Map<string, Held>();

  /** Roles that were ever asked about, as `register 1000000000000001`. */
  get roles(): readonly (readonly [access: DrawnRequest['access'], requesterUid: string])[] {
    return [...this.#held.keys()].map((key) => {
      const [access, uid = ''] = key.split(' ');
      return [access === 'console' ? 'console' : 'register', uid];
    });
  }

  take({ requesterUid, action, access, what, connections, ends, ...scope }: DrawnRequest, now: number): void {
    if (action === 'verify') return;
    const held = this.#of(access, requesterUid);
    const things =
      access === 'console' && action === 'grant' && what.length === 0
        ? ['account']
        : [...what, ...connections];
    if (action === 'grant')
      for (const one of things)
        held.set(one, {
          // A grant that names no end keeps the one that there is.
          end: ends === null ? endAfter(held.get(one), now) : now + ends * MINUTE,
          on: scope.readOnly ? [] : (scope.instances[one] ?? null),
        });
    else if (things.length === 0) held.clear();
    else for (const one of things) held.delete(one);
  }

  /** Whether a request is about some users of an account that is trusted as a whole. */
  isMoot({ requesterUid, action, access, what }: DrawnRequest): boolean {
    if (access !== 'console' || action === 'verify' || what.length === 0) return false;
    return this.#of(access, requesterUid).has('account');
  }

  /** What has run out by `now`, which is then forgotten. */
  expire(access: DrawnRequest['access'], uid: string, now: number): readonly string[] {
    const held = this.#of(access, uid);
    const over = [...held].filter(([, { end }]) => end !== null && end <= now).map(([one]) => one);
    for (const one of over) held.delete(one);
    return over;
  }

  holds(access: DrawnRequest['access'], uid: string): ReadonlyMap<string, Pick<Grant, 'on'>> {
    return this.#of(access, uid);
  }

  #of(access: DrawnRequest['access'], uid: string): Held {
    const key = `${access} ${uid}`;
    const held = this.#held.get(key) ?? new Map();
    this.#held.set(key, held);
    return held;
  }
}

/** Everything that a role may do. */
export interface Rights {
  readonly may: (action: string, resource: string) => boolean;
  /** Whom DMS acts for here, and which people may switch to it; `account`: all of the requester's. */
  readonly dms: boolean;
  readonly people: readonly string[];
}

const CONNECTING = ['vpc', 'dedicated-line'];

/** The union of the documents that the vendor's procedure names for what is held. */
export function rightsOf(access: DrawnRequest['access'], grants: ReturnType<Asked['holds']>): Rights {
  const held = [...grants.keys()];
  if (access === 'console')
    return { may: (action) => held.length > 0 && /^dms-console:/i.test(action), dms: false, people: held };
  const engines = held.filter((id) => !CONNECTING.includes(id));
  const documents =
    engines.length === 0 ? [] : [...engines, ...(engines.length < held.length ? ['vpc'] : [])];
  const actions = new Set(documents.flatMap(documentOf));
  const may = (action: string, resource: string) =>
    actions.has(action.toLowerCase()) && isWithin(action, resource, grants);
  return { may, dms: engines.length > 0, people: [] };
}

/** Reading goes everywhere; the right that modifies only where it was asked for. */
function isWithin(action: string, resource: string, grants: ReturnType<Asked['holds']>): boolean {
  const [engine, right] = Object.entries(MODIFYING).find(([, [known]]) => known === action) ?? [];
  const on = engine === undefined ? null : (grants.get(engine)?.on ?? null);
  return (
    on === null || on.some((id) => right?.[1]?.replace('*', 'cn-hangzhou').replace('i-1', id) === resource)
  );
}

/** None for an engine that the trust alone serves. */
const documentOf = (id: string): readonly string[] =>
  Object.entries(PROCEDURE)
    .filter(([known]) => known === id)
    .flatMap(([, { actions }]) => actions.map((action) => action.toLowerCase()));
