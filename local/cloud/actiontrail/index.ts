import type { RpcOperation } from '../operation.ts';
import { lookupEvents } from './lookup-events.ts';

/** The operations of ActionTrail, version 2020-07-06, that this cloud knows. */
export const actionTrailOperations: readonly RpcOperation[] = [lookupEvents];
