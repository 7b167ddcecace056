import { actionTrailOperations } from './actiontrail/index.ts';
import { dmsOperations } from './dms/index.ts';
import { engineOperations } from './engines/index.ts';
import { mnsOpenOperations } from './mns-open/index.ts';
import type { RpcOperation } from './operation.ts';
import { ramOperations } from './ram/index.ts';
import { stsOperations } from './sts/index.ts';

/** Every RPC and ROA operation that the local cloud knows. What is not here is refused. */
export const rpcOperations: readonly RpcOperation[] = [
  ...ramOperations,
  ...stsOperations,
  ...engineOperations,
  ...dmsOperations,
  ...mnsOpenOperations,
  ...actionTrailOperations,
];
