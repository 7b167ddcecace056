import type { Caller } from '../caller.ts';
import { ApiError } from '../error.ts';
import { isAllowed } from '../evaluate/index.ts';
import { recorded } from '../http/recorded.ts';
import type { RestRequest, RestResponse } from '../rest.ts';
import { authenticateMns } from '../signature/mns.ts';
import type { Account, World } from '../world.ts';
import { type Answered, answerError, answerXml } from './answer.ts';
import { mnsError } from './errors.ts';
import type { MnsAnswer } from './operation.ts';
import { findRoute, type Route } from './route.ts';

const VERSION = '2015-06-06';

/**
 * The MNS endpoint of one account, HTTP API 2015-06-06. Every refusal is an answer with an Error document;
 * only `ConnectionLost` (the weather) and a crash of the stand-in itself are thrown.
 */
export async function handleMns(world: World, account: Account, request: RestRequest): Promise<RestResponse> {
  const answered: Answered = { world, account, request, requestId: account.mns.ids.requestId() };
  try {
    return await serve(world, account, request, answered);
  } catch (error) {
    if (error instanceof ApiError) return answerError(answered, error);
    throw error;
  }
}

async function serve(
  world: World,
  account: Account,
  request: RestRequest,
  answered: Answered,
): Promise<RestResponse> {
  const found = attempt(() => findRoute(request));
  const operation = found instanceof ApiError ? UNKNOWN : found.operation;
  const subject = { service: 'mns', operation: operation.name, kind: operation.kind, account, caller: null };
  return recorded(world, subject, async (identify) => {
    const caller = authenticateMns(world, request);
    identify(caller);
    checkVersion(request);
    if (found instanceof ApiError) throw found;
    checkPermission(world, account, caller, found.operation.name, request.path);
    const input = { method: request.method, path: request.path };
    const weatherCall = { service: 'mns', operation: operation.name, accessKeyId: caller.accessKeyId, input };
    const answer = await world.weather.pass<MnsAnswer>(weatherCall, () =>
      found.operation.run({ world, account, caller, request, names: found.names, query: found.query }),
    );
    return answerXml(answered, answer);
  });
}

const UNKNOWN = { name: 'Unknown', kind: 'read' } as const;

function attempt(find: () => Route): Route | ApiError {
  try {
    return find();
  } catch (error) {
    if (error instanceof ApiError) return error;
    throw error;
  }
}

function checkVersion({ headers }: RestRequest): void {
  const version = headers['x-mns-version'];
  if (version === undefined) throw mnsError('MissingVersionHeader', 'x-mns-version header is required.');
  if (version !== VERSION) throw mnsError('InvalidVersionHeader', 'The x-mns-version header is invalid.');
}

/**
 * MNS has no resource policies: an endpoint serves callers of its own account only, and those need the right to
 * `mns:<operation>` on `acs:mns:<region>:<uid>:<path>`, the path with its leading slash (page "RAM authorization").
 */
function checkPermission(
  world: World,
  account: Account,
  caller: Caller,
  operation: string,
  path: string,
): void {
  if (caller.accountId !== account.uid) throw accessDenied();
  const resource = `acs:mns:${world.region}:${account.uid}:${path}`;
  if (!isAllowed(world, caller, { action: `mns:${operation}`, resource }).allowed) throw accessDenied();
}

function accessDenied(): ApiError {
  return mnsError(
    'AccessDenied',
    'The OwnerId that your Access Key Id associated to is forbidden for this operation.',
  );
}
