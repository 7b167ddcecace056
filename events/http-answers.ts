import { PROBLEM_CODES } from './problem.ts';
import { REQUEST_ID } from './request-id.ts';
import * as z from './zod.ts';

/** 202 of `POST /requests`: the topic has taken the request; its outcome arrives on the reply topic. */
export const acceptedSchema = z.strictObject({
  /** The `correlationid` that the reply will carry. */
  requestId: z.string().check(z.regex(REQUEST_ID)),
  status: z.literal('accepted'),
});

/** 200 of `GET /health`: the function runs. Says nothing about the cloud behind it. */
export const healthSchema = z.strictObject({ status: z.literal('ok') });

/** Every other answer: RFC 9457, `application/problem+json`. `code` is what programs branch on, together with the status. */
export const httpProblemSchema = z.strictObject({
  type: z.string().check(z.regex(/^urn:dms-handshake:problem:[a-z-]+$/)),
  title: z.string(),
  status: z.int().check(z.minimum(400), z.maximum(599)),
  /** What is wrong, where, and the way out. */
  detail: z.string(),
  code: z.enum(PROBLEM_CODES),
  /** Whether the same call may succeed later without a change; left out where it cannot. */
  retryable: z.optional(z.literal(true)),
});

export type Accepted = z.output<typeof acceptedSchema>;
export type HttpProblem = z.output<typeof httpProblemSchema>;
