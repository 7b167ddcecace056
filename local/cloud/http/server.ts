import { randomUUID } from 'node:crypto';
import {
  createServer,
  type IncomingMessage,
  type RequestListener,
  type Server,
  type ServerResponse,
} from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { ApiError } from '../error.ts';
import { CERTIFICATE_PATH } from '../mns/delivery/push-signature.ts';
import type { RestResponse } from '../rest.ts';
import type { Account, World } from '../world.ts';
import { answer, type Services } from './answer.ts';
import { listen } from './listen.ts';
import { receive } from './receive.ts';
import { errorResponse, internalError } from './response.ts';

export type { RestHandler, Services } from './answer.ts';

export interface DoorOptions {
  /** 0, the default, takes a free one. */
  readonly port?: number;
  /** Print the stack of a crashed operation on stderr. */
  readonly debug?: boolean;
  /** Serve https, too, at a port of its own; 0 takes a free one. */
  readonly tls?: { readonly key: string; readonly cert: string; readonly port: number } | undefined;
}

export interface Door {
  /** `http://127.0.0.1:<port>` */
  readonly url: string;
  /** `https://127.0.0.1:<port>`; null without `tls`. */
  readonly urlTls: string | null;
  /** Ends idle connections at once, and those with a call in flight soon after. */
  close(): Promise<void>;
}

/**
 * Connections stay open as long as their client wants: one that closed just as the next call came would lose that call,
 * and each answer would announce, and each client arm, a timeout.
 */
const NO_TIMEOUT = 0;

/** How long `close` waits for calls in flight, in milliseconds of real time: a long poll may wait on a clock that stands. */
const GRACE_MS = 200;

/** Opens the endpoints of one account on the loopback interface: RPC and ROA at `/`, MNS and Function Compute by path. */
export async function openDoor(
  world: World,
  account: Account,
  services: Services,
  options: DoorOptions = {},
): Promise<Door> {
  const report = (error: unknown): void => {
    if (options.debug !== true) return;
    process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : 'a thrown value'}\n`);
  };
  const listener: RequestListener = (message, response) => {
    serve(world, account, services, message, report).then(
      (found) => send(response, found, message.complete && plain.listening),
      () => message.socket.destroy(),
    );
  };
  const plain = createServer(listener);
  plain.keepAliveTimeout = NO_TIMEOUT;
  const { tls } = options;
  const port = await listen(plain, options.port ?? 0);
  const url = urlOf('http', port);
  account.mns.certificateUrl = `${url}${CERTIFICATE_PATH}`;
  if (tls === undefined) return { url, urlTls: null, close: () => close(plain) };
  const secure = createTlsServer({ key: tls.key, cert: tls.cert }, listener);
  secure.keepAliveTimeout = NO_TIMEOUT;
  try {
    const urlTls = urlOf('https', await listen(secure, tls.port));
    const both = async () => void (await Promise.all([plain, secure].map(close)));
    account.mns.certificateUrl = `${urlTls}${CERTIFICATE_PATH}`;
    return { url, urlTls, close: both };
  } catch (error) {
    await close(plain);
    throw error;
  }
}

const urlOf = (scheme: 'http' | 'https', port: number): string => `${scheme}://127.0.0.1:${port}`;

/** Resolves with an answer, whatever happens; rejects only to close the connection without one. */
async function serve(
  world: World,
  account: Account,
  services: Services,
  message: IncomingMessage,
  report: (error: unknown) => void,
): Promise<RestResponse> {
  let request: Awaited<ReturnType<typeof receive>>;
  try {
    request = await receive(message);
  } catch (error) {
    const known = error instanceof ApiError ? error : internalError();
    return errorResponse(randomUUID().toUpperCase(), message.headers.host ?? '', known);
  }
  return answer(world, account, services, request, report);
}

function send(response: ServerResponse, { status, headers, body }: RestResponse, keepAlive: boolean): void {
  const all: Record<string, string | number> = { ...headers };
  if (status !== 204) all['content-length'] = Buffer.byteLength(body);
  if (!keepAlive) all['connection'] = 'close';
  response.writeHead(status, all);
  // A text goes out with the head in one piece; bytes would be a piece of their own.
  response.end(status === 204 ? undefined : body);
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => server.closeAllConnections(), GRACE_MS);
    server.close(() => {
      clearTimeout(timer);
      resolve();
    });
    server.closeIdleConnections();
  });
}
