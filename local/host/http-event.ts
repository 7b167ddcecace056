import { isUtf8 } from 'node:buffer';
import type { Millis } from '../../shared/runtime/clock.ts';

/** An HTTP request as the trigger's server received it. */
interface HttpRequest {
  readonly method: string;
  /** Path and query as sent. */
  readonly target: string;
  readonly httpVersion: string;
  /** Names and values in turn, as sent. */
  readonly rawHeaders: readonly string[];
  readonly body: Buffer;
  readonly sourceIp: string;
}

interface HttpEventOptions {
  readonly accountId: string;
  readonly functionName: string;
  readonly region: string;
  readonly requestId: string;
  readonly now: Millis;
}

/**
 * What travels as text; all else is base64.
 *
 * Belief text-with-charset (inferred): a charset in the type of a body changes nothing about that. Source: the manual in
 * Chinese, which lists types without one. Shown wrong by: doctor --live.
 */
const TEXT = /^(text\/[^;]*|application\/(json|ld\+json|xhtml\+xml|xml|atom\+xml|javascript))\s*(;|$)/i;

/**
 * The event of an HTTP trigger in a managed runtime (vendor page "Use an HTTP trigger to invoke a function", and the
 * manual in Chinese): several values of a header or a query parameter are joined with a comma; header names arrive in
 * Go's canonical form (`Content-Type`), without `connection`, `keep-alive` and `x-fc-*`; a body of any type but a few, of
 * an empty type, or that is not UTF-8, travels in base64.
 *
 * Belief header-case (documented): names of headers arrive in canonical case; the code asks in any case. Source: the
 * manual in Chinese, 2026-08-09. Shown wrong by: doctor --live.
 */
export function httpEvent(request: HttpRequest, options: HttpEventOptions): Buffer {
  const rawPath = request.target.replace(/\?.*/, '');
  const query = request.target.slice(rawPath.length + 1);
  const kept = pairs(request.rawHeaders).filter(([name]) => !DROPPED.test(name));
  const headers = joined(kept.map(([name, value]) => [canonical(name), value]));
  const type = headers['Content-Type'];
  const text = type !== undefined && TEXT.test(type.trim()) && isUtf8(request.body);
  const domainPrefix = options.functionName.toLowerCase();
  const event = {
    version: 'v1',
    rawPath,
    body: request.body.toString(text ? 'utf8' : 'base64'),
    isBase64Encoded: !text,
    headers,
    queryParameters: joined([...new URLSearchParams(query)]),
    requestContext: {
      accountId: options.accountId,
      domainName: `${domainPrefix}.${options.region}.fcapp.run`,
      domainPrefix,
      http: {
        method: request.method,
        path: decoded(rawPath),
        protocol: `HTTP/${request.httpVersion}`,
        sourceIp: request.sourceIp,
        userAgent: headers['User-Agent'] ?? '',
      },
      requestId: options.requestId,
      time: new Date(options.now).toISOString().replace(/\.\d+/, ''),
      timeEpoch: String(options.now),
    },
  };
  return Buffer.from(JSON.stringify(event));
}

const DROPPED = /^(connection|keep-alive|x-fc-.*)$/i;

function canonical(name: string): string {
  return name.toLowerCase().replace(/(^|-)[a-z]/g, (letter) => letter.toUpperCase());
}

function joined(entries: readonly (readonly [string, string])[]): Record<string, string> {
  const result: Record<string, string> = {};
  for (const [name, value] of entries) {
    const before = result[name];
    result[name] = before === undefined ? value : `${before},${value}`;
  }
  return result;
}

function pairs(raw: readonly string[]): [string, string][] {
  return raw.flatMap((name, i) => (i % 2 === 0 ? [[name, raw[i + 1] ?? ''] as [string, string]] : []));
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
