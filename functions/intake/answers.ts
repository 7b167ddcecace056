import type { HttpAnswer } from '../../events/http.ts';
import type { Accepted } from '../../events/http-answers.ts';

const HEADERS = {
  'cache-control': 'no-store',
  'x-content-type-options': 'nosniff',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'referrer-policy': 'no-referrer',
  'strict-transport-security': 'max-age=31536000',
} as const;

export const healthy = (): HttpAnswer => answer(200, 'application/json', { status: 'ok' });

export const accepted = (requestId: string): HttpAnswer => {
  const body: Accepted = { requestId, status: 'accepted' };
  return answer(202, 'application/json', body);
};

/** Every answer has these headers, and a JSON body. */
export const answer = (
  statusCode: number,
  type: string,
  body: object,
  headers: Readonly<Record<string, string>> = {},
): HttpAnswer => ({
  statusCode,
  headers: { ...HEADERS, 'content-type': `${type}; charset=utf-8`, ...headers },
  isBase64Encoded: false,
  body: JSON.stringify(body),
});
