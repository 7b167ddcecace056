import type { RequestersFile } from '../../events/requesters.ts';
import { quote as quoted } from '../../events/visible.ts';
import { unknownEngines } from './engine-rules.ts';

type FileRequester = RequestersFile['requesters'][number];

/** Names of topics that decide what a requester's topic can be. */
export interface TopicNames {
  /** Where those send that are bound to no topic. */
  readonly common: string;
  /** Of the installation itself: what is published there is no request. */
  readonly reserved: readonly string[];
}

type FileClient = RequestersFile['clients'][number];
type FileApprover = NonNullable<RequestersFile['approvers']>[number];

/** Entries at their places in the file; null for one that could not be read, whose own faults are told elsewhere. */
export interface ReadableFile {
  readonly requesters: readonly (FileRequester | null)[];
  readonly clients: readonly (FileClient | null)[];
  readonly approvers: readonly (FileApprover | null)[];
}

/** Faults that no single field shows: unknown names, repeated values, and senders that could not be told apart. */
export function faultsOf({ requesters, clients }: ReadableFile, topics: TopicNames): readonly string[] {
  return [
    ...twins(requesters, 'requesters', 'uid', ({ uid }) => [uid]),
    ...twins(requesters, 'requesters', 'name', ({ name }) => [name]),
    ...twins(clients, 'clients', 'name', ({ name }) => [name]),
    ...each(requesters, unknownEngines),
    ...unbound(requesters),
    ...sharedTopics(requesters),
    ...reservedTopics(requesters, topics),
    ...onCommonTopic(requesters, topics),
    ...twins(requesters, 'requesters', 'signing', ({ signing }) => keysOf(signing), KEY_WAY_OUT),
    ...each(clients, (client, index) => clientFaults(client, index, requesters)),
  ];
}

export function each<T>(
  entries: readonly (T | null)[],
  faults: (entry: T, index: number) => readonly string[],
): readonly string[] {
  return entries.flatMap((entry, index) => (entry === null ? [] : faults(entry, index)));
}

/** Both spellings of `signing` together. */
export const keysOf = (signing: FileRequester['signing']): readonly string[] => [
  ...(signing?.publicKey === undefined ? [] : [signing.publicKey]),
  ...(signing?.publicKeys ?? []),
];

const topicsOf = ({ topics }: FileRequester): readonly string[] => topics ?? [];

const KEY_WAY_OUT =
  'whoever holds the private key could speak for both accounts; give each requester a key of its own';

/** One fault for each value that stands in two entries, or twice in one. */
export function twins<T>(
  entries: readonly (T | null)[],
  list: string,
  field: string,
  valuesOf: (entry: T) => readonly string[],
  wayOut = 'each may stand there once; remove one',
): readonly string[] {
  const first = new Map<string, number>();
  return each(entries, (entry, index) =>
    valuesOf(entry).flatMap((value) => {
      const before = first.get(value);
      first.set(value, before ?? index);
      return before === undefined
        ? []
        : [`${list}[${index}].${field} repeats ${quoted(value)} of ${list}[${before}]: ${wayOut}`];
    }),
  );
}

/** Faults of requesters without a binding. A single requester needs none; with two or more, each must be proved. */
function unbound(requesters: readonly (FileRequester | null)[]): readonly string[] {
  if (requesters.length < 2) return [];
  return each(requesters, ({ uid, topics, signing }, index) =>
    topics === undefined && signing === undefined
      ? [
          `requesters[${index}] (${uid}) has neither "topics" nor "signing": with more than one requester each must be told from the others; give it a topic of its own, or keys to sign with`,
        ]
      : [],
  );
}

function sharedTopics(requesters: readonly (FileRequester | null)[]): readonly string[] {
  const first = new Map<string, { readonly index: number; readonly signs: boolean }>();
  return each(requesters, (one, index) =>
    [...new Set(topicsOf(one))].flatMap((topic, at) => {
      const signs = one.signing !== undefined;
      const before = first.get(topic);
      first.set(topic, before ?? { index, signs });
      return before === undefined || (signs && before.signs)
        ? []
        : [
            `requesters[${index}].topics[${at}] is ${quoted(topic)}, which requesters[${before.index}] is bound to as well: a shared topic proves nobody; give each its own, or both "signing"`,
          ];
    }),
  );
}

function reservedTopics(
  requesters: readonly (FileRequester | null)[],
  { reserved }: TopicNames,
): readonly string[] {
  const names = reserved.map((name) => name.toLowerCase());
  return each(requesters, (one, index) =>
    topicsOf(one).flatMap((topic, at) =>
      names.includes(topic.toLowerCase())
        ? [
            `requesters[${index}].topics[${at}] is ${quoted(topic)}, a topic of the installation itself, from which no request is taken; give the requester another`,
          ]
        : [],
    ),
  );
}

/** Who is bound to no topic may publish to the common one. If that proved somebody else, it would prove nobody. */
function onCommonTopic(
  requesters: readonly (FileRequester | null)[],
  { common }: TopicNames,
): readonly string[] {
  const bound = requesters.findIndex((one) => one?.topics?.includes(common));
  if (bound < 0) return [];
  return each(requesters, ({ uid, topics }, index) =>
    topics === undefined
      ? [
          `requesters[${index}] (${uid}) has no "topics" and so sends to ${quoted(common)}, to which requesters[${bound}] is bound: a topic proves one requester; give it "topics" of its own`,
        ]
      : [],
  );
}

function clientFaults(
  { requesters: uids, requestAt }: FileClient,
  index: number,
  requesters: readonly (FileRequester | null)[],
): readonly string[] {
  return uids.flatMap((uid, at) => {
    const place = `clients[${index}].requesters[${at}] is ${quoted(uid)}`;
    const requester = requesters.find((one): one is FileRequester => one?.uid === uid);
    if (requester === undefined)
      // One that could not be read may be the one that is meant.
      return requesters.includes(null)
        ? []
        : [`${place}, which is not among the requesters; list it there or take it out here`];
    return requestAt !== undefined && requester.signing !== undefined
      ? [
          `${place}, whose requests must be signed: a request that is taken out of another body carries no signature of its own; take "requestAt" or that requester out`,
        ]
      : [];
  });
}
