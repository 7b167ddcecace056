import { withoutNulls } from '../../events/nulls.ts';
import {
  type AuthType,
  clientSchema,
  type RequestersFile,
  requesterSchema,
  requestersFileSchema,
} from '../../events/requesters.ts';
import { resolveEngine } from '../catalogue/catalogue.ts';
import type { EngineId } from '../catalogue/engine.ts';
import type { Access } from '../catalogue/names.ts';
import { TOPICS } from '../runtime/topics.ts';
import { describeIssue, type KnownFields, LONGEST_REPORT, readObject } from './requesters-faults.ts';
import { faultsOf, keysOf, type TopicNames } from './requesters-rules.ts';

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
}

/** Nobody may ask. */
export const NOBODY: Requesters = { requesters: [], clients: [] };

/**
 * `requesters.json` has faults and is not used. The message names each place, the value and the way out, and never a
 * secret.
 */
export class RequestersError extends Error {
  readonly faults: readonly string[];

  constructor(faults: readonly string[]) {
    const more = faults.length > LONGEST_REPORT ? [`and ${faults.length - LONGEST_REPORT} more`] : [];
    super(`requesters.json is refused: ${[...faults.slice(0, LONGEST_REPORT), ...more].join('; ')}`);
    this.name = 'RequestersError';
    this.faults = faults;
  }
}

const FIELDS: KnownFields = {
  '': Object.keys(requestersFileSchema.shape),
  requesters: Object.keys(requesterSchema.shape),
  clients: Object.keys(clientSchema.shape),
  signing: ['publicKey', 'publicKeys'],
  auth: Object.keys(clientSchema.shape.auth.shape),
};

/** The names that `s.yaml` gives. */
const STANDARD: TopicNames = {
  common: TOPICS.requests,
  reserved: [TOPICS.upkeep, TOPICS.owner, TOPICS.replies],
};

/** Reads the text of `requesters.json`. Throws `RequestersError`: a file with one fault is not used at all. */
export function readRequesters(text: string, topics: TopicNames = STANDARD): Requesters {
  const json = readObject(text);
  if (typeof json === 'string') throw new RequestersError([json]);
  const parsed = requestersFileSchema.safeParse(withoutNulls(requestersFileSchema, json));
  if (!parsed.success)
    throw new RequestersError(parsed.error.issues.flatMap((issue) => describeIssue(issue, json, FIELDS)));
  const faults = faultsOf(parsed.data, topics);
  if (faults.length > 0) throw new RequestersError(faults);
  return {
    requesters: parsed.data.requesters.map(requesterOf),
    clients: parsed.data.clients.map((client) => ({
      ...client,
      auth: { type: client.auth.type, secretEnv: [client.auth.secretEnv].flat() },
      requestAt: client.requestAt ?? null,
    })),
  };
}

export const findRequester = ({ requesters }: Requesters, uid: string): Requester | undefined =>
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
  topics,
  signing,
}: FileRequester): Requester => ({
  uid,
  name,
  engines: engines === '*' ? engines : idsOf(engines),
  access,
  maxDays: maxDays ?? null,
  defaultDays: defaultDays ?? null,
  noticeDays: [...new Set(noticeDays ?? [])].sort((a, b) => b - a),
  reviewDays: reviewDays ?? null,
  unusedDays: unusedDays ?? null,
  requestsPerMinute: requestsPerMinute ?? REQUESTS_PER_MINUTE,
  topics: topics ?? [],
  publicKeys: keysOf(signing),
});

const idsOf = (words: readonly string[]): readonly EngineId[] =>
  words.flatMap((word) => {
    const resolved = resolveEngine(word);
    return 'id' in resolved ? [resolved.id] : [];
  });
