import { subscribe } from 'node:diagnostics_channel';
import { ClientRequest, IncomingMessage, ServerResponse } from 'node:http';

/**
 * What is on the wire between the HTTP clients and the HTTP servers of this process, from Node's own diagnostics
 * channels ("Diagnostics Channel: HTTP" and undici's). A request is on the wire from its beginning until it has wholly
 * arrived, and again from the first byte of the answer until the client has it; in between the server is at work, and
 * that work is what a virtual clock waits for or moves. An answer that its client leaves unread is on no way either: it
 * would stay where it is until the server gives the connection up, in real time. Only loopback counts: what goes to
 * another host is either answered in process (`openMswDoor`) or no business of a test.
 */
class Wire {
  /** Requests of clients, with the answer once its head is there. */
  readonly #clients = new Map<object, IncomingMessage | null>();
  readonly #servers = new Map<object, IncomingMessage>();

  constructor() {
    on('http.client.request.start', ({ request }) => {
      if (!(request instanceof ClientRequest) || !isLoopback(request.host)) return;
      this.#clients.set(request, null);
      request.once('close', () => this.#clients.delete(request));
    });
    on('http.client.response.finish', ({ request, response }) => {
      if (!isObject(request) || !(response instanceof IncomingMessage)) return;
      if (this.#clients.has(request)) this.#clients.set(request, response);
    });
    on('undici:request:create', ({ request }) => {
      if (isObject(request) && isLoopback(hostOf(request['origin']))) this.#clients.set(request, null);
    });
    for (const end of ['undici:request:trailers', 'undici:request:error']) {
      on(end, ({ request }) => void (isObject(request) && this.#clients.delete(request)));
    }
    on('http.server.request.start', ({ request, response }) => {
      if (!(request instanceof IncomingMessage) || !(response instanceof ServerResponse)) return;
      this.#servers.set(response, request);
      response.once('close', () => this.#servers.delete(response));
    });
  }

  /** Whether a request or an answer is on its way. */
  get busy(): boolean {
    return this.#awaited() > this.#atWork();
  }

  /** Whether the system has been asked for a file, an address, a connection. Dear: Node makes a list of all that it holds. */
  get asked(): boolean {
    return process.getActiveResourcesInfo().some(isSystemRequest);
  }

  /** Requests whose answer somebody waits for or reads. */
  #awaited(): number {
    let count = 0;
    for (const [request, answer] of this.#clients) {
      // A CONNECT may be over before it is told of, and is never told of again.
      if (request instanceof ClientRequest && request.closed) this.#clients.delete(request);
      else if (answer === null || !isLeft(answer)) count += 1;
    }
    return count;
  }

  /** Requests that have wholly arrived and have no answer yet. */
  #atWork(): number {
    let count = 0;
    for (const [response, request] of this.#servers) if (request.complete && !hasBegun(response)) count += 1;
    return count;
  }
}

/** Whether one of Node's resources ends by itself, as timers, servers and idle sockets do not. */
const isSystemRequest = (name: string): boolean => name.includes('Req') || name.endsWith('ConnectWrap');

/** Whether nobody has begun to read an answer: a client begins in the same turn of the event loop, if ever. */
const isLeft = (answer: IncomingMessage): boolean => answer.readableFlowing === null;

const hasBegun = (response: object): boolean => response instanceof ServerResponse && response.headersSent;

let watched: Wire | null = null;

/** The one wire of this process, watched from the first call on: requests begun earlier are not seen. */
export function wire(): Pick<Wire, 'busy' | 'asked'> {
  watched ??= new Wire();
  return watched;
}

function on(channel: string, listener: (message: Record<string, unknown>) => void): void {
  subscribe(channel, (message) => {
    if (isObject(message)) listener(message);
  });
}

const isLoopback = (host: string): boolean => /^(localhost|127\.\d+\.\d+\.\d+|\[?::1\]?)$/.test(host);

const hostOf = (origin: unknown): string =>
  URL.canParse(String(origin)) ? new URL(String(origin)).hostname : '';

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null;
