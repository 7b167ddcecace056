import type { RolePrincipal, UserPrincipal } from '../caller.ts';
import { defaultVersion } from './answers.ts';
import type { RamState } from './state.ts';
import type { Entity, Policy, PolicyVersion } from './types.ts';

/** A policy in effect for somebody: its default version, and what it is attached to. */
export interface Held {
  readonly policy: Policy;
  readonly version: PolicyVersion;
  readonly by: 'RamUser' | 'RamRole' | 'RamGroup';
}

/**
 * The identity policies in effect: of a role its own, of a user those of its groups, too. None for a principal that is
 * gone: a role or user made again under the same name is another principal.
 */
export function heldBy(ram: RamState, principal: UserPrincipal | RolePrincipal): readonly Held[] {
  if (principal.type === 'role') {
    const role = ram.findRole(principal.roleName);
    return role?.id === principal.roleId ? held(ram, role, 'RamRole') : [];
  }
  const user = ram.findUser(principal.userName);
  if (user?.id !== principal.userId) return [];
  if (ram.groups.size === 0) return held(ram, user, 'RamUser');
  const ofGroups = ram.groupsOf(user).flatMap((group) => held(ram, group, 'RamGroup'));
  return [...held(ram, user, 'RamUser'), ...ofGroups];
}

const held = (ram: RamState, { attachments }: Entity, by: Held['by']): Held[] =>
  ram.attached(attachments).map(({ policy }) => ({ policy, version: defaultVersion(policy), by }));
