import type * as z from 'zod';
import type { Caller } from './caller.ts';
import type { ApiError } from './error.ts';
import type { Account, World } from './world.ts';

/** What an operation needs the right to do: RAM action and resource, e.g. `ram:CreateRole` on `acs:ram:*:<uid>:role/x`. */
export interface Permission {
  readonly action: string;
  readonly resource: string;
  /** Values of condition keys that the service gives for this call, by key in lower case. */
  readonly conditions?: Readonly<Record<string, string | null>>;
}

/** One call in flight: who makes it, against which account, in which world, and the request id of its answer. */
export interface Call {
  readonly world: World;
  /** The account that the operation works on. For RAM and STS the caller's own; for MNS and FC the endpoint's. */
  readonly account: Account;
  readonly caller: Caller;
  readonly requestId: string;
}

/**
 * An RPC-style operation (RAM, STS, DMS, most engines): parameters in the query or a form body, JSON out.
 * `input` parses the flat string parameters; its failure becomes `InvalidParameter` / `MissingParameter`.
 * The door answers `{RequestId, ...run()}`.
 */
export interface RpcOperation<Input = unknown> {
  readonly service: string;
  readonly version: string;
  readonly name: string;
  readonly kind: 'read' | 'write';
  /** ROA style: where the operation is reached, instead of `/`. Its parameters come from the query and a JSON body. */
  readonly route?: { readonly method: string; readonly path: string };
  /** The title or address of the vendor's page. */
  readonly page: string;
  readonly input: z.ZodType<Input>;
  /**
   * A list: the caller needs every one of them (AttachPolicyToRole: on the policy and on the role).
   * `null`: every authenticated caller may (GetCallerIdentity), or `run` decides by itself (AssumeRole).
   */
  permission(input: Input, call: Call): Permission | readonly Permission[] | null;
  /** The refusal of a missing right in the product's own words; without, as RAM words it. */
  refused?(refusal: ApiError, call: Call): ApiError;
  run(input: Input, call: Call): object | Promise<object>;
}

/** Declares an operation with its input type inferred from the schema. */
export function rpcOperation<Input>(operation: RpcOperation<Input>): RpcOperation {
  return operation as RpcOperation;
}
