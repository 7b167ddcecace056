import { invalidArgument } from '../errors.ts';
import { type FcOperation, noContent } from '../operation.ts';
import { functionsOf, LIMIT, onNamed, taggingIn } from '../tags.ts';

/** Adds tags, or new values of tags, to all the functions named or to none. The limit of 20 is inferred. */
export const tagResources: FcOperation = {
  name: 'TagResources',
  kind: 'write',
  page: 'TagResources - Add tags to resources',
  method: 'POST',
  path: '/tags-v2',
  // The functions stand in the body only.
  resource: [],
  further: (call) => onNamed(call, 'fc:TagResources'),
  run: (call) => {
    const { ResourceId, Tag } = taggingIn(call);
    const added = Tag.map(({ Key, Value }) => [Key, Value] as const);
    const after = functionsOf(call.account, call.world.region, ResourceId).map((fn) => ({
      fn,
      tags: new Map([...fn.tags, ...added]),
    }));
    const over = after.find(({ tags }) => tags.size > LIMIT);
    if (over !== undefined) throw invalidArgument(`function '${over.fn.name}' has at most ${LIMIT} tags`);
    for (const { fn, tags } of after) fn.tags = tags;
    return noContent(call);
  },
};
