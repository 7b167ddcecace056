import * as z from './zod.ts';

/** `register`: the role that DMS assumes. `console`: the role that RAM users of the requester switch to. */
export const ACCESS_KINDS = ['register', 'console'] as const;

export const accessSchema = z.enum(ACCESS_KINDS, { error: 'expected "register" or "console"' });

export type Access = z.output<typeof accessSchema>;
