import * as z from './zod.ts';

/** The event of an HTTP trigger, version `v1`. Header names come in any case. */
export const httpEventSchema = z.object({
  version: z.literal('v1'),
  rawPath: z.string(),
  body: z._default(z.string(), ''),
  isBase64Encoded: z._default(z.boolean(), false),
  headers: z._default(z.record(z.string(), z.string()), {}),
  queryParameters: z._default(z.record(z.string(), z.string()), {}),
  requestContext: z.object({
    requestId: z.optional(z.string()),
    http: z.object({ method: z.string(), path: z.optional(z.string()), sourceIp: z.optional(z.string()) }),
  }),
});

export type HttpEvent = z.output<typeof httpEventSchema>;

/** What an HTTP function answers. */
export interface HttpAnswer {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly isBase64Encoded: false;
  readonly body: string;
}
