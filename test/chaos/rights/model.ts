import { PROCEDURE } from '../../unit/access/procedure.ts';
import type { Wish } from '../wishes.ts';

const MINUTE = 60_000;

/** What is granted by a role: each thing, and when it ends. */
type Held = Map<string, number | null>;

/** What somebody has asked for, in the plainest form: requests come one after the other, and each has its way. */
export class Asked {
  readonly #held = new Map<string, Held>();

  /** Roles that were ever asked about, as `register 1000000000000001`. */
  get roles(): readonly (readonly [access: Wish['access'], requesterUid: string])[] {
    return [...this.#held.keys()].map((key) => {
      const [access, uid = ''] = key.split(' ');
      return [access === 'console' ? 'console' : 'register', uid];
    });
  }

  take({ requesterUid, action, access, what, connections, ends }: Wish, now: number): void {
    if (action === 'verify') return;
    const held = this.#of(access, requesterUid);
    const things =
      access === 'console' && action === 'grant' && what.length === 0
        ? ['account']
        : [...what, ...connections];
    if (action === 'grant')
      for (const one of things) held.set(one, ends === null ? null : now + ends * MINUTE);
    else if (things.length === 0) held.clear();
    else for (const one of things) held.delete(one);
  }

  /** What has run out by `now`, which is then forgotten. */
  expire(access: Wish['access'], uid: string, now: number): readonly string[] {
    const held = this.#of(access, uid);
    const over = [...held].filter(([, end]) => end !== null && end <= now).map(([one]) => one);
    for (const one of over) held.delete(one);
    return over;
  }

  holds(access: Wish['access'], uid: string): readonly string[] {
    return [...this.#of(access, uid).keys()];
  }

  #of(access: Wish['access'], uid: string): Held {
    const key = `${access} ${uid}`;
    const held = this.#held.get(key) ?? new Map();
    this.#held.set(key, held);
    return held;
  }
}

/** Everything that a role may do: actions by name, on every resource. */
export interface Rights {
  readonly may: (action: string) => boolean;
  /** Whom DMS acts for here, and which people may switch to it; `account`: any of the requester's. */
  readonly dms: boolean;
  readonly people: readonly string[];
}

const CONNECTING = ['vpc', 'dedicated-line'];

/** The union of the documents that the vendor's procedure names for what is held. */
export function rightsOf(access: Wish['access'], held: readonly string[]): Rights {
  if (access === 'console')
    return { may: (action) => held.length > 0 && /^dms-console:/i.test(action), dms: false, people: held };
  const engines = held.filter((id) => !CONNECTING.includes(id));
  const documents =
    engines.length === 0 ? [] : [...engines, ...(engines.length < held.length ? ['vpc'] : [])];
  const actions = new Set(documents.flatMap(documentOf));
  return { may: (action) => actions.has(action.toLowerCase()), dms: engines.length > 0, people: [] };
}

/** None for an engine that the trust alone serves. */
const documentOf = (id: string): readonly string[] =>
  Object.entries(PROCEDURE)
    .filter(([known]) => known === id)
    .flatMap(([, { actions }]) => actions.map((action) => action.toLowerCase()));
