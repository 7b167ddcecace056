import type { Clock, Millis } from '../../../shared/runtime/clock.ts';
import { KEPT, Latest } from '../bounded.ts';
import type { RolePrincipal } from '../caller.ts';

/** A session of a role: temporary keys that sign like an access key, with a token that must come along. */
export interface Session {
  readonly accountId: string;
  readonly accessKeyId: string;
  readonly accessKeySecret: string;
  readonly securityToken: string;
  /** From this instant on the session is refused. */
  readonly expiresAt: Millis;
  readonly principal: RolePrincipal;
  /** Who is behind it, as the first session of a chain said; null if nobody did. */
  readonly sourceIdentity: string | null;
  /** The access key id that asked for it; empty where a service did. */
  readonly askedBy: string;
}

/** The latest sessions that STS has made, by access key id. Expired ones stay, so that they are told from unknown keys. */
export class StsState {
  readonly #clock: Clock;
  readonly #sessions: Latest<Session>;

  constructor(clock: Clock, keep = KEPT) {
    this.#clock = clock;
    this.#sessions = new Latest(keep);
  }

  /** How many sessions are kept. */
  get size(): number {
    return this.#sessions.size;
  }

  add(session: Session): void {
    this.#sessions.add(session.accessKeyId, session);
  }

  session(accessKeyId: string): Session | undefined {
    return this.#sessions.get(accessKeyId);
  }

  /**
   * The key that a chain of sessions began with, which is the same for all keys that one process holds: a function that
   * assumes a role signs with both. A key that is no session's is its own origin.
   */
  originOf(accessKeyId: string): string {
    const askedBy = this.#sessions.get(accessKeyId)?.askedBy ?? '';
    return askedBy === '' ? accessKeyId : this.originOf(askedBy);
  }

  /** Has STS handed out this token, to whomever? Asked of a wrong one only, so it may look at all. */
  issued(securityToken: string): boolean {
    return [...this.#sessions.values()].some((session) => session.securityToken === securityToken);
  }

  expired(session: Session): boolean {
    return this.#clock.now() >= session.expiresAt;
  }
}
