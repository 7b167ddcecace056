import { parseRoleName, roleName } from '../catalogue/names.ts';
import type { TrailEvent } from '../trail-port.ts';
import { PROBE_SESSION } from '../verification/collect-evidence.ts';

/**
 * The name of the role of ours that DMS has assumed, in small letters; null for an event that is none of that. The one
 * place that knows how a use looks. The trust of such a role lets in DMS and verify, so whoever has assumed it and is not
 * verify counts as DMS, by whatever name it is shown. Console roles are for people, who are not asked about.
 *
 * Belief trail-service (inferred): ActionTrail of the role's account has an AssumeRole for each time that DMS enters
 * with a role, with the role's ARN among the parameters. Source: the sample of a RAM user's AssumeRole ("STS" of
 * ActionTrail); no page has one of a service. Shown wrong by: by hand, because it would register a database: list after
 * the first sweep that follows a use by DMS.
 */
export function usedRole(event: TrailEvent, ownerUid: string, verifyRole: string): string | null {
  const { roleArn, sessionName, isRefused, caller } = event;
  if (roleArn === null || isRefused || sessionName === PROBE_SESSION) return null;
  const [callingRole] = caller.name.toLowerCase().split(':');
  if (caller.accountId === ownerUid && callingRole === verifyRole.toLowerCase()) return null;
  const roles = `acs:ram::${ownerUid}:role/`;
  const id = roleArn.toLowerCase().startsWith(roles) ? parseRoleName(roleArn.slice(roles.length)) : null;
  return id?.access === 'register' ? roleName(id.access, id.requesterUid) : null;
}
