import * as z from 'zod';
import { checked, jsonAnswer, page, queryOf, type SlsOperation } from '../operation.ts';
import { shownProject } from '../project.ts';

const input = z.object({
  projectName: z.string().default(''),
  resourceGroupId: z.string().default(''),
  ...page,
});

export const listProject: SlsOperation = {
  name: 'ListProject',
  kind: 'read',
  method: 'GET',
  path: '/',
  inProject: false,
  resource: () => 'project/*',
  run(call) {
    const { projectName, resourceGroupId, offset, size } = checked(input, queryOf(call));
    const found = [...call.account.sls.projects].filter(
      ([name, project]) =>
        name.includes(projectName) && (resourceGroupId === '' || project.resourceGroupId === resourceGroupId),
    );
    const projects = found.slice(offset, offset + size).map(([name, one]) => shownProject(call, name, one));
    return jsonAnswer(call, { count: projects.length, total: found.length, projects });
  },
};
