import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { ApiError } from '../error.ts';
import type { RestResponse } from '../rest.ts';
import type { Account, World } from '../world.ts';
import { answer, type Services } from './answer.ts';
import { receive } from './receive.ts';
import { errorResponse, internalError } from './response.ts';

export type { RestHandler, Services } from './answer.ts';

export interface DoorOptions {
  /** 0, the default, takes a free one. */
  readonly port?: number;
  /** Print the stack of a crashed operation on stderr. */
  readonly debug?: boolean;
}

export interface Door {
  /** `http://127.0.0.1:<port>` */
  readonly url: string;
  /** Ends idle connections at once, and those with a call in flight soon after. */
  close(): Promise<void>;
}

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
  const server = createServer((message, response) => {
    serve(world, account, services, message, report).then(
      (found) => send(response, found, message.complete && server.listening),
      () => message.socket.destroy(),
    );
  });
  const port = await listen(server, options.port ?? 0);
  return { url: `http://127.0.0.1:${port}`, close: () => close(server) };
}

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
  const bytes = typeof body === 'string' ? Buffer.from(body) : body;
  const length = status === 204 ? {} : { 'content-length': bytes.length };
  response.writeHead(status, { ...headers, ...length, ...(keepAlive ? {} : { connection: 'close' }) });
  response.end(status === 204 ? undefined : bytes);
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      const address = server.address();
      if (typeof address === 'object' && address !== null) resolve(address.port);
      else reject(new Error('the door has no port'));
    });
  });
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
