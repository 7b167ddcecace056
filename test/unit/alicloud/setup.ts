import { Api } from '../../../shared/alicloud/api.ts';
import { Credentials } from '../../../shared/alicloud/credentials.ts';
import { CloudError } from '../../../shared/alicloud/errors.ts';
import type { Failure } from '../../../shared/alicloud/failure.ts';
import type { Patience } from '../../../shared/alicloud/retry.ts';
import { type Clock, millis } from '../../../shared/runtime/clock.ts';
import { TestClock } from '../../kit/clock.ts';

/** Keys that must never be seen again. */
export const PLANTED = {
  accessKeyId: 'STS.PlantedKeyIdMarker',
  accessKeySecret: 'PlantedSecretMarker',
  securityToken: 'PlantedTokenMarker',
} as const;

export const MARKERS: readonly string[] = Object.values(PLANTED);

export const planted = (): Credentials => new Credentials(PLANTED, millis(0));

/** Patience with a clock of its own, jitter in the middle, and a minute to go. */
export function patienceOf(clock: Clock = new TestClock()): Patience {
  return { clock, random: () => 0.5, deadline: millis(clock.now() + 60_000) };
}

export const apiOf = (endpoint: string, patience = patienceOf(), credentials = planted()): Api =>
  new Api({ ...patience, credentials, endpoint });

export const failure = (rest: Partial<Failure> = {}): Failure => ({
  what: 'RAM GetRole',
  code: 'Unknown',
  status: 400,
  requestId: null,
  retryAfterMs: null,
  denied: null,
  ...rest,
});

export const cloudError = (rest: Partial<Failure> = {}): CloudError => new CloudError(failure(rest));

/** What a promise was rejected with. */
export async function thrownBy(promise: Promise<unknown>): Promise<unknown> {
  try {
    await promise;
  } catch (error) {
    return error;
  }
  throw new Error('nothing was thrown');
}

/** The failure that an error of the adapters is about: its own, or its cause's. */
export function failureIn(error: unknown): Failure {
  if (error instanceof CloudError) return error.failure;
  if (error instanceof Error && error.cause instanceof CloudError) return error.cause.failure;
  throw new Error(`no failure in ${String(error)}`);
}
