import * as z from 'zod';
import { ApiError } from '../../error.ts';
import { bodyOf, checked, named, nothing, type SlsOperation } from '../operation.ts';
import { description, projectName } from '../project.ts';
import { newProject } from '../state.ts';

const input = z.object({
  projectName,
  description: description.default(''),
  resourceGroupId: z.string().default(''),
});

export const createProject: SlsOperation = {
  name: 'CreateProject',
  kind: 'write',
  method: 'POST',
  path: '/',
  inProject: false,
  resource: (call) => `project/${named(call, 'projectName')}`,
  run(call) {
    const { projects } = call.account.sls;
    const wanted = checked(input, bodyOf(call));
    if (projects.has(wanted.projectName))
      throw new ApiError(400, 'ProjectAlreadyExist', `Project ${wanted.projectName} already exist`);
    const now = call.world.clock.now();
    projects.set(wanted.projectName, newProject(now, wanted.description, wanted.resourceGroupId));
    return nothing(call);
  },
};
