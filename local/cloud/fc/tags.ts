import * as z from 'zod';
import type { Permission } from '../operation.ts';
import { tagFilter, tagKeys, tags } from '../tag-rules.ts';
import type { Account } from '../world.ts';
import { functionNotFound, invalidArgument } from './errors.ts';
import { checked } from './function-input.ts';
import { jsonOf, objectIn } from './json.ts';
import { bodyOf, type FcCall } from './operation.ts';
import type { FunctionRecord } from './state.ts';

const resourceId = z.array(z.string().min(1)).min(1).max(50);
const resourceType = z.literal('function', { error: 'functions alone have tags here' });

const tagging = z.object({
  ResourceId: resourceId,
  // The vendor's client does not require it.
  ResourceType: resourceType.optional(),
  Tag: tags.min(1),
});
const untagging = z.object({
  ResourceId: resourceId,
  ResourceType: resourceType,
  TagKey: tagKeys.optional(),
  All: z
    .string()
    .regex(/^(true|false)$/i)
    .default('false')
    .transform((all) => all.toLowerCase() === 'true'),
});
const listing = z.object({
  ResourceId: resourceId.optional(),
  ResourceType: resourceType,
  Tag: tagFilter,
  Limit: z.coerce.number().int().min(1).max(100).default(50),
  NextToken: z.string().default(''),
});

export const taggingIn = (call: FcCall) => checked(tagging, bodyOf(call), 'body');
export const untaggingIn = (call: FcCall) => checked(untagging, queryOf(call), 'query');
export const listingIn = (call: FcCall) => checked(listing, queryOf(call), 'query');

const LISTS = ['ResourceId', 'TagKey', 'Tag'];

/** The parameters of the query, lists from their JSON text. */
const queryOf = ({ request: { query } }: FcCall): object =>
  Object.fromEntries(
    [...query]
      .filter(([, text]) => text !== '')
      .map(([name, text]) => [name, LISTS.includes(name) ? jsonOf(text) : text]),
  );

/** The right to every function that is named, before the request is judged; what names none is refused later. */
export function onNamed({ world, account, request }: FcCall, action: string): readonly Permission[] {
  const named =
    request.method === 'POST'
      ? objectIn(request.body.toString('utf8'))?.['ResourceId']
      : jsonOf(request.query.get('ResourceId') ?? '');
  const ids = Array.isArray(named) ? named.filter((id) => typeof id === 'string') : [];
  const resources = ids.length === 0 ? [`acs:fc:${world.region}:${account.uid}:functions/*`] : ids;
  return resources.map((resource) => ({ action, resource }));
}

/** The functions of these ARNs. All or none: throws 404 `FunctionNotFound` before any is changed. */
export function functionsOf(
  account: Account,
  region: string,
  ids: readonly string[],
): readonly FunctionRecord[] {
  const own = `acs:fc:${region}:${account.uid}:functions/`;
  return [...new Set(ids)].map((id) => {
    if (!id.startsWith('acs:fc:')) throw invalidArgument(`${id} is no ARN of a function, ${own}<name>`);
    if (!id.startsWith(own)) throw functionNotFound(id);
    return account.fc.function(id.slice(own.length));
  });
}

export const LIMIT = 20;

/** Tags as they are shown with a function. */
export const shownTags = (tags: ReadonlyMap<string, string>): readonly object[] =>
  [...tags].map(([Key, Value]) => ({ Key, Value }));
