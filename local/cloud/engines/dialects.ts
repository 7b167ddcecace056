import { ApiError } from '../error.ts';
import { randomStream } from '../weather/random.ts';

/** How a product says that a right is missing. */
interface Dialect {
  readonly status: number;
  readonly code: string;
  /** Where the body differs from `{Code, Message}`. */
  readonly body?: (code: string, message: string) => object;
}

const unsuccessful = (code: string, Message: string): object => ({ Success: false, Code: code, Message });

/**
 * What each product has been seen to say, the vendor's spellings included. Sources: the error tables of RDS, PolarDB and
 * DRDS ("Forbedden.NotSupportRAM"), of SelectDB (400 `Forbidden`), and public reports. Which product says which of them
 * today is not documented: the seed draws one for each.
 */
const DIALECTS: Readonly<Record<string, readonly [Dialect, ...Dialect[]]>> = {
  'r-kvstore': [
    { status: 403, code: 'Forbidden.RAM' },
    { status: 403, code: 'NoPermission' },
  ],
  drds: [
    { status: 403, code: 'Forbedden.NotSupportRAM' },
    { status: 403, code: 'Forbidden.NotSupportRAM' },
    { status: 200, code: 'Forbidden.RAM', body: unsuccessful },
  ],
  polardbx: [
    { status: 400, code: 'RAM.Permission.Denied' },
    { status: 403, code: 'Forbidden.RAM' },
  ],
  oceanbasepro: [
    { status: 403, code: 'UnauthorizedOperation' },
    { status: 404, code: 'NoPermission' },
  ],
  hitsdb: [
    { status: 403, code: 'Forbbiden' },
    { status: 400, code: 'Forbidden' },
  ],
  hologram: [
    {
      status: 200,
      code: 'NoPermission',
      body: (ErrorCode, ErrorMessage) => ({
        Success: 'false',
        ErrorCode,
        ErrorMessage,
        HttpStatusCode: '403',
      }),
    },
    { status: 403, code: 'NoPermission', body: (code, message) => ({ code, message, success: false }) },
  ],
  'gdb-api': [
    { status: 403, code: 'Forbbiden.SubUser' },
    { status: 404, code: 'Forbbiden.SubUser' },
  ],
  selectdb: [
    { status: 400, code: 'Forbidden' },
    { status: 200, code: 'Forbidden', body: unsuccessful },
  ],
  clickhouse: [
    { status: 403, code: 'Forbidden.RAM' },
    { status: 400, code: 'OperationDenied.NoPermission' },
  ],
  vpc: [
    { status: 403, code: 'Forbidden.RAM' },
    { status: 403, code: 'Forbidden' },
  ],
};

/** The refusal of a product in its own words. `AccessDeniedDetail` goes with the code of RAM alone. */
export function inDialect(service: string, seed: number, refusal: ApiError): ApiError {
  const dialects = DIALECTS[service];
  if (dialects === undefined) return refusal;
  const drawn = Math.floor(randomStream(seed, `refusal/${service}`)() * dialects.length);
  const { status, code, body } = dialects[drawn] ?? dialects[0];
  const message =
    'User not authorized to operate on the specified resource, or this API does not support RAM.';
  const detail = code === refusal.code && body === undefined ? refusal.detail : undefined;
  return new ApiError(status, code, message, detail, body?.(code, message));
}
