import type * as z from 'zod';
import { type Call, type RpcOperation, rpcOperation } from '../operation.ts';

/** What differs from one operation of DMS to the next. */
interface DmsOperation<Input> {
  readonly name: string;
  readonly kind: 'read' | 'write';
  readonly input: z.ZodType<Input>;
  run(input: Input, call: Call): object;
}

/**
 * Declares an operation of DMS Enterprise, version 2018-11-01, host `dms-enterprise.<region>.aliyuncs.com`. The caller
 * needs `dms:<name>`, which cannot be scoped to a resource ("All Resources" on every page). Answers carry `Success`.
 */
export function dmsOperation<Input>(operation: DmsOperation<Input>): RpcOperation {
  const { name, kind, input } = operation;
  return rpcOperation<Input>({
    service: 'dms-enterprise',
    version: '2018-11-01',
    name,
    kind,
    page: `https://www.alibabacloud.com/help/en/dms/developer-reference/api-dms-enterprise-2018-11-01-${name.toLowerCase()}`,
    input,
    permission: () => ({ action: `dms:${name}`, resource: '*' }),
    run: (parsed, call) => ({ Success: true, ...operation.run(parsed, call) }),
  });
}
