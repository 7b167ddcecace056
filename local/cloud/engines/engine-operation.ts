import * as z from 'zod';
import { type Call, type RpcOperation, rpcOperation } from '../operation.ts';
import { inDialect } from './dialects.ts';

/** A read of one engine's instances. */
export interface EngineRead {
  /** First label of the service's hosts, `r-kvstore.<region>.aliyuncs.com`. */
  readonly service: string;
  readonly version: string;
  readonly name: string;
  readonly page: string;
  /** As the engine's permission document spells it. */
  readonly ramAction: string;
  /** What the vendor's metadata says of the parameter `RegionId`. */
  readonly region: 'required' | 'optional' | 'unknown';
  readonly route?: { readonly method: string; readonly path: string };
  /** No account of the local cloud owns an instance, so this is the vendor's shape of an empty list. */
  answer(call: Call): object;
}

interface RegionInput {
  readonly RegionId?: string | undefined;
}

const INPUTS: Readonly<Record<EngineRead['region'], z.ZodType<RegionInput>>> = {
  required: z.object({ RegionId: z.string().min(1) }),
  optional: z.object({ RegionId: z.string().optional() }),
  unknown: z.object({}),
};

/** Declares the operation. A listing is authorised on every resource of the service in the region. */
export function engineOperation(read: EngineRead): RpcOperation {
  const { service, version, name, page, ramAction, route } = read;
  return rpcOperation({
    service,
    version,
    name,
    kind: 'read',
    page,
    ...(route === undefined ? {} : { route }),
    input: INPUTS[read.region],
    permission: (input, { account, world }) => ({
      action: ramAction,
      resource: `acs:${ramAction.split(':')[0]}:${input.RegionId ?? world.region}:${account.uid}:*`,
    }),
    refused: (refusal, { world }) => inDialect(service, world.seed, refusal),
    run: (_input, call) => read.answer(call),
  });
}
