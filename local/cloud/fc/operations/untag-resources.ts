import { invalidArgument } from '../errors.ts';
import { type FcOperation, noContent } from '../operation.ts';
import { functionsOf, onNamed, untaggingIn } from '../tags.ts';

/** Removes tags; a key that is not there is no error. `All` counts only where no keys are named. */
export const untagResources: FcOperation = {
  name: 'UntagResources',
  kind: 'write',
  page: 'UntagResources - Remove tags from resources',
  method: 'DELETE',
  path: '/tags-v2',
  // The functions stand in the query only.
  resource: [],
  further: (call) => onNamed(call, 'fc:UntagResources'),
  run: (call) => {
    const { ResourceId, TagKey, All } = untaggingIn(call);
    if (TagKey === undefined && !All) throw invalidArgument('TagKey or All=true is missing');
    for (const fn of functionsOf(call.account, call.world.region, ResourceId))
      fn.tags = new Map([...fn.tags].filter(([key]) => TagKey?.includes(key) === false));
    return noContent(call);
  },
};
