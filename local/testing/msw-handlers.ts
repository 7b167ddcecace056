import { syncBuiltinESMExports } from 'node:module';
import { HttpResponse, http } from 'msw';
import { setupServer } from 'msw/node';
import { handleFc } from '../cloud/fc/index.ts';
import { answer, type Services } from '../cloud/http/answer.ts';
import { handleMns } from '../cloud/mns/index.ts';
import { rpcOperations } from '../cloud/operations.ts';
import { handleOss } from '../cloud/oss/handle.ts';
import type { RestRequest, RestResponse } from '../cloud/rest.ts';
import { handleSls } from '../cloud/sls/handle.ts';
import { ConnectionLost } from '../cloud/weather.ts';
import type { World } from '../cloud/world.ts';
import { endpointOf } from './vendor-hosts.ts';

/** The vendor's hosts, answered in this process. */
export interface MswDoor {
  /** `<method> <origin><path>` of what went to a host that is not part of the local cloud, without the query. */
  readonly unmatched: readonly string[];
  /** Gives the network back. Throws if anything went to an unknown host: no test passes over that in silence. */
  close(): void;
}

const everything: Services = {
  rpc: rpcOperations,
  mns: handleMns,
  fc: handleFc,
  oss: handleOss,
  sls: handleSls,
};

/**
 * Answers what clients in this process send to the vendor's own hosts, https included, as the loopback door would: they
 * need no endpoint, no certificate and no port. Loopback requests go through (webhooks, other doors). Everything else
 * fails: the client sees a network error, and `close` throws. One door at a time, as it takes over the whole process.
 * `onUnhandledRequest: 'error'` is not used because it prints addresses with their query: version 1 signs there.
 *
 * As msw hands requests on through WHATWG URLs, a path or query with characters that those escape (a raw quote, `..`)
 * would not arrive as it was signed; none of the vendor's clients sends one.
 */
export function openMswDoor(world: World, services: Services = everything): MswDoor {
  const unmatched: string[] = [];
  // msw prints what a resolver throws, but not what an unhandled request is refused with: so the cloud answers while
  // msw still asks whether there is an answer, and a connection that is lost counts as unhandled.
  const outcomes = new WeakMap<Request, Response | Error>();
  const server = setupServer(
    http.all(
      async ({ request }) => {
        const outcome = await outcomeOf(world, services, request);
        if (outcome !== null) outcomes.set(request, outcome);
        return outcome instanceof Response;
      },
      ({ request }) => {
        const outcome = outcomes.get(request);
        return outcome instanceof Response ? outcome : undefined;
      },
    ),
  );
  server.listen({
    onUnhandledRequest(request) {
      const outcome = outcomes.get(request);
      if (outcome instanceof Error) throw outcome;
      const { hostname, origin, pathname } = new URL(request.url);
      if (/^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(hostname)) return;
      unmatched.push(`${request.method} ${origin}${pathname}`);
      throw networkError('ENOTFOUND', `getaddrinfo ENOTFOUND ${hostname}: the local cloud has no such host`);
    },
  });
  // Modules that imported a function of node:http by its name see the replacement, too.
  syncBuiltinESMExports();
  return {
    unmatched,
    close() {
      server.close();
      syncBuiltinESMExports();
      if (unmatched.length > 0) throw new Error(`nobody answers at: ${unmatched.join(', ')}`);
    },
  };
}

/** Null for a host that the local cloud does not have. */
async function outcomeOf(
  world: World,
  services: Services,
  request: Request,
): Promise<Response | Error | null> {
  const endpoint = endpointOf(world, services, new URL(request.url).hostname);
  if (endpoint === null) return null;
  try {
    return responseOf(await answer(world, endpoint.account, endpoint.services, await receive(request)));
  } catch (error) {
    if (error instanceof ConnectionLost) return networkError('ECONNRESET', 'socket hang up');
    throw error;
  }
}

async function receive(request: Request): Promise<RestRequest> {
  const { pathname, search, searchParams, host } = new URL(request.url);
  return {
    method: request.method,
    path: decoded(pathname),
    target: pathname + search,
    query: searchParams,
    headers: { host, ...Object.fromEntries(request.headers) },
    body: Buffer.from(await request.arrayBuffer()),
  };
}

/** A path with a broken escape stays as it is, and is then none that a service knows. */
function decoded(pathname: string): string {
  try {
    return decodeURIComponent(pathname);
  } catch {
    return pathname;
  }
}

/** The header names stay as they are; only the fetch API would not see their case. */
function responseOf({ status, headers, body }: RestResponse): Response {
  const bytes = new Uint8Array(Buffer.from(body));
  const length = status === 204 ? {} : { 'content-length': String(bytes.length) };
  return new HttpResponse(status === 204 ? null : bytes.buffer, {
    status,
    headers: { ...headers, ...length },
  });
}

/** An error of the system's kind: msw fails the request with it, where it would make another an answer of 500. */
function networkError(code: string, message: string): Error {
  return Object.assign(new Error(message), { code, errno: -1 });
}
