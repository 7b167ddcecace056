import { closest } from 'fastest-levenshtein';
import { z } from 'zod';

/** The longest request that is read, in bytes: what a message of the vendor's queue service holds. */
export const MAX_REQUEST_BYTES = 64 * 1024;

const UID = /^[1-9][0-9]{0,19}$/;

const requesterUid = z
  .union([z.string(), z.number()], {
    error: 'expected the UID of the requester as a string of digits, such as "1000000000000001"',
  })
  .refine((value) => typeof value === 'string' || Number.isSafeInteger(value), {
    abort: true,
    error: 'a number of this size has lost digits in JSON; write the UID as a string',
  })
  .transform(String)
  .pipe(z.string().regex(UID, 'expected a UID: 1 to 20 digits, without sign, space or leading zero'));

const shortText = (what: string, pattern: RegExp, form: string) =>
  z.string({ error: `expected ${what} as a string` }).regex(pattern, `expected ${form}`);

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
    action: z
      .enum(['grant', 'revoke', 'verify'], { error: 'expected "grant", "revoke" or "verify"' })
      .default('grant'),
    access: z
      .enum(['register', 'console'], { error: 'expected "register" or "console"' })
      .default('register'),
    connections: z
      .array(z.enum(['vpc', 'dedicated-line'], { error: 'expected "vpc" or "dedicated-line"' }), {
        error: 'expected a list of "vpc" and "dedicated-line"',
      })
      .max(8, 'expected at most 8 connections')
      .default([]),
    expiresAt: z.iso
      .datetime({
        offset: true,
        error: 'expected a time in ISO 8601 with a zone, such as "2027-01-31T00:00:00Z"',
      })
      .optional(),
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
      .max(50, 'expected at most 50 RAM user names')
      .optional(),
    requestId: shortText(
      'a request id',
      /^[A-Za-z0-9._:-]{1,128}$/,
      '1 to 128 of letters, digits, ".", "_", ":", "-"',
    ).optional(),
    reference: z
      .string({ error: 'expected free text as a string, such as a ticket number' })
      .max(256, 'expected at most 256 characters')
      .optional(),
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
    if (!registering && request.engines !== undefined)
      issue('engines', 'console access knows no engines; leave "engines" out');
    if (!registering && request.connections.length > 0)
      issue('connections', 'console access knows no connections; leave "connections" out');
    if (registering && request.users !== undefined)
      issue('users', '"users" goes with "access": "console" only; DMS itself assumes a register role');
    if (request.expiresAt !== undefined && request.action !== 'grant')
      issue('expiresAt', `a ${request.action} has no expiry; leave "expiresAt" out`);
  });

export type RequestInput = z.input<typeof requestSchema>;
export type Request = z.output<typeof requestSchema>;

/** A body that is no request: where, what stands there, and the way out. `requestId` and UID where they could be read. */
export interface BadRequest {
  readonly detail: string;
  readonly requestId: string | null;
  readonly requesterUid: string | null;
  readonly reference: string | null;
}

export type ParsedRequest = { readonly request: Request } | { readonly bad: BadRequest };

/** Reads a request from a body that may be JSON or base64 of JSON, as publishers in the wild send both. Never throws. */
export function parseRequest(body: string): ParsedRequest {
  const bad = (detail: string): ParsedRequest => ({
    bad: { detail, requestId: null, requesterUid: null, reference: null },
  });
  const bytes = Buffer.byteLength(body);
  if (bytes > MAX_REQUEST_BYTES)
    return bad(`the body has ${bytes} bytes; a request has at most ${MAX_REQUEST_BYTES}`);
  if (body.trim() === '')
    return bad(
      'the body is empty; expected a JSON object such as {"requesterUid": "1000000000000001", "engines": ["redis"]}',
    );
  const json = readJson(body);
  if (json === undefined)
    return bad(
      `the body is not JSON: it begins with ${quote(body)}; expected a JSON object, raw or in base64`,
    );
  if (typeof json !== 'object' || json === null || Array.isArray(json))
    return bad(`the body is ${nameOf(json)}; expected a JSON object with "requesterUid" and "engines"`);
  return judge(json as Readonly<Record<string, unknown>>);
}

function judge(json: Readonly<Record<string, unknown>>): ParsedRequest {
  const known = Object.keys(requestSchema.shape);
  const unknown = Object.keys(json).filter((key) => !known.includes(key));
  // Keys such as `__proto__` never reach the schema: JSON.parse makes them own properties, and they are refused here.
  const parsed = unknown.length > 0 ? null : requestSchema.safeParse(json);
  if (parsed?.success) return { request: parsed.data };
  const lines = [
    ...unknown.slice(0, 5).map((key) => describeUnknown(key, json[key], known)),
    ...(parsed?.error.issues ?? []).slice(0, 5).map((issue) => describeIssue(issue, json)),
  ];
  return {
    bad: {
      detail: lines.join('; '),
      requestId: salvage(json, 'requestId'),
      requesterUid: salvage(json, 'requesterUid'),
      reference: salvage(json, 'reference'),
    },
  };
}

/** The value of a field that is right by itself, so that the refusal of the rest still reaches who asked. */
function salvage(
  json: Readonly<Record<string, unknown>>,
  field: 'requestId' | 'requesterUid' | 'reference',
): string | null {
  const parsed = requestSchema.shape[field].safeParse(json[field]);
  return parsed.success ? (parsed.data ?? null) : null;
}

function describeUnknown(key: string, value: unknown, known: readonly string[]): string {
  const nearest = closest(key.slice(0, 64), known);
  return `${quote(key)} (${nameOf(value)}) is no field of a request; the nearest is "${nearest}", all are ${known.join(', ')}`;
}

function describeIssue(issue: z.core.$ZodIssue, json: unknown): string {
  const place = issue.path.reduce<string>(
    (path, key) =>
      typeof key === 'number' ? `${path}[${key}]` : path === '' ? String(key) : `${path}.${String(key)}`,
    '',
  );
  let value: unknown = json;
  for (const key of issue.path)
    value =
      typeof value === 'object' && value !== null ? (value as Record<PropertyKey, unknown>)[key] : undefined;
  return `${place === '' ? 'the body' : place} is ${nameOf(value)}: ${issue.message}`;
}

/** A value in a few words: texts and numbers as they are, at most 80 characters; lists and objects by kind only. */
function nameOf(value: unknown): string {
  if (value === undefined) return 'missing';
  if (Array.isArray(value)) return value.length === 0 ? 'an empty list' : 'a list';
  if (typeof value === 'object' && value !== null) return 'an object';
  return typeof value === 'string' ? quote(value) : String(value);
}

const quote = (text: string): string => JSON.stringify(text.length > 80 ? `${text.slice(0, 80)}…` : text);

function readJson(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    const compact = body.replaceAll(/\s/g, '');
    if (!/^[A-Za-z0-9+/]+={0,2}$/.test(compact) || compact.length % 4 !== 0) return undefined;
    try {
      return JSON.parse(Buffer.from(compact, 'base64').toString('utf8'));
    } catch {
      return undefined;
    }
  }
}
