import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { ApiError } from '../cloud/error.ts';
import type { Account } from '../cloud/world.ts';
import type { FunctionHost } from './host.ts';
import { type HttpAnswer, httpAnswer } from './http-answer.ts';
import { httpEvent } from './http-event.ts';
import type { HttpTrigger } from './trigger-spec.ts';

/** A function's URL. */
export interface OpenHttpTrigger {
  /** `http://127.0.0.1:<port>` */
  readonly url: string;
  close(): Promise<void>;
}

/**
 * Serves the HTTP trigger of a function on the loopback interface: each request is a synchronous invocation, without
 * retry and without destinations. Methods that the trigger does not list are answered 405 (status inferred).
 * Only `authType: anonymous`: throws for the others, for a function without an HTTP trigger, and `ApiError` 404 for an
 * unknown function. `port` 0, the default, takes a free one.
 */
export async function openHttpTrigger(
  host: FunctionHost,
  account: Account,
  functionName: string,
  port = 0,
): Promise<OpenHttpTrigger> {
  const trigger = host.find(account.uid, functionName).spec.triggers.find((t) => t.triggerType === 'http');
  if (trigger === undefined) throw new Error(`${functionName} has no HTTP trigger`);
  const { authType } = trigger.triggerConfig;
  if (authType !== 'anonymous') {
    throw new Error(`${functionName}/${trigger.triggerName}: authType ${authType} is not in the local cloud`);
  }
  const server = createServer((request, response) => {
    void answer(host, account, functionName, trigger, request)
      .catch(platformAnswer)
      .then((result) => write(request, response, result));
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the HTTP trigger has no port');
  return {
    url: `http://127.0.0.1:${address.port}`,
    close: () =>
      new Promise((resolve, reject) => {
        server.close((error) => (error === undefined ? resolve() : reject(error)));
        server.closeAllConnections();
      }),
  };
}

async function answer(
  host: FunctionHost,
  account: Account,
  functionName: string,
  trigger: HttpTrigger,
  request: IncomingMessage,
): Promise<HttpAnswer> {
  const { method = 'GET', url = '/', httpVersion, rawHeaders, socket } = request;
  const allowed: readonly string[] = trigger.triggerConfig.methods;
  const body = await buffer(request);
  if (!allowed.includes(method)) {
    throw new ApiError(405, 'MethodNotAllowed', `the HTTP trigger does not accept ${method}`);
  }
  const requestId = host.nextRequestId();
  const payload = httpEvent(
    { method, target: url, httpVersion, rawHeaders, body, sourceIp: socket.remoteAddress ?? '' },
    {
      accountId: account.uid,
      domainName: `${functionName.toLowerCase()}.${host.world.region}.fcapp.run`,
      requestId,
      now: host.world.clock.now(),
    },
  );
  const invocation = await host.invoke({ accountId: account.uid, functionName, payload }, requestId);
  const result = httpAnswer(invocation);
  return { ...result, headers: { ...result.headers, 'x-fc-request-id': requestId } };
}

function platformAnswer(error: unknown): HttpAnswer {
  const known =
    error instanceof ApiError ? error : new ApiError(500, 'InternalServerError', 'the trigger failed');
  const body = Buffer.from(JSON.stringify({ Code: known.code, Message: known.message }), 'utf8');
  return { status: known.status, headers: { 'content-type': 'application/json' }, body };
}

function write(request: IncomingMessage, response: ServerResponse, result: HttpAnswer): void {
  response.writeHead(result.status, { ...result.headers, 'content-length': result.body.length });
  response.end(request.method === 'HEAD' ? undefined : result.body);
}
