import { ApiError } from '../error.ts';
import { type FcOperation, jsonAnswer } from './request.ts';

/** Pages as the API does: `limit` 1-100 (default 20), `nextToken` is the name that the next page begins with. */
export const listFunctions: FcOperation = {
  name: 'ListFunctions',
  kind: 'read',
  page: 'ListFunctions - Query a list of functions',
  method: 'GET',
  path: /^\/functions$/,
  permission: (functions) => ({ action: 'fc:ListFunctions', resource: `${functions}/*` }),
  run: async (call) => {
    const { query } = call.request;
    const limit = Number(query.get('limit') ?? '20');
    if (!Number.isInteger(limit) || limit < 1 || limit > 100) {
      throw new ApiError(400, 'InvalidArgument', 'limit must be a whole number from 1 to 100');
    }
    const prefix = query.get('prefix') ?? '';
    const from = query.get('nextToken') ?? '';
    const all = call.functions.describe?.(call.account.uid) ?? [];
    const rest = all.filter((f) => f.functionName.startsWith(prefix) && f.functionName >= from);
    const next = rest[limit]?.functionName;
    const functions = rest.slice(0, limit).map((f) => f.configuration);
    return jsonAnswer(call, next === undefined ? { functions } : { functions, nextToken: next });
  },
};
