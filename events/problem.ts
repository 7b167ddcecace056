import * as z from './zod.ts';

/** Every reason for which a request does not end as asked, with its title. Codes are fixed: programs branch on them. */
export const PROBLEM_TITLES = {
  'invalid-request': 'The request cannot be read',
  'unknown-engine': 'No such engine',
  'requester-not-allowed': 'This account may not ask',
  'engine-not-allowed': 'This account may not ask for this engine',
  'access-not-allowed': 'This account may not ask for this kind of access',
  'sender-mismatch': 'The request did not come from where this account sends',
  'signature-invalid': 'The signature does not prove the sender',
  'own-account': 'The requester is the owner',
  'wrong-account': 'The function runs with credentials of another account',
  'role-not-owned': 'An object of this name belongs to somebody else',
  superseded: 'A newer request has already decided',
  expired: 'The grant has expired',
  'not-approved': 'The owner has not approved it',
  'quota-exceeded': 'A quota of the account is used up',
  throttled: 'Too much at once, for the cloud or for this requester',
  'permission-missing': 'The function lacks a right',
  'verification-failed': 'The role is not what it should be',
  internal: 'Something failed that nobody foresaw',
} as const;

export type ProblemCode = keyof typeof PROBLEM_TITLES;

export const PROBLEM_CODES = Object.keys(PROBLEM_TITLES) as [ProblemCode, ...ProblemCode[]];

export const problemSchema = z.object({
  code: z.enum(PROBLEM_CODES),
  title: z.string(),
  detail: z.string(),
  /** Whether the same request may succeed later without a change. */
  retryable: z.boolean(),
});

export type Problem = z.output<typeof problemSchema>;

/** A problem with its code's title. `detail` says what failed, where, and the way out. */
export const problem = (code: ProblemCode, detail: string, retryable = false): Problem => ({
  code,
  title: PROBLEM_TITLES[code],
  detail,
  retryable,
});
