import { nothing, onProject, projectOf, type SlsOperation } from '../operation.ts';

/** Its logstores go with it. */
export const deleteProject: SlsOperation = {
  name: 'DeleteProject',
  kind: 'write',
  method: 'DELETE',
  path: '/',
  inProject: true,
  resource: onProject,
  run(call) {
    projectOf(call);
    call.account.sls.projects.delete(call.project);
    return nothing(call);
  },
};
