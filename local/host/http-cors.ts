import type { IncomingHttpHeaders } from 'node:http';

/** What a page of another origin may read of an answer. Source: answers in the vendor's manual in Chinese. */
const EXPOSED = 'Date,x-fc-request-id';

/**
 * What the platform adds to every answer, so that pages of any origin may read it; a header that the function sets
 * itself stays. Source: the manual in Chinese, 2026-08-09, "HTTP trigger overview", on requests across origins.
 */
export function corsHeaders(
  asked: IncomingHttpHeaders,
  answer: Readonly<Record<string, string | string[]>>,
): Readonly<Record<string, string | string[]>> {
  const own = new Set(Object.keys(answer).map((name) => name.toLowerCase()));
  const added = {
    'access-control-expose-headers': EXPOSED,
    ...(asked.origin === undefined
      ? {}
      : {
          'access-control-allow-origin': asked.origin,
          'access-control-allow-credentials': 'true',
        }),
  };
  return { ...Object.fromEntries(Object.entries(added).filter(([name]) => !own.has(name))), ...answer };
}

/**
 * The answer to a browser that asks before it sends, where the trigger does not list OPTIONS; null for any other request.
 *
 * Belief preflight (inferred): where a trigger does not list OPTIONS, the platform answers a preflight with 200, and with
 * what it asked for. Source: the manual in Chinese, which says that requests across origins are allowed without doing
 * anything. Shown wrong by: doctor --live.
 */
export function preflightAnswer(
  method: string,
  asked: IncomingHttpHeaders,
): Readonly<Record<string, string>> | null {
  const wanted = asked['access-control-request-method'];
  if (method !== 'OPTIONS' || asked.origin === undefined || wanted === undefined) return null;
  const headers = asked['access-control-request-headers'];
  return {
    'access-control-allow-methods': wanted,
    ...(headers === undefined ? {} : { 'access-control-allow-headers': headers }),
  };
}
