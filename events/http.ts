import * as z from 'zod';

/** The event of an HTTP trigger, version `v1`. Header names come in any case. */
export const httpEventSchema = z.object({
  version: z.literal('v1'),
  rawPath: z.string(),
  body: z.string().default(''),
  isBase64Encoded: z.boolean().default(false),
  headers: z.record(z.string(), z.string()).default({}),
  queryParameters: z.record(z.string(), z.string()).default({}),
  requestContext: z.object({
    requestId: z.string().optional(),
    http: z.object({ method: z.string(), path: z.string().optional(), sourceIp: z.string().optional() }),
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
