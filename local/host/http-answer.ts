import { z } from 'zod';
import type { Outcome } from './answer.ts';

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
  body: z.string().nullish(),
});

/** Headers that belong to the connection between client and platform: what a function says about them is not passed on. */
const OWN = new Set([
  'connection',
  'content-length',
  'date',
  'keep-alive',
  'server',
  'transfer-encoding',
  'upgrade',
]);

/**
 * Turns what a function answered into HTTP (vendor page "Use an HTTP trigger to invoke a function", response struct):
 * `{statusCode, headers, isBase64Encoded, body}`, or, without `statusCode`, 200 with the whole answer as JSON body.
 * A throw, a timeout or a malformed answer becomes 502 with the JSON of the error and `x-fc-error-type`: that the page
 * leaves open, 502 is inferred from the vendor's list of function errors as 5xx.
 */
export function httpAnswer(outcome: Outcome): HttpAnswer {
  if (outcome.errorType !== null) {
    return json(502, outcome.body, { 'x-fc-error-type': outcome.errorType });
  }
  const value = parsed(outcome.body);
  if (typeof value !== 'object' || value === null || !('statusCode' in value))
    return json(200, outcome.body, {});
  const result = structured.safeParse(value);
  if (!result.success) {
    const text = 'the function answered an HTTP response that is not well-formed';
    const body = Buffer.from(JSON.stringify({ errorMessage: text }), 'utf8');
    return json(502, body, { 'x-fc-error-type': 'FunctionResponseError' });
  }
  const { statusCode, headers, isBase64Encoded, body } = result.data;
  const passed = Object.entries(headers ?? {}).filter(([name]) => !OWN.has(name.toLowerCase()));
  return {
    status: statusCode,
    headers: Object.fromEntries(passed),
    body: Buffer.from(body ?? '', isBase64Encoded === true ? 'base64' : 'utf8'),
  };
}

function json(status: number, body: Buffer, headers: Record<string, string>): HttpAnswer {
  return { status, headers: { 'content-type': 'application/json', ...headers }, body };
}

function parsed(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    return null;
  }
}
