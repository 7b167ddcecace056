import * as z from 'zod';
import { accessSchema } from './access.ts';
import { ACTIONS } from './action.ts';
import { REQUEST_ID, REQUEST_ID_WORDS } from './request-id.ts';
import { readTime } from './time.ts';
import { TRACEPARENT } from './trace.ts';
import { UID } from './uid.ts';

const requesterUid = z
  .union([z.string(), z.number()], {
    error: 'expected the UID of the requester as a string of digits, such as "1000000000000001"',
  })
  .refine((value) => typeof value === 'string' || Number.isSafeInteger(value), {
    abort: true,
    error: 'a number of this size has lost digits in JSON; write the UID as a string',
  })
  .transform(String)
  .pipe(z.string().regex(UID, 'expected a UID: 1 to 16 digits, without sign, space or leading zero'));

const shortText = (what: string, pattern: RegExp, form: string) =>
  z.string({ error: `expected ${what} as a string` }).regex(pattern, `expected ${form}`);

/** An end, or none. A moment is however its sender writes it; read, it is in UTC with milliseconds. */
const expiry = z
  .string({ error: 'expected a time in ISO 8601 with a zone, such as "2027-01-31T00:00:00Z"' })
  .meta({
    description: 'ISO 8601 with a zone, naming a real moment; or "never".',
    examples: ['2027-01-31T00:00:00Z', 'never'],
  })
  .transform((text, context) => {
    if (text === 'never') return text;
    const read = readTime(text);
    if ('at' in read) return new Date(read.at).toISOString();
    context.addIssue(read.bad);
    return z.NEVER;
  });

/**
 * A request, as it stands in the body of a message or of an HTTP call. Engine names are resolved later, against the
 * catalogue; whether `expiresAt` lies in the future is judged where there is a clock.
 */
export const requestSchema = z
  .strictObject({
    requesterUid,
    engines: z
      .array(z.string({ error: 'expected the name of an engine as a string, such as "redis"' }), {
        error: 'expected a list of engine names, such as ["redis", "lindorm"]',
      })
      .max(64, 'expected at most 64 engines')
      .optional(),
    action: z.enum(ACTIONS, { error: 'expected "grant", "revoke", "verify" or "extend"' }).default('grant'),
    access: accessSchema.default('register'),
    connections: z
      .array(z.enum(['vpc', 'dedicated-line'], { error: 'expected "vpc" or "dedicated-line"' }), {
        error: 'expected a list of "vpc" and "dedicated-line"',
      })
      .max(8, 'expected at most 8 connections')
      .default([]),
    instances: z
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
          .min(1, 'expected at least one instance id; for a grant that only reads say "readOnly": true')
          .max(32, 'expected at most 32 instance ids'),
        { error: 'expected engines with their instances, such as {"redis": ["r-bp1zxszhcgatnx01"]}' },
      )
      .refine(
        (instances) => Object.keys(instances).length > 0,
        'expected at least one engine with its instances; leave "instances" out for all of them',
      )
      .optional(),
    readOnly: z.boolean({ error: 'expected true or false' }).optional(),
    expiresAt: expiry.optional(),
    users: z
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
      .min(1, 'expected at least one RAM user name; leave "users" out to trust the whole account')
      .max(
        14,
        'expected at most 14 RAM user names, one tag of the role each; leave "users" out to trust the whole account',
      )
      .optional(),
    requestId: shortText('a request id', REQUEST_ID, REQUEST_ID_WORDS).optional(),
    /** Why this cannot wait. Granted at once where the requester may, and for some hours. */
    breakGlass: z
      .string({ error: 'expected the reason of the emergency as a string' })
      .regex(/\S/, 'expected the reason of the emergency; leave "breakGlass" out if there is none')
      .max(256, 'expected at most 256 characters')
      .optional(),
    reference: z
      .string({ error: 'expected free text as a string, such as a ticket number' })
      .max(256, 'expected at most 256 characters')
      .optional(),
    /** Of the sender's trace: stands in our log lines and on the reply, and decides nothing. */
    traceparent: shortText(
      'a trace context',
      TRACEPARENT,
      'a "traceparent" of the W3C Trace Context: 00-<32 hex digits>-<16 hex digits>-<2 hex digits>, the ids not all zeros',
    ).optional(),
  })
  .superRefine((request, context) => {
    const issue = (path: string, message: string) =>
      context.addIssue({ code: 'custom', path: [path], message });
    const registering = request.access === 'register';
    if (request.action === 'grant' && registering && (request.engines ?? []).length === 0)
      issue('engines', 'expected at least one engine to grant');
    if (request.action === 'revoke' && registering && request.engines?.length === 0)
      issue(
        'engines',
        'expected at least one engine to take away; leave "engines" out to close the whole role',
      );
    if (request.action === 'extend' && registering && request.engines?.length === 0)
      issue('engines', 'expected at least one engine; leave "engines" out to extend all that is granted');
    if (!registering && request.engines !== undefined)
      issue('engines', 'console access knows no engines; leave "engines" out');
    if (!registering && request.connections.length > 0)
      issue('connections', 'console access knows no connections; leave "connections" out');
    if (registering && request.users !== undefined)
      issue('users', '"users" goes with "access": "console" only; DMS itself assumes a register role');
    for (const field of ['instances', 'readOnly'] as const) {
      if (request[field] === undefined) continue;
      if (!registering) issue(field, `console access knows no engines; leave "${field}" out`);
      else if (request.action === 'extend')
        issue(
          field,
          `an extend keeps what is granted as it is; leave "${field}" out, or ask for it with a grant`,
        );
      else if (request.action !== 'grant')
        issue(field, `a ${request.action} is about whole engines; leave "${field}" out`);
    }
    if (request.breakGlass !== undefined && !registering)
      issue('breakGlass', 'an emergency is about engines; leave "breakGlass" out of console access');
    else if (request.breakGlass !== undefined && request.action !== 'grant')
      issue('breakGlass', `a ${request.action} is no emergency; leave "breakGlass" out`);
    if (request.readOnly === true && request.instances !== undefined)
      issue('instances', 'a grant that only reads modifies no instance; leave "instances" or "readOnly" out');
    if (request.expiresAt === undefined && request.action === 'extend')
      issue('expiresAt', 'expected the new end, such as "2027-01-31T00:00:00Z", or "never"');
    if (request.expiresAt !== undefined && request.action !== 'grant' && request.action !== 'extend')
      issue('expiresAt', `a ${request.action} has no expiry; leave "expiresAt" out`);
  });

export type RequestInput = z.input<typeof requestSchema>;
export type Request = z.output<typeof requestSchema>;
