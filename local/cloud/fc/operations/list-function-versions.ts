import { functionOf } from '../find.ts';
import { type FcOperation, jsonAnswer } from '../operation.ts';

/** There is LATEST and nothing else here. Throws 404 `FunctionNotFound`. */
export const listFunctionVersions: FcOperation = {
  name: 'ListFunctionVersions',
  kind: 'read',
  page: 'ListFunctionVersions - Query the versions of a function',
  method: 'GET',
  path: '/functions/:function/versions',
  resource: 'functions/:function/versions/*',
  run: (call) => {
    functionOf(call);
    return jsonAnswer(call, { versions: [] });
  },
};
