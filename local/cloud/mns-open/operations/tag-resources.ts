import { ApiError } from '../../error.ts';
import { tags } from '../../tag-rules.ts';
import { mnsOpenOperation } from '../operation.ts';
import { pathsOf, resourceIds, tagged, tagParameters } from '../tagging.ts';

const LIMIT = 20;

/** Adds tags, or new values of tags, to all that is named or to none. The limit and its code are inferred. */
export const tagResources = mnsOpenOperation({
  name: 'TagResources',
  kind: 'write',
  input: tagParameters({ ResourceId: resourceIds, Tag: tags.min(1) }),
  path: ({ ResourceType, ResourceId }) => pathsOf(ResourceType, ResourceId),
  run(input, { account }) {
    const after = tagged(account, input.ResourceType, input.ResourceId).map((resource) => ({
      resource,
      tags: new Map([...resource.tags, ...input.Tag.map(({ Key, Value }) => [Key, Value] as const)]),
    }));
    if (after.some((one) => one.tags.size > LIMIT))
      throw new ApiError(409, 'LimitExceeded.Tag', `A resource has up to ${LIMIT} tags.`);
    for (const one of after) one.resource.tags = one.tags;
    return undefined;
  },
});
