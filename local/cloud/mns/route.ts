import { notCoveredAt } from '../not-covered.ts';
import type { RestRequest } from '../rest.ts';
import { mnsError } from './errors.ts';
import type { MnsOperation, PathNames, Query } from './operation.ts';
import { mnsOperations } from './operations/index.ts';

export interface Route {
  readonly operation: MnsOperation;
  readonly names: PathNames;
  readonly query: Query;
}

/**
 * Finds the operation of a request by method, path, query and root element.
 * Throws `InvalidRequestURL` 400 for what is no operation, `InvalidQueryString` 400 for a query item that none takes.
 */
export function findRoute(request: RestRequest): Route {
  const parts = request.path.split('/');
  const onPath = placesOf(request.method, parts.length).filter(({ pattern }) => matches(pattern, parts));
  if (onPath.length === 0 || (request.path === '/' && !request.query.has('accountmeta')))
    throw mnsError('InvalidRequestURL', `Http request URL format invalid. ${nothingAt(request)}`);
  const query = readQuery(request.query);
  const known = onPath.filter(({ operation }) => fitsQuery(operation, query));
  const [first] = known;
  if (first === undefined) throw invalidQuery([...query.keys()].join('&'));
  const root = rootName(request.body);
  const match = known.find(({ operation }) => operation.root === root) ?? first;
  return { operation: match.operation, names: namesIn(match.pattern, parts), query };
}

const nothingAt = ({ method, path }: RestRequest): string =>
  notCoveredAt({ method, path, names: [], product: 'mns of version "2015-06-06"' }, mnsOperations);

interface Place {
  readonly operation: MnsOperation;
  readonly pattern: readonly string[];
}

/** Operations by method and number of parts of the path, made once. */
const places = new Map<string, Place[]>();
for (const operation of mnsOperations) {
  const pattern = operation.path.split('/');
  const key = `${operation.method} ${pattern.length}`;
  places.set(key, [...(places.get(key) ?? []), { operation, pattern }]);
}

const placesOf = (method: string, length: number): readonly Place[] =>
  places.get(`${method} ${length}`) ?? [];

const matches = (pattern: readonly string[], parts: readonly string[]): boolean =>
  pattern.every((part, index) => part.startsWith(':') || part === parts[index]);

function namesIn(pattern: readonly string[], parts: readonly string[]): PathNames {
  const part = (name: string): string => parts[pattern.indexOf(name)] ?? '';
  return { queue: part(':queue'), topic: part(':topic'), subscription: part(':subscription') };
}

function readQuery(search: URLSearchParams): Query {
  const query = new Map<string, string>();
  for (const [name, value] of search) {
    const key = name.slice(0, 1).toLowerCase() + name.slice(1);
    if (query.has(key)) throw invalidQuery(name);
    query.set(key, value);
  }
  return query;
}

function fitsQuery({ query }: MnsOperation, items: Query): boolean {
  const required = query?.required ?? [];
  const allowed = [...required, ...(query?.optional ?? [])];
  return (
    required.every((name) => items.has(name)) && [...items.keys()].every((name) => allowed.includes(name))
  );
}

/**
 * What stands before the first element: instructions and comments, each up to its first end. Could one go on behind that,
 * there would be as many ways to read twenty of them as there are subsets, and anybody may send them, without a key.
 */
const ROOT = /^\ufeff?(?:\s|<\?(?:[^?]|\?(?!>))*\?>|<!--(?:[^-]|-(?!->))*-->)*<([A-Za-z]+)/;

/** The name of the first element, without parsing the rest: the operation itself parses. */
const rootName = (body: Buffer): string | undefined => ROOT.exec(body.toString('utf8', 0, 1024))?.[1];

function invalidQuery(item: string): Error {
  return mnsError('InvalidQueryString', `Http request URL contains invalid querystring item "${item}".`);
}
