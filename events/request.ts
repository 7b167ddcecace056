import { accessSchema } from './access.ts';
import { ACTIONS } from './action.ts';
import { REQUEST_ID, REQUEST_ID_WORDS } from './request-id.ts';
import { refuseStrayFields } from './stray-fields.ts';
import { readTime } from './time.ts';
import { TRACEPARENT } from './trace.ts';
import { UID } from './uid.ts';
import * as z from './zod.ts';

const requesterUid = z.pipe(
  z.pipe(
    z
      .union([z.string(), z.number()], {
        error: 'expected the UID of the requester as a string of digits, such as "1000000000000001"',
      })
      .check(
        z.refine((value) => typeof value === 'string' || Number.isSafeInteger(value), {
          error: 'a number of this size has lost digits in JSON; write the UID as a string',
        }),
      ),
    z.transform(String),
  ),
  z.string().check(z.regex(UID, 'expected a UID: 1 to 16 digits, without sign, space or leading zero')),
);

const shortText = (what: string, pattern: RegExp, form: string) =>
  z.string({ error: `expected ${what} as a string` }).check(z.regex(pattern, `expected ${form}`));

/** An end, or none. A moment is however its sender writes it; read, it is in UTC with milliseconds. */
const expiry = z.pipe(
  z.string({ error: 'expected a time in ISO 8601 with a zone, such as "2027-01-31T00:00:00Z"' }).check(
    z.meta({
      description: 'ISO 8601 with a zone, naming a real moment; or "never".',
      examples: ['2027-01-31T00:00:00Z', 'never'],
    }),
  ),
  z.transform((text, context) => {
    if (text === 'never') return text;
    const read = readTime(text);
    if ('at' in read) return new Date(read.at).toISOString();
    context.issues.push({ message: read.bad, code: 'custom', input: text });
    return z.NEVER;
  }),
);

/**
 * A request, as it stands in the body of a message or of an HTTP call. Engine names are resolved later, against the
 * catalogue; whether `expiresAt` lies in the future is judged where there is a clock.
 */
export const requestSchema = z
  .strictObject({
    requesterUid,
    engines: z.optional(
      z
        .array(z.string({ error: 'expected the name of an engine as a string, such as "redis"' }), {
          error: 'expected a list of engine names, such as ["redis", "lindorm"]',
        })
        .check(z.maxLength(64, 'expected at most 64 engines')),
    ),
    action: z._default(
      z.enum(ACTIONS, { error: 'expected "grant", "revoke", "verify" or "extend"' }),
      'grant',
    ),
    access: z._default(accessSchema, 'register'),
    connections: z._default(
      z
        .array(z.enum(['vpc', 'dedicated-line'], { error: 'expected "vpc" or "dedicated-line"' }), {
          error: 'expected a list of "vpc" and "dedicated-line"',
        })
        .check(z.maxLength(8, 'expected at most 8 connections')),
      [],
    ),
    instances: z.optional(
      z
        .record(
          z.string(),
          z
            .array(
              shortText(
                'the id of an instance',
                /^[a-z0-9][a-z0-9-]{0,63}$/,
                'the id of an instance, such as "r-bp1zxszhcgatnx01": 1 to 64 of lower-case letters, digits, "-"',
              ),
              { error: 'expected a list of instance ids' },
            )
            .check(
              z.minLength(
                1,
                'expected at least one instance id; for a grant that only reads say "readOnly": true',
              ),
              z.maxLength(32, 'expected at most 32 instance ids'),
            ),
          { error: 'expected engines with their instances, such as {"redis": ["r-bp1zxszhcgatnx01"]}' },
        )
        .check(
          z.refine(
            (instances) => Object.keys(instances).length > 0,
            'expected at least one engine with its instances; leave "instances" out for all of them',
          ),
        ),
    ),
    readOnly: z.optional(z.boolean({ error: 'expected true or false' })),
    expiresAt: z.optional(expiry),
    users: z.optional(
      z
        .array(
          shortText(
            'a RAM user name',
            /^[A-Za-z0-9._-]{1,64}$/,
            'a RAM user name: 1 to 64 of letters, digits, ".", "_", "-"',
          ),
          {
            error: 'expected a list of RAM user names',
          },
        )
        .check(
          z.minLength(1, 'expected at least one RAM user name; leave "users" out to trust the whole account'),
          z.maxLength(
            14,
            'expected at most 14 RAM user names, one tag of the role each; leave "users" out to trust the whole account',
          ),
        ),
    ),
    requestId: z.optional(shortText('a request id', REQUEST_ID, REQUEST_ID_WORDS)),
    /** Why this cannot wait. Granted at once where the requester may, and for some hours. */
    breakGlass: z.optional(
      z
        .string({ error: 'expected the reason of the emergency as a string' })
        .check(
          z.regex(/\S/, 'expected the reason of the emergency; leave "breakGlass" out if there is none'),
          z.maxLength(256, 'expected at most 256 characters'),
        ),
    ),
    reference: z.optional(
      z
        .string({ error: 'expected free text as a string, such as a ticket number' })
        .check(z.maxLength(256, 'expected at most 256 characters')),
    ),
    /** Of the sender's trace: stands in our log lines and on the reply, and decides nothing. */
    traceparent: z.optional(
      shortText(
        'a trace context',
        TRACEPARENT,
        'a "traceparent" of the W3C Trace Context: 00-<32 hex digits>-<16 hex digits>-<2 hex digits>, the ids not all zeros',
      ),
    ),
  })
  .check(z.superRefine(refuseStrayFields));

export type RequestInput = z.input<typeof requestSchema>;
export type Request = z.output<typeof requestSchema>;
