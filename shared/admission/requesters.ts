import { approvalSchema, breakGlassSchema, unlessSchema } from '../../events/grant-rules.ts';
import { withoutNulls } from '../../events/nulls.ts';
import {
  type AuthType,
  approverSchema,
  clientSchema,
  type RequestersFile,
  requesterSchema,
  requestersFileSchema,
} from '../../events/requesters.ts';
import type { EngineId } from '../catalogue/engine.ts';
import type { Access } from '../catalogue/names.ts';
import { readJsonFile } from '../runtime/json-file.ts';
import { TOPICS } from '../runtime/topics.ts';
import type { Approval, Approver, BreakGlass } from './approval.ts';
import { unlessOf } from './approval.ts';
import { approverFaults } from './approver-rules.ts';
import { enginesIn } from './engine-rules.ts';
import { describeIssue, type KnownFields, located, RequestersError } from './requesters-faults.ts';
import { faultsOf, keysOf, type ReadableFile, type TopicNames } from './requesters-rules.ts';

/** How many days before an end it is told, where `requesters.json` says nothing. */
const NOTICE_DAYS = [7, 1];

/** An account that may ask, what it may ask for, and how it is proved. */
export interface Requester {
  readonly uid: string;
  readonly name: string;
  readonly engines: '*' | readonly EngineId[];
  readonly access: readonly Access[];
  readonly maxDays: number | null;
  /** After how many days a new grant ends that names no end; null for never. */
  readonly defaultDays: number | null;
  /** How many days before an end it is told, the most first; empty for not at all. */
  readonly noticeDays: readonly number[];
  /** After how many days without a confirmation a role is due for review; null for never. */
  readonly reviewDays: number | null;
  /** After how many days without use a role is told of; null for never. */
  readonly unusedDays: number | null;
  /** Requests that are carried out in a minute; revokes are counted apart. */
  readonly requestsPerMinute: number;
  /** That what is not granted already waits for the owner's approval; null: nothing does. */
  readonly approval: Approval | null;
  /** What it is granted at once in an emergency; null: nothing. */
  readonly breakGlass: BreakGlass | null;
  /** Topics that only this account may publish to; empty: not bound to a topic. */
  readonly topics: readonly string[];
  /** `whpk_` keys that its requests must be signed with; empty: it does not sign. */
  readonly publicKeys: readonly string[];
}

/** A ticket system that may ask over HTTP on behalf of some requesters. */
export interface Client {
  readonly name: string;
  readonly requesters: readonly string[];
  readonly auth: { readonly type: AuthType; readonly secretEnv: readonly string[] };
  /** JSON Pointer to the request in the body; null: the body is the request. */
  readonly requestAt: string | null;
}

export interface Requesters {
  readonly requesters: readonly Requester[];
  readonly clients: readonly Client[];
  /** Left out: whoever may publish to the owner's topic approves, and nobody is named. */
  readonly approvers?: readonly Approver[];
}

/** Nobody may ask. */
export const NOBODY: Requesters = { requesters: [], clients: [] };

const FIELDS: KnownFields = {
  '': Object.keys(requestersFileSchema.shape),
  requesters: Object.keys(requesterSchema.shape),
  clients: Object.keys(clientSchema.shape),
  approvers: Object.keys(approverSchema.shape),
  approval: Object.keys(approvalSchema.shape),
  breakGlass: Object.keys(breakGlassSchema.shape),
  unless: Object.keys(unlessSchema.shape),
  signing: ['publicKey', 'publicKeys'],
  auth: Object.keys(clientSchema.shape.auth.shape),
};

/** The names that `s.yaml` gives. */
const STANDARD: TopicNames = {
  common: TOPICS.requests,
  reserved: [TOPICS.upkeep, TOPICS.owner, TOPICS.replies],
};

const EXPECTED = 'expected {"requesters": [...], "clients": [...]}';

/** Reads `requesters.json`. Throws `RequestersError`: a file with one fault is not used at all, and all faults are told. */
export function readRequesters(content: string | Uint8Array, topics: TopicNames = STANDARD): Requesters {
  const file = readJsonFile(Buffer.from(content));
  if ('unread' in file)
    throw new RequestersError(file.unread.map((fault) => ({ ...fault, text: `${fault.text}; ${EXPECTED}` })));
  const { value: json } = file;
  if (typeof json !== 'object' || json === null || Array.isArray(json))
    throw new RequestersError([located(`the file is no object; ${EXPECTED}`, file)]);
  const value = withoutNulls(requestersFileSchema, json);
  const parsed = requestersFileSchema.safeParse(value);
  const wrong = parsed.success
    ? []
    : parsed.error.issues.flatMap((issue) => describeIssue(issue, json, FIELDS));
  const read = readable(value);
  const texts = [...wrong, ...faultsOf(read, topics), ...approverFaults(read)];
  const faults = [...file.faults, ...texts.map((text) => located(text, file))];
  if (faults.length > 0 || !parsed.success) throw new RequestersError(faults);
  return {
    requesters: parsed.data.requesters.map(requesterOf),
    clients: parsed.data.clients.map((client) => ({
      ...client,
      auth: { type: client.auth.type, secretEnv: [client.auth.secretEnv].flat() },
      requestAt: client.requestAt ?? null,
    })),
    ...(parsed.data.approvers === undefined ? {} : { approvers: parsed.data.approvers }),
  };
}

/**
 * The entries that have the form that they must have, at their places; null for the others, whose faults are told. What
 * is no list counts as one of those.
 */
function readable(value: unknown): ReadableFile {
  const entries = (key: 'requesters' | 'clients' | 'approvers'): readonly unknown[] =>
    [Reflect.get(Object(value), key)].flat();
  return {
    requesters: entries('requesters').map((entry) => requesterSchema.safeParse(entry).data ?? null),
    clients: entries('clients').map((entry) => clientSchema.safeParse(entry).data ?? null),
    approvers: entries('approvers').map((entry) => approverSchema.safeParse(entry).data ?? null),
  };
}

/** `uid`: null for nobody. */
export const findRequester = ({ requesters }: Requesters, uid: string | null): Requester | undefined =>
  requesters.find((requester) => requester.uid === uid);

type FileRequester = RequestersFile['requesters'][number];

/** What a minute of one writer holds: a grant takes about a second. */
export const REQUESTS_PER_MINUTE = 60;

const requesterOf = ({
  uid,
  name,
  engines,
  access,
  maxDays,
  defaultDays,
  noticeDays,
  reviewDays,
  unusedDays,
  requestsPerMinute,
  approval,
  breakGlass,
  topics,
  signing,
}: FileRequester): Requester => ({
  uid,
  name,
  engines: enginesOf(engines),
  access,
  maxDays: maxDays ?? null,
  defaultDays: defaultDays ?? null,
  noticeDays: [...new Set(noticeDays ?? NOTICE_DAYS)].sort((a, b) => b - a),
  reviewDays: reviewDays ?? null,
  unusedDays: unusedDays ?? null,
  requestsPerMinute: requestsPerMinute ?? REQUESTS_PER_MINUTE,
  approval: approval === undefined ? null : { unless: unlessOf(approval.unless) },
  breakGlass: breakGlass === undefined ? null : { ...breakGlass, engines: enginesOf(breakGlass.engines) },
  topics: topics ?? [],
  publicKeys: keysOf(signing),
});

const enginesOf = (engines: FileRequester['engines'] = '*'): Requester['engines'] =>
  engines === '*' ? engines : enginesIn(engines);
