import type { DocumentId } from '../catalogue/catalogue.ts';
import { isPolicyEngine } from '../catalogue/catalogue.ts';
import type { EngineId } from '../catalogue/engine.ts';
import { externalId } from '../catalogue/external-id.ts';
import { documentIds, type Grants, NO_GRANTS } from '../catalogue/grants.ts';
import { type Access, isOurs, roleName } from '../catalogue/names.ts';
import { probeSessionPolicy } from '../catalogue/probe-session-policy.ts';
import type { Assumed, Assumer, Identity, ProbeAnswer, Prober, RamReader, Session } from '../ports.ts';
import { type Desired, desiredRole, enginePolicy, type OurPolicy } from '../reconcile/desired.ts';
import { diff } from '../reconcile/diff.ts';
import type { Observed } from '../reconcile/observe.ts';
import { grantedBy, readRecord } from '../record/record.ts';
import { roleArn } from '../runtime/arn.ts';
import type { Settings } from '../runtime/config.ts';
import type { Millis } from '../runtime/millis.ts';
import type { Proof } from './evidence.ts';

export interface EvidencePorts {
  readonly identity: Identity;
  readonly ram: RamReader;
  readonly assumer: Assumer;
  readonly prober: Prober;
}

/** The role to look at, and what it is thought to grant: its policy and session can be asked for before the record is known. */
export interface ExpectedRole {
  readonly access: Access;
  readonly requesterUid: string;
  readonly expected: Grants;
  /** Engines whose reads must be denied now. */
  readonly revoked: readonly EngineId[];
}

/**
 * Finds out everything about a role in two round trips: all reads and both AssumeRole calls side by side, then one read
 * per engine with the session. A wrong guess at what it grants costs one round trip more.
 */
export async function collectEvidence(
  subject: ExpectedRole,
  now: Millis,
  settings: Settings,
  ports: EvidencePorts,
): Promise<Omit<Proof, 'checks'>> {
  const { access, requesterUid } = subject;
  const name = roleName(access, requesterUid);
  const guess = documentIds(subject.expected);
  const guessedPolicy = enginePolicy(subject.expected, settings.ownerUid);
  const [account, role, tags, attached, guessed, opened, shut] = await Promise.all([
    ports.identity.accountId(),
    ports.ram.role(name),
    ports.ram.roleTags(name),
    ports.ram.attachedPolicies(name),
    textOf(guessedPolicy, ports.ram),
    settings.verifyRoleArn === null
      ? null
      : assume(subject, probedIds(subject, guess), settings, ports, true),
    assume(subject, guess, settings, ports, false),
  ]);
  const record = readRecord(tags, now);
  const granted = access === 'register' ? grantedBy(record, now) : NO_GRANTS;
  const ids = documentIds(granted);
  const policy = enginePolicy(granted, settings.ownerUid);
  // The name says what the policy holds, to the last resource.
  const right = policy?.name === guessedPolicy?.name;
  const probed = probedIds(subject, ids);
  const [policyText, session] = await Promise.all([
    right ? guessed : textOf(policy, ports.ram),
    right || opened?.kind !== 'session' ? opened : assume(subject, probed, settings, ports, true),
  ]);
  const desired = desiredRole(record, now, { ...settings, access, requesterUid });
  const observed = { at: now, account, role, tags, attached, policyText };
  return {
    record,
    evidence: {
      ...observed,
      foreignPolicy: await isForeignPolicy(observed, desired, ports.ram),
      desired,
      granted,
      revoked: subject.revoked.filter((id) => !granted.engines.includes(id)),
      open: session ?? { kind: 'untried', detail: 'PROBE=structural: not tried' },
      shut,
      probes: session?.kind === 'session' ? await probeAll(probed, session.session, ports.prober) : new Map(),
    },
  };
}

/** Whose the shared policy is, asked only where something of it would have to be written. */
async function isForeignPolicy(observed: Observed, desired: Desired, ram: RamReader): Promise<boolean> {
  const { policy } = desired;
  if (policy?.kind !== 'ours' || observed.policyText === null) return false;
  const isDue = diff(observed, desired).some(
    ({ write }) => write?.target === policy.name && write.operation !== 'detach-policy',
  );
  return isDue && !isOurs(await ram.policyTags(policy.name));
}

const probedIds = ({ revoked }: ExpectedRole, ids: readonly DocumentId[]): readonly DocumentId[] => [
  ...new Set([...ids, ...revoked.filter(isPolicyEngine)]),
];

const textOf = async (policy: OurPolicy | null, ram: RamReader): Promise<string | null> =>
  policy === null ? null : ((await ram.policy(policy.name))?.text ?? null);

function assume(
  { access, requesterUid }: ExpectedRole,
  ids: readonly DocumentId[],
  settings: Settings,
  { assumer }: EvidencePorts,
  underExternalId: boolean,
): Promise<Assumed> {
  return assumer.assume({
    roleArn: roleArn(settings.ownerUid, roleName(access, requesterUid)),
    sessionName: 'dms-handshake-verify',
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
