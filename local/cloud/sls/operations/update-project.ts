import * as z from 'zod';
import { bodyOf, checked, nothing, onProject, projectOf, type SlsOperation } from '../operation.ts';
import { description } from '../project.ts';

const input = z.object({ description });

export const updateProject: SlsOperation = {
  name: 'UpdateProject',
  kind: 'write',
  method: 'PUT',
  path: '/',
  inProject: true,
  resource: onProject,
  run(call) {
    const project = projectOf(call);
    project.description = checked(input, bodyOf(call)).description;
    project.modifiedAt = call.world.clock.now();
    return nothing(call);
  },
};
