import { bodyOf, checked, nothing, type SlsOperation } from '../operation.ts';
import { onNamed, projectsOf, tagging } from '../tags.ts';

export const tagResources: SlsOperation = {
  name: 'TagResources',
  kind: 'write',
  method: 'POST',
  path: '/tag',
  inProject: false,
  resource: onNamed,
  run(call) {
    const { resourceId, tags } = checked(tagging, bodyOf(call));
    for (const project of projectsOf(call, resourceId))
      for (const { key, value } of tags) project.tags.set(key, value);
    return nothing(call);
  },
};
