import type { IncomingMessage } from 'node:http';
import { TLSSocket } from 'node:tls';
import { ApiError } from '../error.ts';
import type { RestRequest } from '../rest.ts';

/** The longest body that the door reads, in bytes. */
export const MAX_BODY = 1024 * 1024;

/** The same where the body may be the code of a function: a zip of 100 MB, or in base64 within JSON. */
const MAX_CODE = 140 * 1024 * 1024;

/** Reads a request from the wire. Throws `ApiError` 400 `InvalidURI`, 413 `RequestEntityTooLarge`. */
export async function receive(message: IncomingMessage): Promise<RestRequest> {
  const target = withoutOrigin(message.url ?? '');
  const mark = target.indexOf('?');
  const path = decoded(mark < 0 ? target : target.slice(0, mark));
  return {
    method: message.method ?? '',
    scheme: message.socket instanceof TLSSocket ? 'https' : 'http',
    path,
    target,
    query: mark < 0 ? NO_QUERY : new URLSearchParams(target.slice(mark + 1)),
    headers: headersOf(message),
    body: isEmpty(message) ? NOTHING : await bodyOf(message, isCode(message) ? MAX_CODE : MAX_BODY),
  };
}

const NOTHING = Buffer.alloc(0);

/** Shared: nobody changes the query of a request. */
const NO_QUERY = new URLSearchParams();

/** Nothing follows the head: then nothing is waited for. */
const isEmpty = ({ headers }: IncomingMessage): boolean =>
  headers['transfer-encoding'] === undefined && Number(headers['content-length'] ?? 0) === 0;

function headersOf(message: IncomingMessage): Readonly<Record<string, string>> {
  const headers: Record<string, string> = {};
  const sent = message.headers;
  for (const name in sent) {
    const value = sent[name];
    if (value !== undefined) headers[name] = typeof value === 'string' ? value : value.join(', ');
  }
  return headers;
}

/** A client that takes the door for its HTTP proxy sends the whole address; the signature covers what follows the host. */
const withoutOrigin = (url: string): string =>
  url.startsWith('/') ? url : url.replace(/^http:\/\/[^/?]+(?=\/)/i, '');

function decoded(path: string): string {
  try {
    if (path.startsWith('/')) return path.includes('%') ? decodeURIComponent(path) : path;
  } catch {
    // Falls through: a broken escape.
  }
  throw new ApiError(400, 'InvalidURI', 'The path of the request cannot be read.');
}

/** Uploads, and requests to make, change or run a function. */
const isCode = ({ url = '', headers: { authorization = '' } }: IncomingMessage): boolean =>
  url.startsWith('/2023-03-30/functions') || authorization.startsWith('OSS ');

function bodyOf(message: IncomingMessage, longest: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    message.on('data', (chunk: Buffer) => {
      size += chunk.length;
      // The rest is read and thrown away: a client that is still writing would not read the refusal.
      if (size <= longest) chunks.push(chunk);
    });
    message.on('end', () => {
      if (size <= longest) resolve(chunks.length === 1 ? (chunks[0] ?? NOTHING) : Buffer.concat(chunks));
      else reject(new ApiError(413, 'RequestEntityTooLarge', `The body is longer than ${longest} bytes.`));
    });
    message.on('error', reject);
  });
}
