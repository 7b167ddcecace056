import type { Clock, Millis } from '../../../shared/runtime/clock.ts';
import { KEPT } from '../bounded.ts';
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
  readonly #sessions = new Map<string, Session>();
  readonly #tokens = new Set<string>();

  readonly #keep: number;

  constructor(clock: Clock, keep = KEPT) {
    this.#clock = clock;
    this.#keep = keep;
  }

  /** How many sessions are kept. */
  get size(): number {
    return this.#sessions.size;
  }

  add(session: Session): void {
    this.#sessions.set(session.accessKeyId, session);
    this.#tokens.add(session.securityToken);
    if (this.#sessions.size <= this.#keep) return;
    const [oldest] = this.#sessions.values();
    if (oldest === undefined) return;
    this.#sessions.delete(oldest.accessKeyId);
    this.#tokens.delete(oldest.securityToken);
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

  /** Has STS ever handed out this token, to whomever? */
  issued(securityToken: string): boolean {
    return this.#tokens.has(securityToken);
  }

  expired(session: Session): boolean {
    return this.#clock.now() >= session.expiresAt;
  }
}
