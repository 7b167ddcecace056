import { randomBytes } from 'node:crypto';
import { type Clock, millis } from '../../../shared/runtime/clock.ts';
import { KEPT, Latest } from '../bounded.ts';
import type { SessionCredentials } from '../sts/session.ts';
import type { StsState } from '../sts/state.ts';

/** Where one package may be put, with the keys that may put it there and do nothing else. */
export interface UploadToken {
  readonly credentials: SessionCredentials;
  readonly bucket: string;
  /** `<uid>/<name>` */
  readonly object: string;
}

/** How long a token holds, in ms (inferred). */
const TOKEN_MS = 30 * 60 * 1000;
/** Packages that are kept for functions to be made of; the oldest goes first. */
const KEPT_PACKAGES = 16;

/** The bucket of Function Compute that packages are uploaded to before a function is made of them. */
export class TempCode {
  readonly bucket: string;
  readonly #clock: Clock;
  readonly #sts: StsState;
  /** What each key may put there, as long as its session holds. */
  readonly #granted = new Latest<string>(KEPT);
  readonly #objects = new Map<string, Buffer>();

  constructor(region: string, clock: Clock, sts: StsState) {
    this.bucket = `fc-temp-code-${region}`;
    this.#clock = clock;
    this.#sts = sts;
  }

  /** Keys of a session of an account that nobody's policies know. */
  token(accountId: string): UploadToken {
    const object = `${accountId}/${randomBytes(16).toString('hex')}`;
    const keys = {
      accessKeyId: `STS.${randomBytes(12).toString('hex')}`,
      accessKeySecret: randomBytes(24).toString('base64url'),
      securityToken: randomBytes(96).toString('base64'),
    };
    const until = millis(this.#clock.now() + TOKEN_MS);
    const principal = {
      type: 'role',
      roleName: 'fc-temp-code',
      roleId: 'fc-temp-code',
      sessionName: 'upload',
      sessionPolicy: { Version: '1', Statement: [] },
    } as const;
    this.#sts.add({ accountId, ...keys, expiresAt: until, principal, sourceIdentity: null, askedBy: '' });
    this.#granted.add(keys.accessKeyId, object);
    const expiration = new Date(until).toISOString().replace(/\.\d+/, '');
    return { credentials: { ...keys, expiration }, bucket: this.bucket, object };
  }

  /** May this key put something there? */
  mayPut(accessKeyId: string, bucket: string, object: string): boolean {
    return bucket === this.bucket && this.#granted.get(accessKeyId) === object;
  }

  put(object: string, content: Buffer): void {
    this.#objects.delete(object);
    this.#objects.set(object, content);
    for (const oldest of this.#objects.keys()) {
      if (this.#objects.size <= KEPT_PACKAGES) return;
      this.#objects.delete(oldest);
    }
  }

  /** What the account has uploaded there; undefined where it has not. */
  find(accountId: string, bucket: string, object: string): Buffer | undefined {
    return bucket === this.bucket && object.startsWith(`${accountId}/`)
      ? this.#objects.get(object)
      : undefined;
  }
}
