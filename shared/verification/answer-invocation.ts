import type { VerifyRequest } from '../../events/invocation.ts';
import type { InvocationAnswer } from '../../events/invocation-answer.ts';
import type { RoleReport } from '../../events/report.ts';
import { ACCESS_KINDS, type Access, parseRoleName, type RoleId, roleName } from '../catalogue/names.ts';
import type { RamLister } from '../ports.ts';
import { isClosed } from '../reconcile/desired.ts';
import { reportOf } from '../record/emergency.ts';
import { grantedList } from '../record/granted-list.ts';
import { readNotes } from '../record/notes.ts';
import { usedOn } from '../record/unused.ts';
import type { Clock } from '../runtime/clock.ts';
import type { Settings } from '../runtime/config.ts';
import type { Millis } from '../runtime/millis.ts';
import { tellable } from '../runtime/redaction.ts';
import type { EvidencePorts } from './collect-evidence.ts';
import { type Looked, looked } from './last-look.ts';
import type { Proof } from './proof.ts';
import { inspect } from './verify-role.ts';

export interface AnswerPorts extends EvidencePorts {
  readonly clock: Clock;
  /** When Function Compute ends this invocation. */
  readonly deadline: Millis;
  readonly lister: RamLister;
  /** Hears what was looked at, and what was found. */
  readonly heard?: (one: Looked) => void;
}

type Tags = ReadonlyMap<string, string>;
type Unjudged = InvocationAnswer['unjudged'][number];
type NamedRole = RoleId & { readonly name: string; readonly tags: Tags };

/** Roles looked at side by side: nine calls each, of the 100 a second that RAM and STS take. */
const SIDE_BY_SIDE = 5;
/** A page is answered after this, in ms, so that the command line can show progress. */
const PAGE_MS = 10_000;

/**
 * Tests roles for the command line and answers with the reports. Changes nothing, tells nobody, and does not look
 * twice.
 */
export async function answerInvocation(
  request: VerifyRequest,
  settings: Settings,
  ports: AnswerPorts,
): Promise<InvocationAnswer> {
  const { requesterUid, access, after } = request;
  if (requesterUid !== undefined) {
    const roles = await reportRequester(requesterUid, access, settings, ports);
    return { roles, unjudged: [], total: roles.length, next: null };
  }
  const listed = await listedRoles(access, ports.lister);
  const rest = listed.filter(({ name }) => after === undefined || name > after);
  const until = ports.clock.now() + PAGE_MS;
  const roles: RoleReport[] = [];
  const unjudged: Unjudged[] = [];
  let taken = 0;
  while (taken < rest.length && ports.clock.now() < until) {
    const batch = rest.slice(taken, taken + SIDE_BY_SIDE);
    taken += batch.length;
    for (const found of await Promise.all(batch.map((role) => tryReport(role, settings, ports))))
      if ('reason' in found) unjudged.push(found);
      else roles.push(found);
  }
  const last = taken < rest.length ? rest[taken - 1] : undefined;
  return { roles, unjudged, total: listed.length, next: last?.name ?? null };
}

/** Reports one role, or why it cannot be tested: one such role must not hide the others. */
async function tryReport(
  role: NamedRole,
  settings: Settings,
  ports: AnswerPorts,
): Promise<RoleReport | Unjudged> {
  try {
    return await report(role, role.tags, settings, ports);
  } catch (error) {
    return { role: role.name, reason: tellable(error) };
  }
}

async function listedRoles(access: Access | undefined, lister: RamLister): Promise<readonly NamedRole[]> {
  const found: NamedRole[] = [];
  for await (const { name, tags } of lister.roles()) {
    const parsed = parseRoleName(name);
    if (parsed !== null && (access === undefined || parsed.access === access))
      found.push({ ...parsed, name, tags });
  }
  return found.sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** The reports about both roles of a requester, as far as they exist; if none does, a report that says so. */
async function reportRequester(
  requesterUid: string,
  access: Access | undefined,
  settings: Settings,
  ports: AnswerPorts,
): Promise<RoleReport[]> {
  const kinds = access === undefined ? ACCESS_KINDS : [access];
  const reports = await Promise.all(
    kinds.map(async (kind) => {
      const tags = await ports.ram.roleTags(roleName(kind, requesterUid));
      return report({ access: kind, requesterUid }, tags, settings, ports);
    }),
  );
  const present = reports.filter(({ roleArn }) => roleArn !== null);
  return present.length > 0 ? present : reports.slice(0, 1);
}

async function report(
  { access, requesterUid }: RoleId,
  tags: Tags,
  settings: Settings,
  ports: AnswerPorts,
): Promise<RoleReport> {
  const proof = await inspect({ access, requesterUid }, tags, ports.clock.now(), settings, ports);
  ports.heard?.(looked({ access, requesterUid }, proof));
  const { checks, role } = proof;
  const assumed = checks.some(({ id, status }) => id === 'assume-role' && status === 'pass');
  return {
    roleArn: role?.arn ?? null,
    requesterUid,
    access,
    status: statusOf(proof),
    assurance: assumed ? 'assumed' : 'structural',
    checks: [...checks],
    grants: role === null ? [] : grantedList(proof.record, ports.clock.now()),
    ...reportOf(proof.record),
    lastUsedOn: usedOn(readNotes(tags)),
  };
}

function statusOf({ checks, desired }: Proof): RoleReport['status'] {
  if (checks.some(({ status }) => status === 'fail')) return 'failed';
  return isClosed(desired) ? 'revoked' : 'verified';
}
