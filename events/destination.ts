import * as z from 'zod';

/**
 * What Function Compute delivers to a destination after the last attempt of an asynchronous invocation.
 * `requestPayload` is the event that the source function received, `responsePayload` what it returned or threw.
 */
export const destinationEventSchema = z.object({
  timestamp: z.number(),
  requestContext: z.object({
    requestId: z.string(),
    functionArn: z.string(),
    condition: z.string(),
    approximateInvokeCount: z.number(),
  }),
  requestPayload: z.string(),
  responseContext: z.object({ statusCode: z.number(), functionError: z.string() }),
  responsePayload: z.string(),
});

export type DestinationEvent = z.output<typeof destinationEventSchema>;
