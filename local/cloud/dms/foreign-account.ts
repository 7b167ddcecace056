import type { Caller } from '../caller.ts';
import { ApiError } from '../error.ts';
import { isAllowed, noPermission } from '../evaluate/index.ts';
import type { Permission } from '../operation.ts';
import { roleOf } from '../sts/role-arn.ts';
import { assumeAsService } from '../sts/session.ts';
import type { World } from '../world.ts';
import type { AddInstanceInput } from './add-instance-input.ts';
import { documentFor } from './db-types.ts';
import { actionsOf, resourceOf, VPC_ACTIONS } from './documents.ts';
import { invalid, noTenant } from './errors.ts';

/** What decides which rights DMS needs. */
type Reached = Pick<AddInstanceInput, 'InstanceSource' | 'InstanceType' | 'Host' | 'EcsRegion'>;

/**
 * Enters the account of a role as DMS does, acting for `requesterId`, and does there everything that it will ever do
 * for this instance: a grant that lacks one action fails now and not some day in a console.
 *
 * With the role DMS performs every action of the engine's document: those that the vendor authorises for one instance on
 * this one, the others on all resources of the region; RDS and the PolarDB
 * family have none. `vpc:DescribeVpcs` is needed in addition when DMS reaches the instance over a VPC or a dedicated
 * line, which is what `InstanceSource` `VPC_IDC` says: an instance of source `RDS` on `NetworkType` `VPC` is reached over
 * the vendor's own network. This is a reading of the procedure, which only says that the document "lets you register
 * databases over a VPC or a dedicated line".
 *
 * Throws `ApiError`: 400 `InvalidParameter.{RoleArn,InstanceSource,InstanceType}`, 404 `EntityNotExist.Role`,
 * 403 `NoPermission` with the action in the message and in `AccessDeniedDetail` (how DMS passes a refusal on is inferred).
 *
 * Belief dms-names-action (inferred): where the role lacks a right, AddInstance is refused with 403 and the action in
 * AccessDeniedDetail. Source: how RAM tells refusals elsewhere. Shown wrong by: doctor --live.
 */
export function enterForeignAccount(
  world: World,
  requesterId: string,
  roleArn: string,
  input: Reached,
): void {
  const needed = neededActions(input);
  const { ownerId, role } = roleOf(world, roleArn);
  if (!world.account(ownerId).dms.tenant) throw noTenant(ownerId);
  const session = asDms(world, requesterId, role.arn);
  const denied = needed.flatMap((action) => {
    const resource = resourceOf(action, input.EcsRegion, ownerId, input.Host);
    const permission: Permission = { action, resource };
    const decision = isAllowed(world, session, permission);
    return decision.allowed ? [] : [{ action, error: noPermission(session, permission, decision) }];
  });
  const [first] = denied;
  if (first === undefined) return;
  const actions = denied.map(({ action }) => action).join(', ');
  const message = `DMS entered as ${role.arn} and was not authorized to do: ${actions}.`;
  throw new ApiError(403, first.error.code, message, first.error.detail);
}

/** Sources of which the procedure says that they work across accounts: "only Alibaba Cloud instances". */
const ACROSS_ACCOUNTS: readonly string[] = ['RDS', 'VPC_IDC'];

function neededActions(input: Reached): readonly string[] {
  const { InstanceSource: from, InstanceType: type, Host: host } = input;
  if (!ACROSS_ACCOUNTS.includes(from)) {
    throw invalid(
      'InstanceSource',
      'Only Alibaba Cloud instances can be registered with a role of another account.',
    );
  }
  const document = documentFor(type, host);
  if (document === undefined) {
    throw invalid(
      'InstanceType',
      `An instance of type ${type} cannot be registered with a role of another account.`,
    );
  }
  const engine = document === null ? [] : actionsOf(document);
  return from === 'VPC_IDC' ? [...engine, ...VPC_ACTIONS] : engine;
}

function asDms(world: World, requesterId: string, roleArn: string): Caller {
  const service = `${requesterId}@dms.aliyuncs.com`;
  const { accessKeyId } = enter(world, service, roleArn);
  const session = world.sts.session(accessKeyId);
  if (session === undefined) throw new Error('the session of DMS was not kept');
  return { accountId: session.accountId, accessKeyId, principal: session.principal };
}

function enter(world: World, service: string, roleArn: string) {
  try {
    return assumeAsService(world, { service, roleArn, sessionName: 'dms', durationSeconds: 900 });
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    const message = `DMS could not assume ${roleArn}: the role does not trust ${service}.`;
    throw new ApiError(403, error.code, message, error.detail);
  }
}
