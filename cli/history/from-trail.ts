import { POLICY_PREFIX, parseRoleName } from '../../shared/catalogue/names.ts';
import { type Millis, millis } from '../../shared/runtime/millis.ts';
import type { Trail, TrailEvent } from '../../shared/trail-port.ts';
import { CliError } from '../failure.ts';
import type { HistoryEvent } from './events.ts';
import { inOrder } from './timeline.ts';

/** Calls of RAM that change what a role or a policy of ours says. */
export const WRITES = [
  'CreateRole',
  'UpdateRole',
  'DeleteRole',
  'AttachPolicyToRole',
  'DetachPolicyFromRole',
  'TagResources',
  'UntagResources',
  'CreatePolicy',
  'CreatePolicyVersion',
  'SetDefaultPolicyVersion',
  'DeletePolicy',
] as const;

/** ActionTrail keeps no more. */
const KEPT_MS = 90 * 86_400_000;

/** What a history from ActionTrail is worth. */
export const TRAIL_NOTE = `the functions write no logs, so this is from ActionTrail: who wrote which role or policy of ours, and when, of the last 90 days and about ten minutes late.
It does not know which request a write belongs to, why it came, who approved it, or what was granted before and after, and it has no request that was refused. For that deploy with LOG_PROJECT (docs/operate/audit.md)`;

interface Asked {
  readonly requester?: string;
  readonly engine?: string;
  readonly since: number;
}

/**
 * Every write of a role or policy of ours that ActionTrail has, oldest first. Throws `CliError` where it cannot be read,
 * and for an engine, of which it knows nothing.
 */
export async function trailEvents(
  trail: Trail,
  { requester, engine, since }: Asked,
  now: Millis,
  until: Millis,
): Promise<readonly HistoryEvent[]> {
  if (engine !== undefined)
    throw new CliError(
      'the functions write no logs, and ActionTrail does not know which engines a write was about: leave --engine out, or deploy with LOG_PROJECT',
    );
  const from = millis(Math.max(since, now - KEPT_MS));
  const found: TrailEvent[] = [];
  for (const name of WRITES) {
    const { reached, fault } = await trail.read({ name, from, to: now, until }, (event) => found.push(event));
    if (fault?.isDenied === true)
      throw new CliError(
        `the functions write no logs, and ActionTrail refuses: ${fault.text}; the right actiontrail:LookupEvents is missing, which deploy/rights/dms-handshake-operator.json has`,
      );
    if (fault !== null || reached < now)
      throw new CliError(
        `the functions write no logs, and ActionTrail could not be read to the end: ${fault?.text ?? 'the time was up'}; try a later --since`,
      );
  }
  const events = found
    .filter(({ isRefused }) => !isRefused)
    .flatMap(written)
    .filter(({ requesterUid }) => requester === undefined || requesterUid === requester);
  return inOrder(events);
}

/** An event for each role or policy of ours that a call was about. */
function written(event: TrailEvent): readonly HistoryEvent[] {
  const about = targetsOf(event);
  return about === null
    ? []
    : about.names.flatMap((name) => {
        const id = idOf(about.type, name);
        return id === null ? [] : [shown(event, name, id)];
      });
}

function targetsOf({ role, policy, tagged }: TrailEvent): TrailEvent['tagged'] {
  if (role !== null) return { type: 'role', names: [role] };
  return policy === null ? tagged : { type: 'policy', names: [policy] };
}

/** Whose role or policy a name is; null for what is not ours. A policy belongs to no requester. */
function idOf(type: string, name: string): Pick<HistoryEvent, 'access' | 'requesterUid'> | null {
  if (type === 'role') return parseRoleName(name);
  return type === 'policy' && name.startsWith(POLICY_PREFIX)
    ? { access: 'register', requesterUid: null }
    : null;
}

const shown = (
  { at, requestId, name, role, policy, caller }: TrailEvent,
  target: string,
  id: Pick<HistoryEvent, 'access' | 'requesterUid'>,
): HistoryEvent => ({
  at: new Date(at).toISOString(),
  requestId,
  requesterUid: id.requesterUid,
  access: id.access,
  status: 'written',
  before: null,
  after: null,
  changes: [],
  reference: null,
  approvedBy: null,
  problem: null,
  write: {
    call: role !== null && policy !== null ? `${name} ${policy}` : name,
    target,
    by: caller.name || caller.type || 'unknown',
  },
});
