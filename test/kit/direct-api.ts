import type { Caller } from '../../local/cloud/caller.ts';
import { ApiError } from '../../local/cloud/error.ts';
import { parseInput } from '../../local/cloud/http/input.ts';
import { asSeen, authorizeAll } from '../../local/cloud/http/rpc.ts';
import { rpcOperations } from '../../local/cloud/operations.ts';
import type { World } from '../../local/cloud/world.ts';
import { readBody } from '../../shared/alicloud/answer-body.ts';
import { Api, type ApiCall } from '../../shared/alicloud/api.ts';
import { Credentials } from '../../shared/alicloud/credentials.ts';
import { CloudError } from '../../shared/alicloud/errors.ts';
import type { Failure } from '../../shared/alicloud/failure.ts';
import { millis } from '../../shared/runtime/clock.ts';

/** Runs before each call: may wait, and may throw in its place. What it resolves with is told the answer, or the error. */
export type Hook = (call: {
  readonly action: string;
  readonly kind: 'read' | 'write';
}) => Promise<undefined | ((answer: unknown) => void)>;

/** By version and name; two products share one, and are told apart by the service. */
const OPERATIONS = new Map(
  rpcOperations.map((operation) => [
    `${operation.service} ${operation.version} ${operation.name}`,
    operation,
  ]),
);

/** `Api` over a function call in place of the SDK. Errors are those that `Api` makes of the SDK's. */
export class DirectApi extends Api {
  readonly #world: World;
  readonly #caller: Caller;
  readonly #writes: string[];
  readonly #hook: Hook;

  constructor(world: World, caller: Caller, writes: string[], hook: Hook) {
    const credentials = new Credentials({ accessKeyId: 'x', accessKeySecret: 'x' }, millis(0));
    super({ clock: world.clock, random: () => 0, deadline: millis(0), credentials, endpoint: null });
    this.#world = world;
    this.#caller = caller;
    this.#writes = writes;
    this.#hook = hook;
  }

  override async call({ service, version, action, parameters }: ApiCall): Promise<unknown> {
    const label = service === 'gdb' ? 'gdb-api' : service.toLowerCase();
    const operation = OPERATIONS.get(`${label} ${version} ${action}`);
    if (operation === undefined) throw new Error(`no operation ${action} of ${service}`);
    const tell = await this.#hook({ action, kind: operation.kind });
    const account = this.#world.account(this.#caller.accountId);
    const call = { world: this.#world, account, caller: this.#caller, requestId: 'direct' };
    try {
      const input = parseInput(operation.input, parameters ?? {});
      authorizeAll(operation, input, call);
      const answer = await operation.run(input, asSeen(operation, call));
      if (operation.kind === 'write') this.#writes.push(action);
      const plain: unknown = JSON.parse(JSON.stringify(answer));
      tell?.(plain);
      return plain;
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      tell?.(error.code);
      throw new CloudError(failureOf(`${service} ${action}`, error));
    }
  }
}

/** As `Api` reads it off the wire, but for `AccessDeniedDetail`. */
function failureOf(what: string, { body, code, status }: ApiError): Failure {
  const said = readBody(body ?? { Code: code });
  return {
    what,
    code: said.code ?? code,
    status: said.status ?? status,
    requestId: null,
    retryAfterMs: null,
    denied: null,
  };
}
