/**
 * An answer of the vendor that is an error. `code` is the vendor's, `status` the HTTP status it travels with.
 * `detail` is `AccessDeniedDetail` of a refused permission.
 */
export class ApiError extends Error {
  readonly code: string;
  readonly status: number;
  readonly detail: Record<string, string> | undefined;

  constructor(status: number, code: string, message: string, detail?: Record<string, string>) {
    super(message);
    this.name = 'ApiError';
    this.status = status;
    this.code = code;
    this.detail = detail;
  }
}
