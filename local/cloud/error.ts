/**
 * An answer of the vendor that is an error. `code` is the vendor's, `status` the HTTP status it travels with.
 * `detail` is `AccessDeniedDetail` of a refused permission; `body` is what the product answers in the place of the usual
 * `{Code, Message}`, with a status that need not be one of an error.
 */
export class ApiError extends Error {
  readonly code: string;
  readonly status: number;
  readonly detail: Record<string, string> | undefined;
  readonly body: object | undefined;

  constructor(status: number, code: string, message: string, detail?: Record<string, string>, body?: object) {
    super(message);
    this.name = 'ApiError';
    this.status = status;
    this.code = code;
    this.detail = detail;
    this.body = body;
  }
}
