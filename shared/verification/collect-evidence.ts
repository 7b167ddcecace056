import type { DocumentId } from '../catalogue/catalogue.ts';
import { isPolicyEngine } from '../catalogue/catalogue.ts';
import type { EngineId } from '../catalogue/engine.ts';
import { externalId } from '../catalogue/external-id.ts';
import { documentIds, NO_GRANTS } from '../catalogue/grants.ts';
import { isOurs, type RoleId, roleName } from '../catalogue/names.ts';
import { probeSessionPolicy } from '../catalogue/probe-session-policy.ts';
import type { Assumed, Assumer, Identity, ProbeAnswer, Prober, RamReader, Session } from '../ports.ts';
import { type Desired, desiredRole, enginePolicy, type OurPolicy } from '../reconcile/desired.ts';
import { diff } from '../reconcile/diff.ts';
import type { Observed } from '../reconcile/observe.ts';
import { type AccessRecord, grantedBy, readRecord } from '../record/record.ts';
import { roleArn } from '../runtime/arn.ts';
import type { Settings } from '../runtime/config.ts';
import type { Millis } from '../runtime/millis.ts';
import { checkRole } from './checks.ts';
import type { Proof } from './proof.ts';

export interface EvidencePorts {
  readonly identity: Identity;
  readonly ram: RamReader;
  readonly assumer: Assumer;
  readonly prober: Prober;
}

/**
 * Finds out everything about a role in two round trips: all reads and both AssumeRole calls side by side, then one read
 * per engine with the session. `expected`: the record that the role is thought to have, so that its policy and session can
 * be asked for before it is read; a wrong guess costs one round trip more. `revoked`: engines whose reads must be denied
 * now.
 */
export async function collectEvidence(
  id: RoleId,
  expected: AccessRecord,
  revoked: readonly EngineId[],
  now: Millis,
  settings: Settings,
  ports: EvidencePorts,
): Promise<Proof> {
  const name = roleName(id.access, id.requesterUid);
  const grantsOf = (one: AccessRecord) => (id.access === 'register' ? grantedBy(one, now) : NO_GRANTS);
  const guess = documentIds(grantsOf(expected));
  const guessedPolicy = enginePolicy(grantsOf(expected), settings.ownerUid);
  const [account, role, tags, attached, guessed, opened, shut] = await Promise.all([
    ports.identity.accountId(),
    ports.ram.role(name),
    ports.ram.roleTags(name),
    ports.ram.attachedPolicies(name),
    textOf(guessedPolicy, ports.ram),
    settings.verifyRoleArn === null ? null : assume(id, probedIds(revoked, guess), settings, ports, true),
    assume(id, guess, settings, ports, false),
  ]);
  const record = readRecord(tags, now);
  const granted = grantsOf(record);
  const ids = documentIds(granted);
  const policy = enginePolicy(granted, settings.ownerUid);
  // The name says what the policy holds, to the last resource.
  const right = policy?.name === guessedPolicy?.name;
  const probed = probedIds(revoked, ids);
  const [policyText, session] = await Promise.all([
    right ? guessed : textOf(policy, ports.ram),
    right || opened?.kind !== 'session' ? opened : assume(id, probed, settings, ports, true),
  ]);
  const desired = desiredRole(record, now, { ...settings, ...id });
  const observed = { at: now, account, role, tags, attached, policyText };
  const found: Omit<Proof, 'checks'> = {
    ...observed,
    record,
    foreignPolicy: await isForeignPolicy(observed, desired, ports.ram),
    desired,
    granted,
    revoked: revoked.filter((engine) => !granted.engines.includes(engine)),
    open: session ?? { kind: 'untried', detail: 'PROBE=structural: not tried' },
    shut,
    probes: session?.kind === 'session' ? await probeAll(probed, session.session, ports.prober) : new Map(),
  };
  return { ...found, checks: checkRole(found) };
}

/** Whose the shared policy is, asked only where something of it would have to be written. */
async function isForeignPolicy(observed: Observed, desired: Desired, ram: RamReader): Promise<boolean> {
  const { policy } = desired;
  if (policy?.kind !== 'ours' || observed.policyText === null) return false;
  const isDue = diff(observed, desired).some(({ write }) => write?.target === policy.name);
  return isDue && !isOurs(await ram.policyTags(policy.name));
}

/** The name of every session that a test makes; who reads the trail tells tests from uses by it. */
export const PROBE_SESSION = 'dms-handshake-verify';

const probedIds = (revoked: readonly EngineId[], ids: readonly DocumentId[]): readonly DocumentId[] => [
  ...new Set([...ids, ...revoked.filter(isPolicyEngine)]),
];

const textOf = async (policy: OurPolicy | null, ram: RamReader): Promise<string | null> =>
  policy === null ? null : ((await ram.policy(policy.name))?.text ?? null);

function assume(
  { access, requesterUid }: RoleId,
  ids: readonly DocumentId[],
  settings: Settings,
  { assumer }: EvidencePorts,
  underExternalId: boolean,
): Promise<Assumed> {
  return assumer.assume({
    roleArn: roleArn(settings.ownerUid, roleName(access, requesterUid)),
    sessionName: PROBE_SESSION,
    externalId: underExternalId ? externalId(requesterUid) : null,
    sessionPolicy: probeSessionPolicy(ids),
  });
}

async function probeAll(
  ids: readonly DocumentId[],
  session: Session,
  prober: Prober,
): Promise<ReadonlyMap<DocumentId, ProbeAnswer>> {
  return new Map(await Promise.all(ids.map(async (id) => [id, await prober.probe(id, session)] as const)));
}
