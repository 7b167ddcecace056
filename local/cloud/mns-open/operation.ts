import type * as z from 'zod';
import { type Call, type RpcOperation, rpcOperation } from '../operation.ts';

/** What differs from one operation of the control API to the next. */
interface MnsOpenOperation<Input> {
  readonly name: string;
  readonly kind: 'read' | 'write';
  readonly input: z.ZodType<Input>;
  /** What the caller needs the right to, after the account: `/queues/<q>`, `/topics/<t>/subscriptions/<s>`; a list: each. */
  path(input: NoInfer<Input>): string | readonly string[];
  /** Condition keys that the operation has, by key in lower case. */
  conditions?(input: NoInfer<Input>): Readonly<Record<string, string>>;
  /** Answers `Data`; nothing is an empty one. */
  run(input: NoInfer<Input>, call: Call): object | undefined;
}

/**
 * Declares an operation of `mns-open`, version 2022-01-19, host `mns-open.<region>.aliyuncs.com`. It works on the same
 * queues and topics as the XML API. The caller needs `mns:<name>` on `acs:mns:<region>:<uid>:<path>`.
 * Sources: the vendor's Go SDK and Terraform provider; codes are the XML API's, which the provider knows too.
 */
export function mnsOpenOperation<Input>(operation: MnsOpenOperation<Input>): RpcOperation {
  const { name, kind, input } = operation;
  return rpcOperation<Input>({
    service: 'mns-open',
    version: '2022-01-19',
    name,
    kind,
    page: `${name} (mns-open)`,
    input,
    permission: (parsed, { world, account }) =>
      [operation.path(parsed)].flat().map((path) => ({
        action: `mns:${name}`,
        resource: `acs:mns:${world.region}:${account.uid}:${path}`,
        conditions: operation.conditions?.(parsed) ?? {},
      })),
    run: (parsed, call) => ({
      Code: 200,
      Status: 'Success',
      Message: 'operation success',
      Success: true,
      Data: operation.run(parsed, call) ?? {},
    }),
  });
}
