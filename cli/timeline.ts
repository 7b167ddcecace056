import { type CallRecord, roundTrips } from '../local/cloud/journal.ts';

/** One step of a run, for people to follow. */
export interface Step {
  /** ISO 8601. */
  readonly at: string;
  readonly who: string;
  readonly what: string;
}

/** What the functions asked of the cloud. `writes`: to RAM. `roundTrips`: calls that had to wait for another. */
export interface ApiFigures {
  readonly calls: number;
  readonly writes: number;
  readonly roundTrips: number;
}

/** The calls that the functions made: under their own roles, or under a role that verify assumed for a test. */
export function functionCalls(calls: readonly CallRecord[], ownerUid: string): readonly CallRecord[] {
  return calls.filter(({ caller }) => caller?.accountId === ownerUid && whoMade(caller) !== null);
}

export function figuresOf(calls: readonly CallRecord[]): ApiFigures {
  const writes = calls.filter((call) => call.service === 'ram' && call.kind === 'write');
  const waitedFor = calls.filter((call) => !wakesVerify(call, calls));
  return { calls: calls.length, writes: writes.length, roundTrips: roundTrips(waitedFor) };
}

/** The call that has verify start while provision works: its first, and nothing waits for it. */
const wakesVerify = ({ service, begin }: CallRecord, calls: readonly CallRecord[]): boolean =>
  service === 'fc' && !calls.some((other) => whoMade(other.caller) === 'provision' && other.begin < begin);

export function stepsOf(calls: readonly CallRecord[]): readonly Step[] {
  return calls.map((call) => ({
    at: new Date(call.startedAt).toISOString(),
    who: whoMade(call.caller) ?? 'somebody',
    what: `${call.service} ${call.operation}${call.code === null ? '' : ` -> ${call.code}`}`,
  }));
}

function whoMade(caller: CallRecord['caller']): string | null {
  if (caller?.principal.type !== 'role') return null;
  const role = caller.principal.roleName.toLowerCase();
  if (role === 'dms-handshake-intake') return 'intake';
  if (role === 'dms-handshake-provision') return 'provision';
  if (role === 'dms-handshake-verify') return 'verify';
  return role.startsWith('dms-cross-account-') ? 'verify, as the role' : null;
}
