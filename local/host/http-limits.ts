import { ApiError } from '../cloud/error.ts';

/** Bytes. Source: the vendor's manual in Chinese, "HTTP trigger", limits. */
const LIMIT = { headers: 8 * 1024, target: 4 * 1024 } as const;

/** Bytes of the headers of an answer; one that has more is refused as `BadResponse`. */
export const ANSWER_HEADERS = 8 * 1024;

/** Of headers: names and values, without what stands between them. */
export const bytesOf = (texts: readonly string[]): number =>
  texts.reduce((sum, text) => sum + Buffer.byteLength(text), 0);

/** Throws for a request that the platform does not let in. The statuses are inferred. */
export function requireLimits(rawHeaders: readonly string[], target: string): void {
  const headers = bytesOf(rawHeaders);
  if (headers > LIMIT.headers)
    throw new ApiError(431, 'RequestHeaderFieldsTooLarge', `the headers have ${headers} bytes`);
  if (Buffer.byteLength(target) > LIMIT.target)
    throw new ApiError(414, 'RequestURITooLong', `path and query may have ${LIMIT.target} bytes`);
}
