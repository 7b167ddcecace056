import type { Problem } from '../../events/problem.ts';
import { type Desired, desiredRole } from '../access/desired.ts';
import type { Millis } from '../access/millis.ts';
import { MANAGED_BY, roleArn } from '../access/names.ts';
import { type Operation, plan } from '../access/plan.ts';
import { type AccessRecord, type GrantId, readRecord } from '../access/record.ts';
import { applyChange, type Change } from '../access/register.ts';
import { isExactTrust } from '../access/trust.ts';
import type { Clock } from '../runtime/clock.ts';
import { RetryableError } from '../runtime/errors.ts';
import { carryOut } from './carry-out.ts';
import { type Known, observe, type Reading } from './observe.ts';
import type { Identity, RamReader, RamWriter, RoleFacts } from './ports.ts';
import { notOwned, overtaken, wrongAccount } from './refusals.ts';
import type { Settings } from './settings.ts';

export interface ProvisionPorts {
  readonly clock: Clock;
  /** When Function Compute ends this invocation. */
  readonly deadline: Millis;
  readonly identity: Identity;
  readonly ram: RamReader & RamWriter;
}

/** The role that is to converge, and the change of its record that was asked for. */
export interface Goal {
  readonly roleName: string;
  readonly requesterUid: string;
  readonly change: Change;
  /** The policy that will probably be attached in the end: read along with the rest, to save a round trip. */
  readonly likelyPolicy: string | null;
}

export interface Converged {
  /** Null: the role is what its record says. Else nothing was written. */
  readonly refusal: Problem | null;
  readonly record: AccessRecord;
  readonly superseded: readonly GrantId[];
  readonly writes: number;
  readonly lastWriteAt: Millis | null;
}

/** How often a plan may rest on an old reading before the event is given back for a later delivery. */
const MAX_ROUNDS = 8;
const FIRST_PAUSE_MS = 250;
const LONGEST_PAUSE_MS = 5_000;

/**
 * Observes, plans and applies until the plan is empty: so the last act is always a look at what was written. Throws
 * `RetryableError` when RAM does not show it in time, and what the ports throw.
 */
export async function converge(goal: Goal, settings: Settings, ports: ProvisionPorts): Promise<Converged> {
  const { clock, ram } = ports;
  const terms = { ...settings, requesterUid: goal.requesterUid };
  let known: Known = {};
  let likelyPolicy = goal.likelyPolicy;
  let writes = 0;
  let lastWriteAt: Millis | null = null;
  for (let round = 0; round < MAX_ROUNDS; round += 1) {
    const [account, reading] = await Promise.all([
      round === 0 ? ports.identity.accountId() : settings.ownerUid,
      observe(ram, goal.roleName, likelyPolicy, known),
    ]);
    const record = readRecord(reading.tags);
    const result = (
      refusal: Problem | null,
      after: AccessRecord,
      superseded: readonly GrantId[],
    ): Converged => ({
      refusal,
      record: after,
      superseded,
      writes,
      lastWriteAt,
    });
    if (account !== settings.ownerUid) return result(wrongAccount(account, settings.ownerUid), record, []);
    const owner = ownerOf(reading, goal, settings, clock.now(), writes > 0);
    if (owner === 'somebody') return result(notOwned('role', goal.roleName), record, []);
    if (owner === 'not visible yet') {
      await pause(ports, round);
      continue;
    }
    const { record: next, superseded } = applyChange(record, goal.change);
    if (writes === 0 && isOvertaken(goal.change, superseded))
      return result(overtaken(superseded), record, superseded);
    const desired = desiredRole(next, clock.now(), terms);
    likelyPolicy = desired.policy?.name ?? null;
    const policyText = await textOf(likelyPolicy, reading, ram);
    const stages = plan({ ...reading, policyText }, desired);
    if (stages.length === 0) return result(null, next, superseded);
    if (writes === 0 && (await needsForeignPolicy(stages.flat(), policyText, ram)))
      return result(notOwned('policy', likelyPolicy ?? ''), record, []);
    const carried = await carryOut(stages, goal.roleName, ram, clock);
    writes += carried.done.length;
    lastWriteAt = carried.lastWriteAt ?? lastWriteAt;
    known = knownAfter(known, carried.done, desired, settings, clock.now());
    if (carried.conflict) await pause(ports, round);
  }
  throw new RetryableError(
    'internal',
    `RAM did not show ${goal.roleName} as it was written within ${MAX_ROUNDS} readings; the next delivery goes on from there`,
  );
}

/**
 * Whose role this is. A role without our tag is somebody else's, unless it is so young that its tags may not be visible
 * yet and its trust is the one that only we write.
 */
function ownerOf(
  reading: Reading,
  goal: Goal,
  settings: Settings,
  now: Millis,
  written: boolean,
): 'us' | 'somebody' | 'not visible yet' {
  const { role, tags } = reading;
  if (role === null || tags.get(MANAGED_BY.key) === MANAGED_BY.value) return 'us';
  if (written) return 'not visible yet';
  const ours = isExactTrust(role.trust, { ...settings, requesterUid: goal.requesterUid, closed: false });
  return ours && now - role.createdAt < settings.patienceMs ? 'not visible yet' : 'somebody';
}

/** Nothing of the request holds any more. Closing a role is never overtaken as a whole: its time is worth keeping. */
const isOvertaken = (change: Change, superseded: readonly GrantId[]): boolean =>
  change.ids !== 'all' && change.ids.length > 0 && change.ids.every((id) => superseded.includes(id));

async function textOf(name: string | null, reading: Reading, ram: RamReader): Promise<string | null> {
  if (name === null) return null;
  return reading.policy?.name === name ? reading.policy.text : ram.policyText(name);
}

/** Whether the plan would use or change a policy that exists and is not ours. */
async function needsForeignPolicy(
  operations: readonly Operation[],
  policyText: string | null,
  ram: RamReader,
): Promise<boolean> {
  const use = operations.find(
    ({ operation }) => operation === 'attach-policy' || operation === 'create-policy-version',
  );
  if (use === undefined || policyText === null) return false;
  const tags = await ram.policyTags(use.target);
  return tags.get(MANAGED_BY.key) !== MANAGED_BY.value;
}

/**
 * What need not be read back. The trust that a role was created with: another writer can only have changed it after
 * us, and looks at it after that. Not a trust that we updated: that may have run over another writer's.
 */
function knownAfter(
  known: Known,
  done: readonly Operation[],
  desired: Desired,
  settings: Settings,
  now: Millis,
): Known {
  const wrote = (operation: Operation['operation']) => done.some((one) => one.operation === operation);
  const role: RoleFacts | undefined = wrote('create-role')
    ? {
        name: desired.roleName,
        arn: roleArn(settings.ownerUid, desired.roleName),
        trust: JSON.stringify(desired.trust),
        createdAt: now,
      }
    : wrote('update-trust')
      ? undefined
      : known.role;
  const policy =
    desired.policy !== null && (wrote('create-policy') || wrote('create-policy-version'))
      ? { name: desired.policy.name, text: JSON.stringify(desired.policy.document) }
      : known.policy;
  return { ...(role === undefined ? {} : { role }), ...(policy === undefined ? {} : { policy }) };
}

async function pause({ clock, deadline }: ProvisionPorts, round: number): Promise<void> {
  const wait = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** round);
  if (clock.now() + wait > deadline)
    throw new RetryableError(
      'throttled',
      'the time of this invocation is up; the next delivery goes on from here',
    );
  await clock.sleep(wait);
}
