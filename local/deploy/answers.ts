import * as z from 'zod';

/** GetTempBucketToken. */
export const tokenSchema = z.object({
  credentials: z.object({
    AccessKeyId: z.string(),
    AccessKeySecret: z.string(),
    SecurityToken: z.string(),
  }),
  ossBucket: z.string(),
  objectName: z.string(),
});

/** GetFunction, as far as a deployment compares it. */
export const functionSchema = z.looseObject({ codeChecksum: z.string() });
