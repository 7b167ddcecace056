import * as z from './zod.ts';

/** Ids of the checks of a role that do not depend on what is granted. docs/explain/checks.md says what each looks at. */
export const CHECK_IDS = [
  'owner-account',
  'role-exists',
  'ownership',
  'trust-dms',
  'trust-requester',
  'trust-closed',
  'policies-attached',
  'policy-content',
  'console-policy',
  'assume-role',
  'assume-role-denied',
  'connection:vpc',
] as const;

/** One of those, or `engine:<id>` for one engine. The list is closed: programs branch on it. */
export type CheckId = (typeof CHECK_IDS)[number] | `engine:${string}`;

export const checkSchema = z.object({
  /** `trust-dms`, `engine:redis`, ...: see `CHECK_IDS`. */
  id: z.string(),
  /** `skip`: could not be checked, and `detail` says why; never to be read as a pass. */
  status: z.enum(['pass', 'fail', 'skip']),
  detail: z.string(),
  /** What to do about a failure; null for a check that did not fail. */
  fix: z.nullable(z.string()),
});

export type Check = z.output<typeof checkSchema>;
