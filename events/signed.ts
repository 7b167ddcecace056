import * as z from './zod.ts';

/**
 * The envelope of a signed request, as a message body: Standard Webhooks 1.0.0 without HTTP. `signature` covers
 * `id.timestamp.payload` byte for byte, so the request travels as the very text that was signed.
 */
export const signedSchema = z.strictObject({
  /** 1 to 128 characters; no full stop, because that is what parts the signed text. The request id of a request without one. */
  id: z.string().check(z.regex(/^[A-Za-z0-9_:-]{1,128}$/)),
  /** Seconds since the epoch in decimal digits; may lie 300 s before or after the time of publication. */
  timestamp: z.string().check(z.regex(/^[1-9][0-9]{0,10}$/)),
  /** `v1a,<base64 of an Ed25519 signature>`, several parted by single spaces while keys are rotated. */
  signature: z.string().check(z.minLength(1), z.maxLength(2_048)),
  /** The request, as JSON text. */
  payload: z.string(),
});

export type Signed = z.output<typeof signedSchema>;
