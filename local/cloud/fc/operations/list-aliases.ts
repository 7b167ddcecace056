import { functionOf } from '../find.ts';
import { type FcOperation, jsonAnswer } from '../operation.ts';

/** There is LATEST and nothing else here. Throws 404 `FunctionNotFound`. */
export const listAliases: FcOperation = {
  name: 'ListAliases',
  kind: 'read',
  page: 'ListAliases - Query a list of aliases',
  method: 'GET',
  path: '/functions/:function/aliases',
  resource: 'functions/:function/aliases/*',
  run: (call) => {
    functionOf(call);
    return jsonAnswer(call, { aliases: [] });
  },
};
