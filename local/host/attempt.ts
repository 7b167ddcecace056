import { ApiError } from '../cloud/error.ts';
import type { Outcome } from './answer.ts';
import type { Attempt } from './async-queue.ts';

/** An attempt that the platform itself could not make carries the platform's status and code. */
export async function attempt(running: Promise<Outcome>): Promise<Attempt> {
  try {
    return { ...(await running), statusCode: 200 };
  } catch (error) {
    const known = error instanceof ApiError ? error : new ApiError(500, 'InternalServerError', String(error));
    const body = Buffer.from(JSON.stringify({ errorMessage: known.message }));
    return { body, errorType: known.code, statusCode: known.status };
  }
}
