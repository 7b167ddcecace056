import { ApiError } from '../../error.ts';
import { tagKeys } from '../../tag-rules.ts';
import { allResources, ramOperation } from '../operation.ts';
import { boolean, parameters, resourceNames, resourceType } from '../parameters.ts';
import { taggable } from '../tagging.ts';

/** Removes tags; a key that is not there is no error. Errors: `EntityNotExist.Role`, `EntityNotExist.Policy`. */
export const untagResources = ramOperation({
  name: 'UntagResources',
  kind: 'write',
  input: parameters({
    ResourceType: resourceType,
    ResourceNames: resourceNames,
    TagKeys: tagKeys.optional(),
    All: boolean.default(false),
  }),
  resources: () => allResources,
  run(input, call) {
    if (input.TagKeys === undefined && !input.All) {
      throw new ApiError(
        400,
        'MissingParameter',
        'The parameter TagKeys or All is mandatory for this action.',
      );
    }
    for (const resource of taggable(call, input.ResourceType, input.ResourceNames)) {
      // `All` counts only where no keys are named, as in the vendor's other tag operations.
      for (const tagKey of input.TagKeys ?? [...resource.tags.keys()]) resource.tags.delete(tagKey);
    }
    return {};
  },
});
