import { speaksOfRights } from './code-words.ts';
import type { Failure } from './failure.ts';

type Body = Readonly<Record<string, unknown>>;

/** What the body of an answer says of itself. */
export type BodyFacts = Pick<Failure, 'requestId' | 'denied' | 'aboutRights'> & {
  /** The error code that it names, without odd characters and cut at 100; null where it names none. */
  readonly code: string | null;
  /** What it says of the HTTP status; null where it says nothing. */
  readonly status: number | null;
  /** Whether it says that it is no success. */
  readonly failed: boolean;
};

/** Parts of a body that some products wrap an answer in. */
const WRAPPERS: readonly string[] = ['data', 'result', 'error', 'response'];
/** What a code field holds where all is well. Source: SelectDB's `{"Code": "200", "Success": true}`. */
const FINE = /^(0|200|ok|success(ful)?)?$/i;

/**
 * Reads what a body says about success. Field names have no case: RPC products write `Code`, ROA products `code` or
 * `errorCode`. Source for `Success` other than true in a 200: pop-core and the Terraform provider take it for an error.
 */
export function readBody(body: unknown): BodyFacts {
  if (!isObject(body)) return { code: null, status: null, failed: true, requestId: null, denied: null };
  const all = [body, ...WRAPPERS.map((name) => field(body, name)).filter(isObject)];
  const codes = all.flatMap((one) => [field(one, 'code'), field(one, 'errorcode')]).map(text);
  const messages = all.flatMap((one) => [field(one, 'message'), field(one, 'errormessage')]).map(text);
  const successes = all.map((one) => field(one, 'success')).filter((value) => value !== undefined);
  const code = codes.find((one) => !FINE.test(one)) ?? null;
  const status = Number(text(field(body, 'httpstatuscode')) || Number.NaN);
  const requestId = field(body, 'requestid');
  return {
    code: code === null ? null : code.replaceAll(/[^\w.]/g, '').slice(0, 100),
    status: Number.isInteger(status) ? status : null,
    failed: code !== null || status >= 300 || successes.some((value) => !/^true$/i.test(String(value))),
    requestId: typeof requestId === 'string' ? requestId.slice(0, 64) : null,
    denied: deniedOf(field(body, 'accessdenieddetail')),
    ...(messages.some(speaksOfRights) ? { aboutRights: true } : {}),
  };
}

const field = (body: Body, name: string): unknown =>
  Object.entries(body).find(([key]) => key.toLowerCase() === name)?.[1];

function deniedOf(detail: unknown): Failure['denied'] {
  if (!isObject(detail) || typeof detail['AuthAction'] !== 'string') return null;
  const by = [detail['PolicyType'], detail['NoPermissionType']].filter((word) => typeof word === 'string');
  return { action: detail['AuthAction'], by: by.join(', ') };
}

const text = (value: unknown): string =>
  typeof value === 'string' || typeof value === 'number' ? String(value).trim() : '';

const isObject = (value: unknown): value is Body =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
