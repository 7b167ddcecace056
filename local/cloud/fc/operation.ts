import type { Caller } from '../caller.ts';
import type { FunctionPort } from '../function-port.ts';
import type { Permission } from '../operation.ts';
import type { RestRequest, RestResponse } from '../rest.ts';
import type { Account, World } from '../world.ts';
import { invalidArgument } from './errors.ts';
import { objectIn } from './json.ts';

/** The named parts of the path. Empty where the path has no such part. */
export interface PathNames {
  readonly function: string;
  readonly trigger: string;
}

/** A request whose operation is known. */
export interface FcCall {
  readonly world: World;
  readonly account: Account;
  readonly caller: Caller;
  readonly request: RestRequest;
  readonly requestId: string;
  readonly names: PathNames;
  /** Throws `ApiError` 404 `FunctionNotFound` while no host runs functions. */
  readonly functions: FunctionPort;
}

/** An operation of API 2023-03-30, or of 2016-08-15 where the official tool still asks that. */
export interface FcOperation {
  readonly name: string;
  readonly kind: 'read' | 'write';
  /** The title of the vendor's page. */
  readonly page: string;
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** `/functions/:function/triggers`, behind the version. */
  readonly path: string;
  /** Default 2023-03-30. */
  readonly version?: '2016-08-15';
  /** The RAM action, where it is not `fc:<name>`. */
  readonly action?: string;
  /**
   * The resource that the caller needs the right to, behind `acs:fc:<region>:<uid>:`, with the names of the path; `*` for
   * what cannot be scoped. A list: each of them.
   */
  readonly resource: string | readonly string[];
  /** What else the caller needs the right to, by what the request says. */
  further?(call: FcCall): readonly Permission[];
  run(call: FcCall): RestResponse | Promise<RestResponse>;
}

/** A JSON answer of 200. */
export function jsonAnswer(call: FcCall, body: object): RestResponse {
  return {
    status: 200,
    headers: { 'content-type': 'application/json', 'x-fc-request-id': call.requestId },
    body: JSON.stringify(body),
  };
}

/** The answer to what was deleted. */
export const noContent = (call: FcCall): RestResponse => ({
  status: 204,
  headers: { 'x-fc-request-id': call.requestId },
  body: '',
});

/** The body of a request. Throws `ApiError` 400 `InvalidArgument` unless it is a JSON object. */
export function bodyOf({ request }: FcCall): Readonly<Record<string, unknown>> {
  const body = objectIn(request.body.toString('utf8'));
  if (body === null) throw invalidArgument('the body is not a JSON object');
  return body;
}

/**
 * The body of a request about the function of the path. Terraform's provider says its name in the body again. Throws
 * `ApiError` 400 `InvalidArgument`, too, where that is another name.
 */
export function bodyAboutFunction(call: FcCall): Readonly<Record<string, unknown>> {
  const { functionName = call.names.function, ...rest } = bodyOf(call);
  if (functionName === call.names.function) return rest;
  throw invalidArgument(`functionName is not '${call.names.function}', which the path says; leave it out`);
}
