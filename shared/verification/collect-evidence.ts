import type { DocumentId } from '../catalogue/catalogue.ts';
import { isPolicyEngine } from '../catalogue/catalogue.ts';
import type { EngineId } from '../catalogue/engine.ts';
import { documentIds, type Grants, NO_GRANTS } from '../catalogue/grants.ts';
import { type Access, CONSOLE_POLICY, externalId, roleName } from '../catalogue/names.ts';
import { probeSessionPolicy } from '../catalogue/permission.ts';
import type {
  Assumed,
  Assumer,
  AttachedPolicy,
  Identity,
  ProbeAnswer,
  Prober,
  RamReader,
  Session,
} from '../ports.ts';
import { enginePolicy, type OurPolicy, trustedAt } from '../reconcile/desired.ts';
import { isOurs } from '../reconcile/ownership.ts';
import { type AccessRecord, grantedBy, lastChange, readRecord } from '../record/record.ts';
import { roleArn } from '../runtime/arn.ts';
import type { Millis } from '../runtime/millis.ts';
import type { Settings } from '../runtime/settings.ts';
import type { Assumption, Evidence } from './evidence.ts';

export interface GatherPorts {
  readonly identity: Identity;
  readonly ram: RamReader;
  readonly assumer: Assumer;
  readonly prober: Prober;
}

export interface Gathered {
  readonly evidence: Evidence;
  readonly record: AccessRecord;
}

/** The role to look at, and what it is thought to grant: its policy and session can be asked for before the record is known. */
export interface Subject {
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
export async function gather(
  subject: Subject,
  now: Millis,
  settings: Settings,
  ports: GatherPorts,
): Promise<Gathered> {
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
  const record = readRecord(tags);
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
  const trusted = trustedAt(record, now, access);
  return {
    record,
    evidence: {
      account,
      terms: { ...settings, access, requesterUid, trusted },
      role,
      managed: isOurs(tags),
      recorded: lastChange(record) !== null,
      unreadable: record.unreadable,
      granted,
      revoked: subject.revoked.filter((id) => !granted.engines.includes(id)),
      attached,
      wanted: wantedPolicy(access, policy, trusted === 'nobody'),
      policyText,
      open: assumption(session),
      shut: assumption(shut),
      probes: session?.kind === 'session' ? await probeAll(probed, session.session, ports.prober) : new Map(),
    },
  };
}

function wantedPolicy(access: Access, policy: OurPolicy | null, closed: boolean): AttachedPolicy | null {
  if (access === 'console') return closed ? null : { name: CONSOLE_POLICY, type: 'System' };
  return policy === null ? null : { name: policy.name, type: 'Custom' };
}

const probedIds = ({ revoked }: Subject, ids: readonly DocumentId[]): readonly DocumentId[] => [
  ...new Set([...ids, ...revoked.filter(isPolicyEngine)]),
];

const textOf = async (policy: OurPolicy | null, ram: RamReader): Promise<string | null> =>
  policy === null ? null : ((await ram.policy(policy.name))?.text ?? null);

function assume(
  { access, requesterUid }: Subject,
  ids: readonly DocumentId[],
  settings: Settings,
  { assumer }: GatherPorts,
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

function assumption(assumed: Assumed | null): Assumption {
  if (assumed === null) return { kind: 'untried', detail: 'PROBE=structural: not tried' };
  if (assumed.kind === 'session') return { kind: 'session', detail: 'a session was given' };
  if (assumed.kind === 'no-role') return { kind: 'no-role', detail: 'STS does not know the role' };
  return assumed;
}
