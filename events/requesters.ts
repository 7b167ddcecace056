import { accessSchema } from './access.ts';
import { approvalSchema, breakGlassSchema, enginesSchema, list } from './grant-rules.ts';
import { nameSchema as name } from './name.ts';
import { UID } from './uid.ts';
import * as z from './zod.ts';

export const AUTH_TYPES = ['bearer', 'standard-webhooks', 'hub-signature', 'zendesk'] as const;
export type AuthType = (typeof AUTH_TYPES)[number];

const uid = z
  .string({ error: 'expected the UID of an account as a string of digits, such as "1000000000000001"' })
  .check(z.regex(UID, 'expected a UID: 1 to 16 digits, without sign, space or leading zero'));

const publicKey = z
  .string({ error: 'expected a public key as a string' })
  .check(
    z.regex(
      /^whpk_[A-Za-z0-9+/]{42}[AEIMQUYcgkosw048]=$/,
      'expected "whpk_" and the base64 of the 32 bytes of an Ed25519 public key',
    ),
  );

const variable = z
  .string()
  .check(
    z.regex(
      /^(?!FC_)[A-Z][A-Z0-9_]{0,63}$/,
      'expected the name of an environment variable, such as "JIRA_TOKEN"; the secret itself never stands in this file',
    ),
  );

export const approverSchema = z.strictObject({ name, publicKey });

export const requesterSchema = z.strictObject({
  uid,
  name,
  /** `"*"`: every engine of the catalogue, also one that is added to it later. */
  engines: enginesSchema,
  access: list(accessSchema, '"register" and "console"', 2),
  /** The longest that a grant lasts, in days. Left out: as long as the request says, or for ever. */
  maxDays: z.optional(
    z
      .int('expected a whole number of days')
      .check(
        z.minimum(1, 'expected at least 1 day'),
        z.maximum(3_650, 'expected at most 3650 days; leave "maxDays" out for no limit'),
      ),
  ),
  /** After how many days a grant ends that names no end, of what was not granted before. Left out: never. */
  defaultDays: z.optional(
    z
      .int('expected a whole number of days')
      .check(
        z.minimum(1, 'expected at least 1 day'),
        z.maximum(3_650, 'expected at most 3650 days; leave "defaultDays" out for no end'),
      ),
  ),
  /** How many days before an end it is told; each once. Left out: 7 and 1. Empty: not at all. */
  noticeDays: z.optional(
    z
      .array(
        z
          .int('expected a whole number of days')
          .check(z.minimum(1, 'expected at least 1 day'), z.maximum(365, 'expected at most 365 days')),
        { error: 'expected a list of days, such as [7, 1]' },
      )
      .check(z.maxLength(8, 'expected at most 8 days')),
  ),
  /** After how many days without a confirmation by the owner a role is due for review. Left out: never. */
  reviewDays: z.optional(
    z
      .int('expected a whole number of days')
      .check(
        z.minimum(1, 'expected at least 1 day'),
        z.maximum(3_650, 'expected at most 3650 days; leave "reviewDays" out for no review'),
      ),
  ),
  /** After how many days without use a role is told of. Left out: never. */
  unusedDays: z.optional(
    z
      .int('expected a whole number of days')
      .check(
        z.minimum(1, 'expected at least 1 day'),
        z.maximum(90, 'expected at most 90 days: ActionTrail keeps no more'),
      ),
  ),
  /** Requests of one minute that are carried out; revokes are counted apart. Left out: 60. */
  requestsPerMinute: z.optional(
    z
      .int('expected a whole number of requests')
      .check(
        z.minimum(1, 'expected at least 1 request a minute'),
        z.maximum(6_000, 'expected at most 6000 requests a minute'),
      ),
  ),
  /** What is not granted already waits for the owner's approval. Left out: nothing does. */
  approval: z.optional(approvalSchema),
  /** What is granted at once where a request says that it is an emergency. Left out: nothing. */
  breakGlass: z.optional(breakGlassSchema),
  /** Topics that only this account may publish to. */
  topics: z.optional(
    list(
      z
        .string({ error: 'expected the name of a topic' })
        .check(
          z.regex(
            /^[A-Za-z0-9][A-Za-z0-9-]{0,255}$/,
            'expected a topic name: letters, digits and "-", not the ARN',
          ),
        ),
      'topic names',
      16,
    ),
  ),
  signing: z.optional(
    z
      .strictObject({
        publicKey: z.optional(publicKey),
        publicKeys: z.optional(list(publicKey, 'public keys', 8)),
      })
      .check(
        z.refine((signing) => signing.publicKey !== undefined || signing.publicKeys !== undefined, {
          error: 'expected "publicKey", or "publicKeys" while keys are rotated',
        }),
      ),
  ),
});

export const clientSchema = z.strictObject({
  name,
  requesters: list(uid, 'UIDs of listed requesters', 256),
  auth: z.strictObject({
    type: z.enum(AUTH_TYPES, { error: `expected one of ${AUTH_TYPES.join(', ')}` }),
    /** Environment variables that hold the secret; several while it is rotated. */
    secretEnv: z.union([variable, list(variable, 'names of environment variables', 8)], {
      error: 'expected the name of an environment variable, such as "JIRA_TOKEN", or a list of names',
    }),
  }),
  /** Where in the body the request stands, as a JSON Pointer (RFC 6901); left out: the body is the request. */
  requestAt: z.optional(
    z
      .string({ error: 'expected a JSON Pointer, such as "/deployment/payload"' })
      .check(
        z.regex(
          /^(\/([^/~]|~[01])*){1,16}$/,
          'expected a JSON Pointer that begins with "/", such as "/deployment/payload"',
        ),
      ),
  ),
});

/** The file `requesters.json`: who may ask. Nothing listed means that nobody may. */
export const requestersFileSchema = z.strictObject({
  requesters: z.array(requesterSchema, { error: 'expected a list of requesters' }),
  clients: z._default(z.array(clientSchema, { error: 'expected a list of clients' }), []),
  /** Whose signature an approval must bear. Left out: whoever may publish to the owner's topic approves. */
  approvers: z.optional(list(approverSchema, 'approvers', 64)),
});

export type RequestersFile = z.output<typeof requestersFileSchema>;
