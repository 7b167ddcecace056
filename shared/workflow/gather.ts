import type { DocumentId } from '../access/catalogue.ts';
import type { Assumption, Evidence, Probed } from '../access/evidence.ts';
import { documentIds, type Grants, isEmpty } from '../access/grants.ts';
import type { Millis } from '../access/millis.ts';
import { externalId, MANAGED_BY, policyName, roleArn, roleName } from '../access/names.ts';
import { probeSessionPolicy } from '../access/permission.ts';
import { type AccessRecord, grantedBy, readRecord } from '../access/record.ts';
import type { Assumed, Assumer, Identity, Prober, RamReader, Session } from './ports.ts';
import type { Settings } from './settings.ts';

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

/**
 * Finds out everything about a `register` role in two round trips: all reads and both AssumeRole calls side by side,
 * then one read per engine with the session. `expected` is what the grants are thought to be, so that their policy and
 * session can be asked for before the record is known; a wrong guess costs one round trip more.
 */
export async function gather(
  requesterUid: string,
  expected: Grants,
  now: Millis,
  settings: Settings,
  ports: GatherPorts,
): Promise<Gathered> {
  const name = roleName('register', requesterUid);
  const guessed = documentIds(expected);
  const [account, role, tags, attached, guessedText, opened, shut] = await Promise.all([
    ports.identity.accountId(),
    ports.ram.role(name),
    ports.ram.roleTags(name),
    ports.ram.attachedPolicies(name),
    guessed.length === 0 ? null : ports.ram.policyText(policyName(guessed)),
    settings.verifyRoleArn === null ? null : assume(requesterUid, guessed, settings, ports, true),
    assume(requesterUid, guessed, settings, ports, false),
  ]);
  const record = readRecord(tags);
  const granted = grantedBy(record, now);
  const ids = documentIds(granted);
  const right = ids.join() === guessed.join();
  const [policyText, session] = await Promise.all([
    right || ids.length === 0
      ? ids.length === 0
        ? null
        : guessedText
      : ports.ram.policyText(policyName(ids)),
    right || opened?.kind !== 'session' ? opened : assume(requesterUid, ids, settings, ports, true),
  ]);
  const probes = session?.kind === 'session' ? await probeAll(ids, session.session, ports.prober) : new Map();
  return {
    record,
    evidence: {
      account,
      terms: { ...settings, requesterUid, closed: isEmpty(granted) },
      role,
      managed: tags.get(MANAGED_BY.key) === MANAGED_BY.value,
      unreadable: record.unreadable,
      granted,
      attached,
      policyName: ids.length === 0 ? null : policyName(ids),
      policyText,
      open: assumption(session),
      shut: assumption(shut),
      probes,
    },
  };
}

function assume(
  requesterUid: string,
  ids: readonly DocumentId[],
  settings: Settings,
  { assumer }: GatherPorts,
  underExternalId: boolean,
): Promise<Assumed> {
  return assumer.assume({
    roleArn: roleArn(settings.ownerUid, roleName('register', requesterUid)),
    sessionName: 'dms-handshake-verify',
    externalId: underExternalId ? externalId(requesterUid) : null,
    sessionPolicy: probeSessionPolicy(ids),
  });
}

async function probeAll(
  ids: readonly DocumentId[],
  session: Session,
  prober: Prober,
): Promise<ReadonlyMap<DocumentId, Probed>> {
  return new Map(await Promise.all(ids.map(async (id) => [id, await prober.probe(id, session)] as const)));
}

function assumption(assumed: Assumed | null): Assumption {
  if (assumed === null) return { kind: 'untried', detail: 'PROBE=structural: not tried' };
  if (assumed.kind === 'session') return { kind: 'session', detail: 'a session was given' };
  return {
    kind: assumed.kind,
    detail: assumed.kind === 'denied' ? assumed.detail : 'STS does not know the role',
  };
}
