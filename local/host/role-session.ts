import type { Caller } from '../cloud/caller.ts';
import { ApiError } from '../cloud/error.ts';
import { assumeAsService, type SessionCredentials } from '../cloud/sts/session.ts';
import type { World } from '../cloud/world.ts';

/** Seconds: the longest that every role allows (roles allow 3600 at least). */
const DURATION = 3600;

/**
 * The temporary credentials under which one function runs. A session is used until half of its life is over, so an
 * invocation always starts with at least 30 minutes.
 */
export class RoleSession {
  readonly roleArn: string | null;
  readonly #world: World;
  readonly #functionName: string;
  #current: SessionCredentials | null = null;

  constructor(world: World, roleArn: string | null, functionName: string) {
    this.#world = world;
    this.roleArn = roleArn;
    this.#functionName = functionName;
  }

  /**
   * Null for a function without a role.
   * Throws `ApiError` 403 `AccessDenied` if the role is missing or does not trust `fc.aliyuncs.com`.
   */
  credentials(): SessionCredentials | null {
    if (this.roleArn === null) return null;
    if (this.#current !== null && this.#usable(this.#current)) return this.#current;
    try {
      this.#current = assumeAsService(this.#world, {
        service: 'fc.aliyuncs.com',
        roleArn: this.roleArn,
        sessionName: this.#functionName.padEnd(2, '-'),
        durationSeconds: DURATION,
      });
    } catch (cause) {
      if (!(cause instanceof ApiError)) throw cause;
      const reason = `${cause.code}: ${cause.message}`;
      const text = `Function Compute cannot assume ${this.roleArn} for ${this.#functionName} (${reason})`;
      throw new ApiError(403, 'AccessDenied', text);
    }
    return this.#current;
  }

  /** The function's role as a caller, for what the platform does under it; null for a function without a role. */
  caller(): Caller | null {
    const session = this.#world.sts.session(this.credentials()?.accessKeyId ?? '');
    if (session === undefined) return null;
    return { accountId: session.accountId, accessKeyId: session.accessKeyId, principal: session.principal };
  }

  /** Not the keys of an instance that was killed: the next one gets its own. Nor keys that STS knows no more. */
  #usable({ accessKeyId }: SessionCredentials): boolean {
    const session = this.#world.sts.session(accessKeyId);
    if (session === undefined || this.#world.weather.isDead(accessKeyId)) return false;
    return session.expiresAt - this.#world.clock.now() > (DURATION / 2) * 1000;
  }
}
