import { ApiError } from '../../error.ts';
import { tagKeys } from '../../tag-rules.ts';
import { mnsOpenOperation } from '../operation.ts';
import { flag } from '../parameters.ts';
import { pathsOf, resourceIds, tagged, tagParameters } from '../tagging.ts';

/** Removes tags; a key that is not there is no error. `All` counts only where no keys are named. */
export const untagResources = mnsOpenOperation({
  name: 'UntagResources',
  kind: 'write',
  input: tagParameters({ ResourceId: resourceIds, TagKey: tagKeys.optional(), All: flag.default(false) }),
  path: ({ ResourceType, ResourceId }) => pathsOf(ResourceType, ResourceId),
  run({ ResourceType, ResourceId, TagKey, All }, { account }) {
    if (TagKey === undefined && !All)
      throw new ApiError(
        400,
        'MissingParameter',
        'The parameter TagKey or All is mandatory for this action.',
      );
    for (const resource of tagged(account, ResourceType, ResourceId))
      resource.tags = new Map([...resource.tags].filter(([key]) => TagKey?.includes(key) === false));
    return undefined;
  },
});
