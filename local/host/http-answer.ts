import * as z from 'zod';
import type { Outcome } from './answer.ts';
import { ANSWER_HEADERS, bytesOf } from './http-limits.ts';

/** An HTTP answer, ready to be written. */
export interface HttpAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[]>>;
  readonly body: Buffer;
}

const headerValue = z.union([z.string(), z.number().transform(String), z.array(z.string())]);

const structured = z.looseObject({
  statusCode: z.coerce.number().pipe(z.int().min(100).max(599)),
  headers: z.record(z.string(), headerValue).nullish(),
  isBase64Encoded: z.boolean().nullish(),
  body: z.union([z.string(), z.record(z.string(), z.unknown()), z.array(z.unknown())]).nullish(),
});

/** Headers that belong to the connection between client and platform: what a function says about them is not passed on. */
const OWN = new Set([
  'connection',
  'content-disposition',
  'content-length',
  'date',
  'keep-alive',
  'server',
  'transfer-encoding',
  'upgrade',
]);

/**
 * Turns what a function answered into HTTP (vendor page "Use an HTTP trigger to invoke a function", response struct, and
 * the manual in Chinese): `{statusCode, headers, isBase64Encoded, body}`, where an object as `body` is sent as JSON, or,
 * without `statusCode`, 200 with the whole answer as JSON body. A function that failed, in whatever way, is 502 with the
 * plain text `Internal Server Error`: nothing of the error reaches the sender. An answer that is not well-formed, or has
 * more than 8 KB of headers, is 502 `BadResponse`. The default domain adds `Content-Disposition: attachment`.
 */
export function httpAnswer(outcome: Outcome): HttpAnswer {
  if (outcome.errorType !== null)
    return failed('Internal Server Error', { 'x-fc-error-type': outcome.errorType });
  const value = parsed(outcome.body);
  if (typeof value !== 'object' || value === null || !('statusCode' in value))
    return attached({
      status: 200,
      headers: { 'content-type': 'application/json' },
      body: outcome.body,
    });
  const result = structured.safeParse(value);
  if (!result.success) return failed('BadResponse');
  const { statusCode, headers, isBase64Encoded, body } = result.data;
  const passed = Object.entries(headers ?? {}).filter(
    ([name]) => !OWN.has(name.toLowerCase()) && !/^x-fc-/i.test(name),
  );
  if (bytesOf(passed.flat(2)) > ANSWER_HEADERS) return failed('BadResponse');
  const text = typeof body === 'object' && body !== null ? JSON.stringify(body) : (body ?? '');
  return attached({
    status: statusCode,
    headers: Object.fromEntries(passed),
    body: isBase64Encoded === true ? Buffer.from(text, 'base64') : Buffer.from(text),
  });
}

const failed = (text: string, headers: Record<string, string> = {}): HttpAnswer => ({
  status: 502,
  headers: { 'content-type': 'text/plain; charset=utf-8', ...headers },
  body: Buffer.from(text),
});

const attached = (answer: HttpAnswer): HttpAnswer => ({
  ...answer,
  headers: { ...answer.headers, 'content-disposition': 'attachment' },
});

function parsed(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString());
  } catch {
    return null;
  }
}
