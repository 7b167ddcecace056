import { ApiError } from '../error.ts';
import { authorize } from '../evaluate/index.ts';
import type { Call, RpcOperation } from '../operation.ts';
import type { RestRequest } from '../rest.ts';
import { authenticateGateway } from '../signature/index.ts';
import { rpcParameters } from '../signature/parameters.ts';
import type { Account, World } from '../world.ts';
import { parseInput } from './input.ts';
import { recorded } from './recorded.ts';
import { requested } from './requested.ts';
import { operationsAt, resolveRoa, resolveRpc } from './resolve.ts';

/** What a request turned out to mean: its readings, usually one, and the parameters for them. */
interface Meaning {
  readonly operations: readonly [RpcOperation, ...RpcOperation[]];
  readonly parameters: Readonly<Record<string, string>>;
}

/**
 * Carries out an RPC or ROA request: parse, authenticate, read the input, authorise, pass the weather, run. Every call is
 * recorded, a refused one too. RAM, STS and the engines work on the caller's own account, whichever door was used.
 * Throws `ApiError`, `ConnectionLost`, or what the operation crashed with.
 */
export async function callRpc(
  world: World,
  door: Account,
  operations: readonly RpcOperation[],
  request: RestRequest,
  requestId: string,
): Promise<object> {
  const meaning = meaningOf(world, operations, request);
  if ('refusal' in meaning) {
    const subject = {
      service: 'unknown',
      operation: meaning.name,
      kind: 'read',
      account: door,
      caller: null,
    } as const;
    return recorded(world, subject, () => {
      throw meaning.refusal;
    });
  }
  const [{ name, kind }] = meaning.operations;
  const service = serviceOf(meaning);
  return recorded(
    world,
    { service, operation: name, kind, account: door, caller: null },
    async (identify) => {
      const caller = authenticateGateway(world, request);
      const account = world.account(caller.accountId);
      identify(caller, account);
      const { operation, input } = choose(meaning, { world, account, caller, requestId });
      const weatherCall = { service: operation.service, operation: name, accessKeyId: caller.accessKeyId };
      return world.weather.pass({ ...weatherCall, input: meaning.parameters }, () =>
        operation.run(input, asSeen(operation, { world, account, caller, requestId })),
      );
    },
  );
}

/** All that it can be, `selectdb|clickhouse`. */
const serviceOf = ({ operations: [first, ...others] }: Meaning): string =>
  others.reduce((names, { service }) => `${names}|${service}`, first.service);

/** A read of RAM may see an old state; a write works on the truth, and what it replaces can be seen for a while. */
export function asSeen({ service, kind }: RpcOperation, call: Call): Call {
  if (service !== 'ram') return call;
  const { world, account } = call;
  if (kind === 'read') {
    const ram = world.ramAsRead(account.uid);
    return ram === account.ram ? call : { ...call, account: { ...account, ram } };
  }
  account.ram.beforeWrite(world.weather.staleReadsMs);
  return call;
}

/** What was asked for, if nobody knows it: that is recorded as well, under this name. */
interface Unknown {
  readonly name: string;
  readonly refusal: unknown;
}

function meaningOf(
  world: World,
  operations: readonly RpcOperation[],
  request: RestRequest,
): Meaning | Unknown {
  let name = `${request.method} ${request.path}`;
  try {
    const here = operationsAt(world.region, operations, request.headers['host'] ?? '');
    if (request.path !== '/')
      return { operations: [resolveRoa(here, request)], parameters: roaParameters(request) };
    if (request.method !== 'GET' && request.method !== 'POST') {
      throw new ApiError(405, 'UnsupportedHTTPMethod', 'An RPC request is a GET or a POST.');
    }
    const wanted = requested(request, rpcParameters(request));
    name = wanted.name;
    return { operations: resolveRpc(here, wanted), parameters: wanted.parameters };
  } catch (refusal) {
    return { name, refusal };
  }
}

/**
 * Reads the input and checks the rights. A request with two readings is allowed if the caller may make at least one of
 * them, and then means that one; a probe that must tell the two apart needs an unambiguous call or a session policy.
 */
function choose(meaning: Meaning, call: Call): { operation: RpcOperation; input: unknown } {
  let refusal: unknown;
  for (const operation of meaning.operations) {
    try {
      const input = parseInput(operation.input, meaning.parameters);
      authorizeAll(operation, input, call);
      return { operation, input };
    } catch (error) {
      refusal ??= error;
    }
  }
  throw refusal;
}

/** Throws the refusal of the first right that is missing, in the product's own words. */
export function authorizeAll(operation: RpcOperation, input: unknown, call: Call): void {
  const needed = operation.permission(input, call);
  if (needed === null) return;
  try {
    for (const permission of 'action' in needed ? [needed] : needed)
      authorize(call.world, call.caller, permission);
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    throw operation.refused?.(error, call) ?? error;
  }
}

/** A JSON object as the body, its members beside the query's parameters. */
function roaParameters(request: RestRequest): Readonly<Record<string, string>> {
  const parameters = Object.fromEntries(request.query);
  if (request.body.length === 0) return parameters;
  let body: unknown;
  try {
    body = JSON.parse(request.body.toString('utf8'));
  } catch {
    body = null;
  }
  if (typeof body !== 'object' || body === null || Array.isArray(body)) {
    throw new ApiError(400, 'InvalidParameter.Body', 'The body must be a JSON object.');
  }
  const members = Object.entries(body).map(([name, value]) => [
    name,
    typeof value === 'string' ? value : JSON.stringify(value),
  ]);
  return { ...parameters, ...Object.fromEntries(members) };
}
