import * as z from '../../events/zod.ts';
import { parseAnswer } from './answers.ts';
import { CloudError } from './errors.ts';
import { type FcOptions, fcCall, nameOf } from './fc-client.ts';

/** How long one call may take, in ms. */
const CALL_MS = 30_000;

const triggerAnswer = z.object({ httpTrigger: z.object({ urlInternet: z.string() }) });

/** A small function as `doctor --live` makes one. */
export interface NewFunction {
  readonly role: string;
  /** A zip with an `index.js`. */
  readonly zip: Uint8Array;
}

/**
 * Makes and takes away functions, of API 2023-03-30. An installation is deployed by the vendor's tool; this is for what
 * is there for a minute. Every call throws `CloudError`.
 */
export function functionAdmin(options: FcOptions) {
  const call = (sent: Parameters<typeof fcCall>[1]) => fcCall(options, sent, CALL_MS);
  const remove = async (sent: Parameters<typeof fcCall>[1]): Promise<void> => {
    try {
      await call({ ...sent, method: 'DELETE' });
    } catch (error) {
      if (!(error instanceof CloudError) || error.failure.status !== 404) throw error;
    }
  };
  return {
    async create(functionName: string, { role, zip }: NewFunction): Promise<void> {
      const code = { zipFile: Buffer.from(zip).toString('base64') };
      const body = { functionName, runtime: 'nodejs20', handler: 'index.handler', role, code };
      await call({ operation: 'CreateFunction', functionName, body });
    },
    /** Answers the address at which anybody may call it. */
    async openHttp(functionName: string, triggerName: string): Promise<string> {
      const triggerConfig = JSON.stringify({ authType: 'anonymous', methods: ['POST'] });
      const body = { triggerName, triggerType: 'http', triggerConfig };
      const sent = { operation: 'CreateTrigger', functionName, path: '/triggers', body } as const;
      const answer = JSON.parse((await call(sent)).text);
      return parseAnswer(nameOf(sent), triggerAnswer, answer).httpTrigger.urlInternet;
    },
    /** `onFailure`: ARN of what takes an event that failed at every attempt. */
    async configure(functionName: string, retries: number, onFailure: string): Promise<void> {
      await call({
        operation: 'PutAsyncInvokeConfig',
        functionName,
        path: '/async-invoke-config',
        query: { qualifier: 'LATEST' },
        method: 'PUT',
        body: {
          asyncTask: true,
          maxAsyncRetryAttempts: retries,
          destinationConfig: { onFailure: { destination: onFailure } },
        },
      });
    },
    /** Resolves when the event is taken, which one `taskId` is once at most. */
    async invokeLater(functionName: string, taskId: string): Promise<void> {
      const headers = { 'x-fc-invocation-type': 'Async', 'x-fc-async-task-id': taskId };
      await call({ operation: 'InvokeFunction', functionName, path: '/invocations', body: {}, headers });
    },
    /** Resolves where there is none. */
    closeHttp: (functionName: string, triggerName: string) =>
      remove({ operation: 'DeleteTrigger', functionName, path: `/triggers/${triggerName}` }),
    /** Resolves where there is none. */
    remove: (functionName: string) => remove({ operation: 'DeleteFunction', functionName }),
  };
}
