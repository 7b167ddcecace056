import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { ApiError } from '../cloud/error.ts';
import type { FunctionRecord } from '../cloud/fc/state.ts';
import type { HttpTrigger } from '../cloud/fc/trigger.ts';
import { listen } from '../cloud/http/listen.ts';
import type { Account } from '../cloud/world.ts';
import type { FunctionHost } from './host.ts';
import { type HttpAnswer, httpAnswer } from './http-answer.ts';
import { corsHeaders, preflightAnswer } from './http-cors.ts';
import { httpEvent } from './http-event.ts';
import { requireLimits } from './http-limits.ts';

/** A function's URL. */
export interface OpenHttpTrigger {
  /** `http://127.0.0.1:<port>` */
  readonly url: string;
  close(): Promise<void>;
}

/**
 * Serves the HTTP trigger of a function on the loopback interface: each request is a synchronous invocation, without
 * retry and without destinations, unless its sender asks for an asynchronous one (`X-Fc-Invocation-Type: Async`), which
 * any sender may. A sender who hangs up ends the run. Methods that the trigger does not list are 403. Source: the
 * vendor's manual in Chinese.
 * Only `authType: anonymous`: throws for the others, for a function without an HTTP trigger, and `ApiError` 404 for an
 * unknown function. `port` 0, the default, takes a free one.
 */
export async function openHttpTrigger(
  host: FunctionHost,
  account: Account,
  functionName: string,
  port = 0,
): Promise<OpenHttpTrigger> {
  const fn = account.fc.function(functionName);
  const trigger = httpTriggerOf(fn);
  if (trigger === undefined) throw new Error(`${functionName} has no HTTP trigger`);
  requireServed(fn, trigger);
  return serveHttp(host, () => fn, port);
}

/** Throws `ApiError` 400 `InvalidArgument` for a way to prove senders that is not in the local cloud. */
export function requireServed(fn: FunctionRecord, { triggerName, triggerConfig }: HttpTrigger): void {
  const { authType } = triggerConfig;
  if (authType === 'anonymous') return;
  const text = `${fn.name}/${triggerName}: authType ${authType} is not in the local cloud`;
  throw new ApiError(400, 'InvalidArgument', text);
}

/** Serves the HTTP trigger of whichever function `target` names at the time of a request; null: none, 404. */
export async function serveHttp(
  host: FunctionHost,
  target: () => FunctionRecord | null,
  port: number,
): Promise<OpenHttpTrigger> {
  const server = createServer((request, response) => {
    // A response that closes before it has ended is one that nobody waits for any more.
    const left = new AbortController();
    response.once('close', () => response.writableEnded || left.abort());
    void answer(host, target(), request, left.signal)
      .catch(platformAnswer)
      .then((result) => write(request, response, result));
  });
  return {
    url: `http://127.0.0.1:${await listen(server, port)}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function answer(
  host: FunctionHost,
  fn: FunctionRecord | null,
  request: IncomingMessage,
  left: AbortSignal,
): Promise<HttpAnswer> {
  const { method = 'GET', url = '/', httpVersion, rawHeaders, socket } = request;
  const body = await buffer(request);
  if (fn === null) throw nothingHere();
  const trigger = httpTriggerOf(fn);
  if (trigger === undefined) throw nothingHere();
  const allowed: readonly string[] = trigger.triggerConfig.methods;
  if (!allowed.includes(method)) {
    const preflight = preflightAnswer(method, request.headers);
    if (preflight !== null) return { status: 200, headers: preflight, body: Buffer.alloc(0) };
    throw new ApiError(403, 'AccessDenied', `the HTTP trigger does not accept ${method}`);
  }
  requireLimits(rawHeaders, url);
  const requestId = host.nextRequestId();
  const payload = httpEvent(
    { method, target: url, httpVersion, rawHeaders, body, sourceIp: socket.remoteAddress ?? '' },
    {
      accountId: fn.accountId,
      functionName: fn.name,
      region: host.world.region,
      requestId,
      now: host.world.clock.now(),
    },
  );
  const event = { accountId: fn.accountId, functionName: fn.name, payload };
  if (request.headers['x-fc-invocation-type'] === 'Async') {
    await host.enqueue(event, requestId);
    return { status: 202, headers: { 'x-fc-request-id': requestId }, body: Buffer.alloc(0) };
  }
  const result = httpAnswer(await host.invoke(event, requestId, left));
  return { ...result, headers: { ...result.headers, 'x-fc-request-id': requestId } };
}

/** A function has one at most that counts: the vendor allows one per version. */
function httpTriggerOf(fn: FunctionRecord): HttpTrigger | undefined {
  for (const { trigger } of fn.triggers.values()) if (trigger.triggerType === 'http') return trigger;
  return undefined;
}

const nothingHere = (): ApiError =>
  new ApiError(404, 'FunctionNotFound', 'no function has an HTTP trigger with this URL');

function platformAnswer(error: unknown): HttpAnswer {
  const known =
    error instanceof ApiError ? error : new ApiError(500, 'InternalServerError', 'the trigger failed');
  const body = Buffer.from(JSON.stringify({ Code: known.code, Message: known.message }));
  return { status: known.status, headers: { 'content-type': 'application/json' }, body };
}

function write(request: IncomingMessage, response: ServerResponse, result: HttpAnswer): void {
  const headers = corsHeaders(request.headers, result.headers);
  response.writeHead(result.status, { ...headers, 'content-length': result.body.length });
  // Of the answer to a HEAD request, Node.js sends the headers alone.
  response.end(result.body);
}
