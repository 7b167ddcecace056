import type { Caller, RolePrincipal, UserPrincipal } from '../caller.ts';
import type { Permission } from '../operation.ts';
import { type Held, heldBy } from '../ram/held.ts';
import type { World } from '../world.ts';
import type { ConditionContext } from './condition.ts';
import { type Decision, decision, noPermission } from './decision.ts';
import { evaluateDocuments } from './statement.ts';

/**
 * May the caller do this? Its identity policies must allow it and, for a session with a session policy, that one too:
 * a session has the intersection of both. A service principal has no policies and may do nothing but assume roles.
 * What a control policy of the account's Resource Directory denies, no other policy gives.
 * `context` holds further condition keys; `acs:CurrentTime` and `acs:PrincipalARN` are always known.
 * Source: the vendor's page "Policy evaluation process".
 */
export function isAllowed(
  world: World,
  caller: Caller,
  permission: Permission,
  context: ConditionContext = {},
): Decision {
  const { principal } = caller;
  const identity = 'AccountLevelIdentityBasedPolicy';
  if (principal.type === 'service') return decision('ImplicitDeny', identity);
  // Control policies hold for users and roles, not for the account itself.
  if (principal.type === 'root') return decision('Allow', identity);
  // Most policies have no conditions.
  let known: ConditionContext | undefined;
  const values = (): ConditionContext => {
    known ??= {
      'acs:currenttime': new Date(world.clock.now()).toISOString(),
      'acs:principalarn': principalArn(caller.accountId, principal),
      ...permission.conditions,
      ...context,
    };
    return known;
  };
  const { controlPolicies } = world.account(caller.accountId);
  if (evaluateDocuments(controlPolicies, permission, values) === 'ExplicitDeny')
    return decision('ExplicitDeny', 'ControlPolicy');
  // RAM decides on what it stores; every other service on what it has read there.
  const own = permission.action.startsWith('ram:');
  const ram = own ? world.account(caller.accountId).ram : world.ramAsRead(caller.accountId);
  const held = heldBy(ram, principal);
  const says = (policies: readonly Held[]) =>
    evaluateDocuments(
      policies.map(({ version }) => version.parsed),
      permission,
      values,
    );
  const byIdentity = says(held);
  if (byIdentity === 'ExplicitDeny')
    return decision(
      byIdentity,
      identity,
      held.filter((one) => says([one]) === 'ExplicitDeny'),
    );
  if (byIdentity !== 'Allow' || principal.type === 'user' || principal.sessionPolicy === null) {
    return decision(byIdentity, identity);
  }
  return decision(evaluateDocuments([principal.sessionPolicy], permission, values), 'SessionPolicy');
}

/** The value of `acs:PrincipalARN`, names in lower case as RAM gives them. */
function principalArn(accountId: string, principal: UserPrincipal | RolePrincipal): string {
  const name = principal.type === 'user' ? principal.userName : principal.roleName;
  return `acs:ram::${accountId}:${principal.type}/${name.toLowerCase()}`;
}

/** Throws `ApiError` 403 `NoPermission`, with `AccessDeniedDetail`, unless the caller may do this. */
export function authorize(
  world: World,
  caller: Caller,
  permission: Permission,
  context: ConditionContext = {},
): void {
  const found = isAllowed(world, caller, permission, context);
  if (!found.allowed) throw noPermission(caller, permission, found);
}
