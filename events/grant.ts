import * as z from './zod.ts';

/** One thing that a role grants. */
export const grantSchema = z.object({
  /** An engine or a connection; of a console role `account`, or `user:<name>`. */
  id: z.string(),
  /** When it ends; null for never. */
  expiresAt: z.nullable(z.string()),
  /** The only instances that may be modified; null for all, and where nothing may be. */
  instances: z.nullable(z.array(z.string())),
  /** Whether it is without the rights that modify. */
  readOnly: z.boolean(),
});

export type Grant = z.output<typeof grantSchema>;
