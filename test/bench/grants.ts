import { figuresOf, functionCalls } from '../../cli/timeline.ts';
import type { CallRecord } from '../../local/cloud/journal.ts';
import { OWNER_UID } from '../../local/local-cloud.ts';
import { POLICY_ENGINES } from '../../shared/catalogue/engine.ts';
import { REQUESTER } from '../kit/accounts.ts';
import { weatherCloud } from '../kit/weather-cloud.ts';
import { nothingGranted } from './nothing-granted.ts';

/** What one request costs, from the first call of provision to the published reply. */
export interface RequestFigures {
  /** API calls of both functions, the reads of engines and the reply included. */
  readonly calls: number;
  /** Of them, to RAM and changing it. */
  readonly writes: number;
  /** Time that it takes where every call takes L and nothing else takes any, divided by L. */
  readonly roundTrips: number;
  readonly provisionCalls: number;
  readonly verifyCalls: number;
  /** Reads of engines with the session of the role. */
  readonly probes: number;
}

/** For one engine and for all nine that need a policy. */
export interface Sizes {
  readonly one: RequestFigures;
  readonly nine: RequestFigures;
}

export interface RequestKinds {
  /** Nothing is there yet. */
  readonly grant: Sizes;
  /** The same request again. */
  readonly repeat: Sizes;
  /** An engine more, for a role that has one (or all but one). */
  readonly addEngine: Sizes;
  /** Closing the role. */
  readonly revoke: Sizes;
}

/** Calls that one request makes, by who makes it and what is called: `provision ram GetRole`. */
export type CallCounts = Readonly<Record<string, number>>;

export interface RequestKindsAndCalls extends RequestKinds {
  /** Of requests about one engine. */
  readonly callsOf: Readonly<Record<keyof RequestKinds, CallCounts>>;
}

const LATENCY_MS = 100;

/** Counts, in virtual time: the same on every machine and in every run. */
export async function benchRequests(): Promise<RequestKindsAndCalls> {
  const [first = 'redis', ...others] = POLICY_ENGINES;
  const one = await lifeOf([first], ['redis']);
  const nine = await lifeOf(others, POLICY_ENGINES);
  return {
    grant: { one: one.grant.figures, nine: nine.grantAll.figures },
    repeat: { one: one.repeat.figures, nine: nine.repeatAll.figures },
    addEngine: { one: one.add.figures, nine: nine.add.figures },
    revoke: { one: one.revoke.figures, nine: nine.revoke.figures },
    callsOf: {
      grant: one.grant.calls,
      repeat: one.repeat.calls,
      addEngine: one.add.calls,
      revoke: one.revoke.calls,
    },
  };
}

/** Grants some engines, again, some more, and takes all away; then grants all at once where nothing is, and again. */
async function lifeOf(some: readonly string[], more: readonly string[]) {
  const cloud = await weatherCloud({ latencyMs: LATENCY_MS });
  const cost = async (body: object, status: string) => {
    await cloud.clock.advance(1_000);
    cloud.forget();
    const replies = await cloud.send({ requesterUid: REQUESTER, ...body });
    const said = replies.map(({ data }) => data.status).join();
    if (said !== status) throw new Error(`${JSON.stringify(body)} was answered by "${said}"`);
    const calls = functionCalls(cloud.calls(), OWNER_UID);
    return { figures: figures(calls), calls: countsOf(calls) };
  };
  try {
    const grant = await cost({ engines: some }, 'verified');
    const repeat = await cost({ engines: some }, 'verified');
    const add = await cost({ engines: more }, 'verified');
    const revoke = await cost({ action: 'revoke' }, 'revoked');
    nothingGranted(cloud);
    const all = { engines: [...new Set([...some, ...more])] };
    const grantAll = await cost(all, 'verified');
    const repeatAll = await cost(all, 'verified');
    return { grant, repeat, add, revoke, grantAll, repeatAll };
  } finally {
    await cloud.close();
  }
}

function figures(calls: readonly CallRecord[]): RequestFigures {
  const first = calls.reduce((at, { startedAt }) => Math.min(at, startedAt), Infinity);
  const last = calls.reduce((at, { endedAt }) => Math.max(at, endedAt), 0);
  const by = (role: RegExp) => calls.filter(({ caller }) => role.test(roleOf(caller))).length;
  const { calls: all, writes } = figuresOf(calls);
  return {
    calls: all,
    writes,
    roundTrips: (last - first) / LATENCY_MS,
    provisionCalls: by(/^dms-handshake-provision$/),
    verifyCalls: by(/^dms-handshake-verify$/),
    probes: by(/^dms-cross-account-/),
  };
}

const roleOf = (caller: CallRecord['caller']): string =>
  caller?.principal.type === 'role' ? caller.principal.roleName.toLowerCase() : '';

function countsOf(calls: readonly CallRecord[]): CallCounts {
  const names = calls.map(({ caller, service, operation }) => {
    const role = /^dms-handshake-(\w+)$/.exec(roleOf(caller))?.[1];
    return role === undefined ? READ_OF_ENGINE : `${role} ${service} ${operation}`;
  });
  return Object.fromEntries(
    [...new Set(names)].sort().map((name) => [name, names.filter((one) => one === name).length]),
  );
}

/** What verify calls with the session of the role that it proves. */
export const READ_OF_ENGINE = 'verify, as the role: a read of the engine';
