import { functionOf } from '../find.ts';
import { type FcOperation, jsonAnswer } from '../operation.ts';

/** There is no network here, so none is bound. Throws 404 `FunctionNotFound`. */
export const listVpcBindings: FcOperation = {
  name: 'ListVpcBindings',
  kind: 'read',
  page: 'ListVpcBindings - Query a list of VPCs that are bound to a function',
  method: 'GET',
  path: '/functions/:function/vpc-bindings',
  resource: 'functions/:function/vpc-bindings/*',
  run: (call) => {
    functionOf(call);
    return jsonAnswer(call, { vpcIds: [] });
  },
};
