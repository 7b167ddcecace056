import type { Caller } from '../caller.ts';
import { ApiError } from '../error.ts';
import type { Permission } from '../operation.ts';
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
}

export function decision(reason: Verdict, policyType: Decision['policyType']): Decision {
  return { allowed: reason === 'Allow', reason, policyType };
}

/**
 * The vendor's answer to a refused permission: 403 `NoPermission` with `AccessDeniedDetail`
 * (page "Access denied errors"). Its diagnostic message is opaque to clients; here it says nothing.
 */
export function noPermission(caller: Caller, permission: Permission, denied: Decision): ApiError {
  return new ApiError(
    403,
    'NoPermission',
    'You are not authorized to do this action. You should be authorized by RAM.',
    {
      AuthAction: permission.action,
      ...principalOf(caller),
      AuthPrincipalOwnerId: caller.accountId,
      NoPermissionType: denied.reason === 'ExplicitDeny' ? 'ExplicitDeny' : 'ImplicitDeny',
      PolicyType: denied.policyType,
      EncodedDiagnosticMessage: Buffer.from('local cloud').toString('base64'),
    },
  );
}

function principalOf({ accountId, principal }: Caller): Record<string, string> {
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
