import { XMLBuilder } from 'fast-xml-parser';
import type { RestRequest, RestResponse } from '../rest.ts';

/** What an answer of an RPC or ROA operation is written in, and the root element that XML needs. */
export interface AnswerFormat {
  readonly type: 'json' | 'xml';
  readonly root: string;
}

const TYPES = { json: 'application/json;charset=utf-8', xml: 'text/xml;charset=utf-8' } as const;

/**
 * The parameter `Format` says it. Without one a request with the older signature gets XML, the default of RAM, STS and
 * every product with that gateway; a request with the newer one gets JSON, unless it accepts XML only.
 */
export function formatOf(request: RestRequest): AnswerFormat {
  const form = formOf(request);
  const parameter = (name: string): string | null => request.query.get(name) ?? form?.get(name) ?? null;
  const action = request.headers['x-acs-action'] ?? parameter('Action') ?? '';
  // An operation that is found by its path answers whatever is said to be its name: that may be no name of an element.
  const root = /^[A-Za-z]\w{0,99}$/.test(action) ? `${action}Response` : 'Response';
  const format = parameter('Format')?.toLowerCase();
  if (format) return { type: format === 'xml' ? 'xml' : 'json', root };
  const accept = request.headers['accept'] ?? '';
  const older = parameter('Signature') !== null && request.headers['authorization'] === undefined;
  const xml = older || (/\bxml\b/.test(accept) && !/json|\*\/\*/.test(accept));
  return { type: xml ? 'xml' : 'json', root };
}

function formOf({ body, headers }: RestRequest): URLSearchParams | null {
  if (body.length === 0 || headers['content-type']?.includes('form-urlencoded') === false) return null;
  return new URLSearchParams(body.toString('utf8'));
}

const builder = new XMLBuilder();

/** An answer whose body has these members; `error` gives XML the root that errors have. */
export function formatted(
  { type, root }: AnswerFormat,
  status: number,
  body: object,
  { requestId, error = false }: { readonly requestId: string; readonly error?: boolean },
): RestResponse {
  const all = { RequestId: requestId, ...body };
  return {
    status,
    headers: { 'content-type': TYPES[type], 'x-acs-request-id': requestId },
    body:
      type === 'json'
        ? JSON.stringify(all)
        : `<?xml version="1.0" encoding="UTF-8"?>${builder.build({ [error ? 'Error' : root]: all })}`,
  };
}
