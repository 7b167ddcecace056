import type { HttpAnswer } from '../../events/http.ts';
import { type HttpProblem, httpProblemSchema } from '../../events/http-answers.ts';
import { PROBLEM_TITLES, type Problem, type ProblemCode, problem } from '../../events/problem.ts';
import { answer } from './answers.ts';

/**
 * HTTP status of each problem. Some are found by provision only and arrive in a reply, never here; they have a status
 * so that the table covers every code.
 */
export const STATUS_OF: Readonly<Record<ProblemCode, number>> = {
  'invalid-request': 400,
  'unknown-engine': 400,
  'own-account': 400,
  expired: 400,
  'signature-invalid': 401,
  'requester-not-allowed': 403,
  'engine-not-allowed': 403,
  'access-not-allowed': 403,
  'sender-mismatch': 403,
  'not-approved': 403,
  'role-not-owned': 409,
  superseded: 409,
  throttled: 429,
  'wrong-account': 503,
  'quota-exceeded': 503,
  'permission-missing': 503,
  'verification-failed': 503,
  internal: 503,
};

/** Faults of the HTTP call itself, each with the problem code that comes nearest. */
const PROTOCOL = {
  'not-found': { status: 404, code: 'invalid-request', title: 'There is nothing at this path' },
  'method-not-allowed': { status: 405, code: 'invalid-request', title: 'This path takes other methods' },
  'key-in-flight': { status: 409, code: 'throttled', title: 'The same request is under way' },
  'too-large': { status: 413, code: 'invalid-request', title: 'The request is too long' },
  'unsupported-media-type': { status: 415, code: 'invalid-request', title: 'The body is not JSON' },
  'key-reused': { status: 422, code: 'invalid-request', title: 'The key belongs to another request' },
} as const satisfies Record<string, { status: number; code: ProblemCode; title: string }>;

export type ProtocolFault = keyof typeof PROTOCOL;

/** How long a client should wait before it tries again, in seconds. */
const RETRY_AFTER: Readonly<Record<number, string>> = { 409: '1', 429: '10', 503: '30' };

/**
 * The answer to every sender that is not proved. It is the same byte for byte, whatever was missing or wrong, because
 * a difference would help whoever guesses.
 */
export const unproved = (): HttpAnswer =>
  refusal(
    problem(
      'signature-invalid',
      'the request does not prove who sent it: expected the token or the signature of a listed client, made with its current secret and, where it carries a time, within 300 seconds; and the signature of the requester where it must sign.',
    ),
  );

export function refusal({ code, detail, retryable }: Problem): HttpAnswer {
  const status = STATUS_OF[code];
  return problemAnswer(code, { status, code, title: PROBLEM_TITLES[code], detail }, retryable);
}

export const fault = (
  kind: ProtocolFault,
  detail: string,
  headers: Readonly<Record<string, string>> = {},
): HttpAnswer => problemAnswer(kind, { ...PROTOCOL[kind], detail }, kind === 'key-in-flight', headers);

/** The problem code in an answer; null where it is none. */
export function codeOf({ body }: HttpAnswer): ProblemCode | null {
  const parsed = httpProblemSchema.safeParse(JSON.parse(body));
  return parsed.success ? parsed.data.code : null;
}

function problemAnswer(
  kind: string,
  { status, code, title, detail }: { status: number; code: ProblemCode; title: string; detail: string },
  retryable: boolean,
  headers: Readonly<Record<string, string>> = {},
): HttpAnswer {
  const type = `urn:dms-handshake:problem:${kind}`;
  const body: HttpProblem = { type, title, status, detail, code, ...(retryable ? { retryable } : {}) };
  const wait = RETRY_AFTER[status];
  return answer(status, 'application/problem+json', body, {
    ...(wait === undefined ? {} : { 'retry-after': wait }),
    ...(status === 401 ? { 'www-authenticate': 'Bearer realm="dms-handshake"' } : {}),
    ...headers,
  });
}
