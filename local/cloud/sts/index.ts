import type { RpcOperation } from '../operation.ts';
import { assumeRole } from './assume-role.ts';
import { getCallerIdentity } from './get-caller-identity.ts';

export { assumeAsService, type SessionCredentials } from './session.ts';

/** The operations of STS, version 2015-04-01. */
export const stsOperations: readonly RpcOperation[] = [assumeRole, getCallerIdentity];
