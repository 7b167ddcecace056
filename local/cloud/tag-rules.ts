import * as z from 'zod';

const tagKey = z
  .string()
  .min(1)
  .max(128)
  // The vendor's rules for keys of custom tags ("Limits on tags").
  .refine((key) => !/^(aliyun|acs:)/i.test(key) && !/https?:\/\//i.test(key), 'The tag key is reserved.');
const tagValue = z.string().max(256);

const unique = <Item>(items: readonly Item[], key: (item: Item) => string): boolean =>
  new Set(items.map(key)).size === items.length;

/** Up to 20 tags, each key once. */
export const tags = z
  .array(z.object({ Key: tagKey, Value: tagValue.default('') }))
  .max(20)
  .refine((list) => unique(list, (tag) => tag.Key), 'A tag key is given twice.');

/** Tags that a resource must have, all of them. One without a value asks for the key alone. */
export const tagFilter = z
  .array(z.object({ Key: z.string().min(1).max(128), Value: tagValue.optional() }))
  .max(20)
  .default([]);

export const tagKeys = z.array(z.string().min(1).max(128)).min(1).max(20);

/** Whether tags satisfy a filter. */
export const fitsTags = (tags: ReadonlyMap<string, string>, filter: z.output<typeof tagFilter>): boolean =>
  filter.every(({ Key, Value }) => (Value === undefined ? tags.has(Key) : tags.get(Key) === Value));
