import { jsonAnswer, nothing, onProject, projectOf, type SlsOperation } from '../operation.ts';

/** The text as it was put; without one an empty body. */
export const getProjectPolicy: SlsOperation = {
  name: 'GetProjectPolicy',
  kind: 'read',
  method: 'GET',
  path: '/policy',
  inProject: true,
  resource: onProject,
  run(call) {
    const { policy } = projectOf(call);
    return policy === '' ? nothing(call) : { ...jsonAnswer(call, null), body: policy };
  },
};
