import { checked, jsonAnswer, queryOf, type SlsOperation } from '../operation.ts';
import { listing, projectsOf } from '../tags.ts';

/** Without a project, of all. It is answered in one page. */
export const listTagResources: SlsOperation = {
  name: 'ListTagResources',
  kind: 'read',
  method: 'GET',
  path: '/tags',
  inProject: false,
  resource: () => 'project/*',
  run(call) {
    const { resourceId, tags = [] } = checked(listing, queryOf(call));
    const names = resourceId ?? [...call.account.sls.projects.keys()];
    const tagResources = projectsOf(call, names).flatMap((project, index) =>
      tags.every(({ key, value }) =>
        value === undefined ? project.tags.has(key) : project.tags.get(key) === value,
      )
        ? [...project.tags].map(([tagKey, tagValue]) => ({
            resourceType: 'project',
            resourceId: names[index],
            tagKey,
            tagValue,
          }))
        : [],
    );
    return jsonAnswer(call, { nextToken: '', tagResources });
  },
};
