import { nothing, onProject, projectOf, type SlsOperation } from '../operation.ts';

export const deleteProjectPolicy: SlsOperation = {
  name: 'DeleteProjectPolicy',
  kind: 'write',
  method: 'DELETE',
  path: '/policy',
  inProject: true,
  resource: onProject,
  run(call) {
    projectOf(call).policy = '';
    return nothing(call);
  },
};
