import * as z from 'zod';
import { page } from '../../paging.ts';
import { fitsTags, tagFilter } from '../../tag-rules.ts';
import { mnsOpenOperation } from '../operation.ts';
import { allTagged, pathsOf, resourceIds, tagParameters } from '../tagging.ts';

const ROWS = 50;

/**
 * The tags of the queues or topics that have all tags of the filter, one row each. The form of the answer is inferred: no
 * client of the vendor has it; it is that of the vendor's other tag operations, in `Data`.
 */
export const listTagResources = mnsOpenOperation({
  name: 'ListTagResources',
  kind: 'read',
  input: tagParameters({
    ResourceId: resourceIds.optional(),
    Tag: tagFilter,
    NextToken: z.string().default(''),
  }),
  path: ({ ResourceType, ResourceId }) => pathsOf(ResourceType, ResourceId ?? ['*']),
  run({ ResourceType, ResourceId, Tag, NextToken }, { account }) {
    const rows = allTagged(account, ResourceType, ResourceId)
      .filter(({ tags }) => fitsTags(tags, Tag))
      .flatMap(({ name, tags }) =>
        [...tags].map(([TagKey, TagValue]) => ({ ResourceType, ResourceId: name, TagKey, TagValue })),
      );
    const request = { marker: NextToken, size: ROWS, parameter: 'NextToken' } as const;
    const { items, next } = page(rows, (row) => `${row.ResourceId}\n${row.TagKey}`, request);
    return { TagResources: items, ...(next === null ? {} : { NextToken: next }) };
  },
});
