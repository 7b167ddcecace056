import type { DestinationEvent } from '../../events/destination.ts';
import { functionArn } from '../../shared/runtime/context.ts';
import type { Invocation } from '../../shared/runtime/handler.ts';

/** A record as the platform makes it for a destination, of an answer of our own. */
export const recordOf = (
  { clock, context, attempt }: Invocation,
  requestPayload: string,
  responsePayload: string,
): DestinationEvent => ({
  timestamp: clock.now(),
  requestContext: {
    requestId: context.requestId,
    functionArn: functionArn(context),
    condition: '',
    approximateInvokeCount: attempt + 1,
  },
  requestPayload,
  responseContext: { statusCode: 200, functionError: '' },
  responsePayload,
});
