import { bodyOf, checked, nothing, type SlsOperation } from '../operation.ts';
import { onNamed, projectsOf, untagging } from '../tags.ts';

export const untagResources: SlsOperation = {
  name: 'UntagResources',
  kind: 'write',
  method: 'POST',
  path: '/untag',
  inProject: false,
  resource: onNamed,
  run(call) {
    const { resourceId, tags, all } = checked(untagging, bodyOf(call));
    for (const project of projectsOf(call, resourceId))
      for (const key of all ? [...project.tags.keys()] : tags) project.tags.delete(key);
    return nothing(call);
  },
};
