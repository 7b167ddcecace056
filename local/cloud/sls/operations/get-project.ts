import { jsonAnswer, onProject, projectOf, type SlsOperation } from '../operation.ts';
import { shownProject } from '../project.ts';

export const getProject: SlsOperation = {
  name: 'GetProject',
  kind: 'read',
  method: 'GET',
  path: '/',
  inProject: true,
  resource: onProject,
  run: (call) => jsonAnswer(call, shownProject(call, call.project, projectOf(call))),
};
