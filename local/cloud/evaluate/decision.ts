import type { Caller } from '../caller.ts';
import { ApiError } from '../error.ts';
import type { Permission } from '../operation.ts';
import type { Held } from '../ram/held.ts';
import { sealDiagnosis } from './diagnosis.ts';
import type { Verdict } from './statement.ts';

/** What the evaluation found. `policyType` names the kind of policy that decided, in the vendor's words. */
export interface Decision {
  readonly allowed: boolean;
  readonly reason: Verdict;
  readonly policyType:
    | 'AccountLevelIdentityBasedPolicy'
    | 'AssumeRolePolicy'
    | 'SessionPolicy'
    | 'ControlPolicy';
  /** The identity policies that denied it explicitly. */
  readonly deniedBy: readonly Held[];
}

export function decision(
  reason: Verdict,
  policyType: Decision['policyType'],
  deniedBy: readonly Held[] = [],
): Decision {
  return { allowed: reason === 'Allow', reason, policyType, deniedBy };
}

/**
 * The vendor's answer to a refused permission: 403 `NoPermission` with `AccessDeniedDetail`
 * (page "Access denied errors"). DecodeDiagnosticMessage reads its diagnostic message, no client does.
 */
export function noPermission(caller: Caller, permission: Permission, denied: Decision): ApiError {
  const principal = { ...principalOf(caller), AuthPrincipalOwnerId: caller.accountId };
  const explicit = denied.reason === 'ExplicitDeny';
  return new ApiError(
    403,
    'NoPermission',
    'You are not authorized to do this action. You should be authorized by RAM.',
    {
      AuthAction: permission.action,
      ...principal,
      NoPermissionType: explicit ? 'ExplicitDeny' : 'ImplicitDeny',
      PolicyType: denied.policyType,
      EncodedDiagnosticMessage: sealDiagnosis({
        AuthAction: permission.action,
        AuthResource: permission.resource,
        AuthPrincipal: principal,
        AuthConditions: [],
        ExplicitDeny: explicit,
        NoPermissionPolicyType: denied.policyType,
        MatchedPolicies: denied.deniedBy.map(({ policy, version, by }) => ({
          PolicyIdentifier: policy.name,
          PolicyType: policy.type,
          PolicyVersion: version.id,
          AttachedEntityType: by,
          AttachedScope: 'Account',
          Effect: 'Deny',
        })),
      }),
    },
  );
}

function principalOf({ accountId, principal }: Caller) {
  switch (principal.type) {
    case 'user':
      return { AuthPrincipalType: 'SubUser', AuthPrincipalDisplayName: principal.userId };
    case 'role':
      return {
        AuthPrincipalType: 'AssumedRoleUser',
        AuthPrincipalDisplayName: `${principal.roleName}:${principal.sessionName}`,
      };
    case 'root':
      return { AuthPrincipalType: 'Account', AuthPrincipalDisplayName: accountId };
    case 'service':
      return { AuthPrincipalType: 'Service', AuthPrincipalDisplayName: principal.service };
  }
}
