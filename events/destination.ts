import * as z from './zod.ts';

/**
 * What Function Compute delivers to a destination after the last attempt of an asynchronous invocation.
 * `requestPayload` is the event that the source function received, `responsePayload` what it returned or threw.
 *
 * Belief destination-record (inferred): the record of a failed event has the thrown text in responsePayload, and some
 * word in condition and functionError. Source: the manual in Chinese, "Best practices of asynchronous tasks", shows one
 * of a timeout, with the word InvocationError. Shown wrong by: doctor --live.
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
