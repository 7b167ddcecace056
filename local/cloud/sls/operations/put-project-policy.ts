import * as z from 'zod';
import { bodyOf, checked, nothing, onProject, projectOf, type SlsOperation } from '../operation.ts';

/** It is kept and shown; nothing is decided by it here. */
export const putProjectPolicy: SlsOperation = {
  name: 'PutProjectPolicy',
  kind: 'write',
  method: 'POST',
  path: '/policy',
  inProject: true,
  resource: onProject,
  run(call) {
    const project = projectOf(call);
    checked(z.looseObject({ Version: z.string(), Statement: z.array(z.looseObject({})) }), bodyOf(call));
    project.policy = call.request.body.toString('utf8');
    return nothing(call);
  },
};
