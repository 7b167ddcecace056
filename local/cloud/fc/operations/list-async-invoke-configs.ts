import { asyncConfigAnswer } from '../answers.ts';
import { type FcOperation, jsonAnswer } from '../operation.ts';
import { pageOf } from '../paging.ts';

/** Of one function, or of all. */
export const listAsyncInvokeConfigs: FcOperation = {
  name: 'ListAsyncInvokeConfigs',
  kind: 'read',
  page: 'ListAsyncInvokeConfigs - Query a list of asynchronous invocation configurations',
  method: 'GET',
  path: '/async-invoke-configs',
  action: 'fc:ListFunctionAsyncInvokeConfigs',
  resource: 'async-invoke-configs/*',
  run: (call) => {
    const wanted = call.request.query.get('functionName') || null;
    const having = [...call.account.fc.functions].filter(
      ([name, fn]) => fn.asyncConfig !== null && (wanted === null || name === wanted),
    );
    const { page, next } = pageOf(call, new Map(having));
    return jsonAnswer(call, { configs: page.map(asyncConfigAnswer), ...next });
  },
};
