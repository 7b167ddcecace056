import { ApiError } from '../cloud/error.ts';

/** Bytes (vendor page "Limits"): the payload of a synchronous and of an asynchronous invocation. */
export const SYNC_LIMIT = 32 * 1024 * 1024;
export const ASYNC_LIMIT = 128 * 1024;

/** Throws `ApiError` 400 `EntityTooLarge`. */
export function requireSize(payload: Buffer, limit: number): void {
  if (payload.length <= limit) return;
  throw new ApiError(400, 'EntityTooLarge', `payload size exceeds maximum allowed size (${limit} bytes)`);
}
