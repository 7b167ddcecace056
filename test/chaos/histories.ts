import { copyEntities, type RamEntities } from '../../local/cloud/ram/history.ts';
import { REQUESTER } from '../kit/accounts.ts';
import type { Built } from './built.ts';
import { essenceOf, stateOf } from './snapshot.ts';

/** What is asked before, and what is asked while things go wrong. */
export const HISTORIES = {
  grant: { before: [], request: { engines: ['redis', 'lindorm'] }, http: false },
  change: { before: [{ engines: ['redis'] }], request: { engines: ['gdb'] }, http: false },
  revoke: {
    before: [{ engines: ['redis', 'gdb'] }],
    request: { action: 'revoke', engines: ['gdb'] },
    http: false,
  },
  close: { before: [{ engines: ['redis', 'gdb'] }], request: { action: 'revoke' }, http: false },
  console: { before: [], request: { access: 'console', users: ['alice'] }, http: false },
  http: { before: [], request: { engines: ['redis'] }, http: true },
} as const;

export type HistoryName = keyof typeof HISTORIES;

export const HISTORY_NAMES = Object.keys(HISTORIES) as HistoryName[];

/** A history as it goes in good weather. */
export interface Clean {
  /** Calls of the request itself, of whoever makes them, in the order of their beginning: `sts AssumeRole`. */
  readonly calls: readonly { readonly name: string; readonly by: string }[];
  readonly writes: number;
  readonly state: string;
  readonly reply: string;
}

const known = new Map<HistoryName, Clean>();

/** The clean run of a history; made once. */
export async function cleanRun(name: HistoryName, built: Built): Promise<Clean> {
  const found = known.get(name);
  if (found !== undefined) return found;
  await prepare(name, built);
  await send(name, built);
  const [reply, ...more] = built.everyReply();
  if (reply === undefined || more.length > 0) throw new Error(`${name}: not one reply in good weather`);
  const calls = built
    .calls()
    .toSorted((a, b) => a.begin - b.begin)
    .map(({ service, operation, caller }) => ({
      name: `${service} ${operation}`,
      by: caller?.principal.type === 'role' ? caller.principal.roleName : '',
    }));
  const clean = {
    calls,
    writes: built.writes().length,
    state: stateOf(built.owner),
    reply: essenceOf(reply),
  };
  known.set(name, clean);
  await built.renew();
  return clean;
}

/** What stood before the request, by the world that it was made in: ids of roles are a world's own. */
const madeIn = new WeakMap<object, Map<HistoryName, RamEntities>>();

/** Brings about what stands before the request: by the functions once in each world, from then on as they left it. */
export async function prepare(name: HistoryName, built: Built): Promise<void> {
  const { ram } = built.owner;
  const made = madeIn.get(built.world) ?? new Map<HistoryName, RamEntities>();
  madeIn.set(built.world, made);
  const known = made.get(name);
  if (known === undefined) {
    await askBefore(name, built);
    made.set(name, copyEntities(ram));
  } else {
    const { roles, policies } = copyEntities(known);
    for (const [key, role] of roles) if (!ram.roles.has(key)) ram.roles.set(key, role);
    for (const [key, policy] of policies) if (!ram.policies.has(key)) ram.policies.set(key, policy);
  }
  // A time of its own for the request: two of one millisecond are decided otherwise.
  await built.clock.advance(60_000);
  built.forgetSoFar();
}

async function askBefore(name: HistoryName, built: Built): Promise<void> {
  for (const one of HISTORIES[name].before) {
    built.publish({ requesterUid: REQUESTER, ...one });
    await built.settle();
    if (built.everyReply().some(({ data }) => data.status !== 'verified'))
      throw new Error(`${name}: what stands before it failed`);
  }
}

/** Sends the request and waits until all is over. Over HTTP a sender that hears nothing good sends it again. */
export async function send(name: HistoryName, built: Built): Promise<void> {
  const { request, http } = HISTORIES[name];
  const body = { requesterUid: REQUESTER, requestId: `chaos-${name}`, ...request };
  if (!http) built.publish(body);
  else await built.clock.during(post(built, body));
  await built.settle();
}

const TRIES = 4;
let sent = 0;

async function post(built: Built, body: object): Promise<void> {
  // A new one for each request: the door remembers those that it has seen.
  sent += 1;
  const key = `chaos-${String(sent).padStart(8, '0')}`;
  for (let tried = 0; tried < TRIES; tried += 1) {
    const answer = await fetch(`${built.ready.http}/requests`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${built.httpToken}`,
        'content-type': 'application/json',
        'idempotency-key': key,
      },
      body: JSON.stringify(body),
    }).catch(() => null);
    if (answer?.status === 202) return;
    await built.clock.sleep(1_000);
  }
  throw new Error(`the door did not take the request in ${TRIES} tries`);
}

export const tellHistory = (name: HistoryName): readonly string[] => {
  const { before, request, http } = HISTORIES[name];
  return [
    ...before.map((one) => `${JSON.stringify(one)} is granted`),
    `${JSON.stringify(request)} is sent ${http ? 'over HTTP' : 'to the topic'}`,
  ];
};
