import { page } from '../../paging.ts';
import { fitsTags, tagFilter } from '../../tag-rules.ts';
import { allResources, ramOperation } from '../operation.ts';
import { marker, pageSize, parameters, resourceNames, resourceType } from '../parameters.ts';
import { key } from '../state.ts';
import { allTaggable, existing } from '../tagging.ts';

/**
 * The tags of the resources that have all tags of the filter, one row each. A name that does not exist has no rows:
 * it is no error.
 */
export const listTagResources = ramOperation({
  name: 'ListTagResources',
  kind: 'read',
  input: parameters({
    ResourceType: resourceType,
    ResourceNames: resourceNames.optional(),
    Tag: tagFilter,
    PageSize: pageSize,
    NextToken: marker,
  }),
  resources: () => allResources,
  run(input, call) {
    const { ResourceType: type, ResourceNames: names } = input;
    const rows = (names === undefined ? allTaggable(call, type) : existing(call, type, names))
      .filter((resource) => fitsTags(resource.tags, input.Tag))
      .flatMap(({ name, tags }) =>
        [...tags].map(([TagKey, TagValue]) => ({
          ResourceType: type,
          ResourceName: name,
          TagKey,
          TagValue,
        })),
      );
    const request = { marker: input.NextToken, size: input.PageSize, parameter: 'NextToken' } as const;
    const { items, next } = page(rows, (row) => `${key(row.ResourceName)}\n${row.TagKey}`, request);
    return next === null ? { TagResources: items } : { TagResources: items, NextToken: next };
  },
});
