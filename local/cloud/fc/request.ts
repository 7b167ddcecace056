import type { Caller } from '../caller.ts';
import { ApiError } from '../error.ts';
import type { FunctionPort } from '../function-port.ts';
import type { Permission } from '../operation.ts';
import type { RestRequest, RestResponse } from '../rest.ts';
import type { Account, World } from '../world.ts';

/** A request whose operation is known. */
export interface FcCall {
  readonly world: World;
  readonly account: Account;
  readonly caller: Caller;
  readonly request: RestRequest;
  readonly requestId: string;
  /** Empty for operations on the account. */
  readonly functionName: string;
  /** Throws `ApiError` 404 `FunctionNotFound` while no host runs functions. */
  readonly functions: FunctionPort;
}

/** An operation of API 2023-03-30. */
export interface FcOperation {
  readonly name: string;
  readonly kind: 'read' | 'write';
  /** The title of the vendor's page. */
  readonly page: string;
  readonly method: string;
  /** Matches the path behind the version; group 1 is the function's name. */
  readonly path: RegExp;
  /** `functions` is `acs:fc:<region>:<uid>:functions`. */
  permission(functions: string, functionName: string): Permission;
  run(call: FcCall): Promise<RestResponse>;
}

/** A JSON answer of 200. */
export function jsonAnswer(call: FcCall, body: object): RestResponse {
  return {
    status: 200,
    headers: { 'content-type': 'application/json', 'x-fc-request-id': call.requestId },
    body: JSON.stringify(body),
  };
}

/** Throws `ApiError` 404 `FunctionNotFound`, also for a qualifier other than `LATEST`: there are no versions here. */
export function describedFunction(call: FcCall) {
  const { functions, account, functionName, request } = call;
  const found = functions.describe?.(account.uid).find((f) => f.functionName === functionName);
  const qualifier = request.query.get('qualifier') ?? 'LATEST';
  if (found === undefined || qualifier !== 'LATEST') throw functionNotFound(functionName);
  return found;
}

export function functionNotFound(functionName: string): ApiError {
  return new ApiError(404, 'FunctionNotFound', `function '${functionName}' does not exist`);
}
