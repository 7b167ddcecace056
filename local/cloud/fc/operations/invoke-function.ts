import { ApiError } from '../../error.ts';
import type { RestResponse } from '../../rest.ts';
import { reserveTask } from '../async-tasks.ts';
import { functionNotFound } from '../errors.ts';
import type { FcCall, FcOperation } from '../operation.ts';

/**
 * `x-fc-invocation-type: Sync` (default) answers 200 with what the function returned, a throw included, which
 * `x-fc-error-type` tells; `Async` answers 202 when the event is queued. Throws 404 `FunctionNotFound`,
 * 429 `ResourceThrottled`, 400 `EntityTooLarge` and `InvalidArgument`.
 */
export const invokeFunction: FcOperation = {
  name: 'InvokeFunction',
  kind: 'write',
  page: 'InvokeFunction - Invoke a function',
  method: 'POST',
  path: '/functions/:function/invocations',
  resource: 'functions/:function',
  run: async (call) => {
    const { request, names } = call;
    if ((request.query.get('qualifier') ?? 'LATEST') !== 'LATEST') throw functionNotFound(names.function);
    const type = header(call, 'x-fc-invocation-type', 'Sync', ['Sync', 'Async']);
    const logType = header(call, 'x-fc-log-type', 'None', ['None', 'Tail']);
    return type === 'Async' ? enqueue(call) : invoke(call, logType === 'Tail');
  },
};

async function invoke(call: FcCall, withLog: boolean): Promise<RestResponse> {
  const { functions, account, names, request } = call;
  const event = { accountId: account.uid, functionName: names.function, payload: request.body };
  const answer = await functions.invoke(event);
  const log = withLog ? Buffer.from(answer.logTail?.() ?? '', 'utf8').toString('base64') : null;
  return {
    status: 200,
    headers: {
      'content-type': 'application/octet-stream',
      'x-fc-request-id': answer.requestId,
      ...(answer.errorType === null ? {} : { 'x-fc-error-type': answer.errorType }),
      ...(log === null ? {} : { 'x-fc-log-result': log }),
    },
    body: answer.body,
  };
}

async function enqueue(call: FcCall): Promise<RestResponse> {
  const { world, functions, account, names, request } = call;
  const taskId = request.headers['x-fc-async-task-id'];
  const functionArn = `acs:fc:${world.region}:${account.uid}:functions/${names.function}`;
  if (taskId !== undefined) reserveTask(world, functionArn, taskId);
  const event = { accountId: account.uid, functionName: names.function, payload: request.body };
  const { requestId } = await functions.enqueue(event);
  return {
    status: 202,
    headers: {
      'x-fc-request-id': requestId,
      ...(taskId === undefined ? {} : { 'x-fc-async-task-id': taskId }),
    },
    body: '',
  };
}

function header(call: FcCall, name: string, fallback: string, known: readonly string[]): string {
  const value = call.request.headers[name] ?? fallback;
  if (known.includes(value)) return value;
  throw new ApiError(400, 'InvalidArgument', `${name} must be one of ${known.join(', ')}`);
}
