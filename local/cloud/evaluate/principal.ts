import type { Caller, PolicyStatement, RolePrincipal, UserPrincipal } from '../caller.ts';
import { list } from './statement.ts';

/**
 * Does a statement of a trust policy speak about this caller?
 * A statement without `Principal` is malformed: it trusts nobody, and its Deny meets everybody.
 */
export function trustsPrincipal(statement: PolicyStatement, caller: Caller, ownerId: string): boolean {
  const { accountId, principal } = caller;
  const { Principal } = statement;
  if (Principal === undefined) return statement.Effect !== 'Allow';
  if (principal.type === 'service')
    return list(Principal['Service'] ?? []).some((name) => isService(name, principal.service, ownerId));
  // Page "AssumeRole": an Alibaba Cloud account cannot assume a role.
  if (principal.type === 'root') return false;
  return list(Principal['RAM'] ?? []).some((arn) => isRamIdentity(arn, accountId, principal));
}

/**
 * `<uid>@dms.aliyuncs.com` is DMS acting for account uid. The plain name is DMS acting in the role owner's own account,
 * and for a service that does not act for accounts (`fc.aliyuncs.com`) the service itself.
 */
function isService(trusted: string, service: string, ownerId: string): boolean {
  return trusted === service || `${ownerId}@${trusted}` === service;
}

/**
 * `:root` stands for every RAM identity of the account, not for the account's own root, which cannot assume roles.
 * Names of users and roles have no case in RAM.
 */
function isRamIdentity(
  trusted: string,
  accountId: string,
  principal: UserPrincipal | RolePrincipal,
): boolean {
  if (trusted === '*' || trusted === `acs:ram::${accountId}:root`) return true;
  const name = principal.type === 'user' ? principal.userName : principal.roleName;
  return trusted.toLowerCase() === `acs:ram::${accountId}:${principal.type}/${name}`.toLowerCase();
}
