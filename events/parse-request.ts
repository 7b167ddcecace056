import { describeIssue, nameOf } from './describe-issue.ts';
import { nearestTo, nearestWords } from './nearest.ts';
import { withoutNulls } from './nulls.ts';
import { readJson } from './read-json.ts';
import { type Request, requestSchema } from './request.ts';
import { MAX_REQUEST_BYTES } from './size-limit.ts';
import { withoutMark } from './text.ts';
import { quote, visible } from './visible.ts';

/**
 * Reads a request from a body that may be JSON or base64 of JSON, as publishers in the wild send both. `null` for a field
 * that may be left out is as good as leaving it out. `bad` says why a body is no request, with the place, the value and
 * the way out; `readable` then holds what could be read all the same. Never throws.
 */
export function parseRequest(
  body: string,
): { readonly request: Request } | { readonly bad: string; readonly readable: Partial<Request> } {
  const bad = (detail: string) => ({ bad: detail, readable: {} });
  const bytes = Buffer.byteLength(body);
  if (bytes > MAX_REQUEST_BYTES)
    return bad(`the body has ${bytes} bytes; a request has at most ${MAX_REQUEST_BYTES}`);
  if (withoutMark(body).trim() === '')
    return bad(
      'the body is empty; expected a JSON object such as {"requesterUid": "1000000000000001", "engines": ["redis"]}',
    );
  const read = readJson(body);
  if ('bad' in read) return bad(`the body ${read.bad}`);
  const { json } = read;
  if (json === undefined)
    return bad(
      `the body is not JSON: it begins with ${beginning(body)}; expected a JSON object, raw or in base64`,
    );
  if (typeof json !== 'object' || json === null || Array.isArray(json))
    return bad(`the body is ${nameOf(json)}; expected a JSON object with "requesterUid" and "engines"`);
  return judge(json as Readonly<Record<string, unknown>>);
}

function judge(json: Readonly<Record<string, unknown>>): ReturnType<typeof parseRequest> {
  const known = Object.keys(requestSchema.shape);
  const unknown = Object.keys(json).filter((key) => !known.includes(key));
  // The schema passes over a key of this name in a record, as if nobody had narrowed anything. JSON.parse makes it an own
  // property, so it is refused here.
  const hidden = known.filter((key) => isRecord(json[key]) && Object.hasOwn(json[key], '__proto__'));
  const parsed =
    unknown.length + hidden.length > 0 ? null : requestSchema.safeParse(withoutNulls(requestSchema, json));
  if (parsed?.success) return { request: parsed.data };
  const lines = [
    ...unknown.slice(0, 5).map((key) => describeUnknown(key, json[key], known)),
    ...hidden.map((key) => `${key}.__proto__ is no engine; leave it out, or write the engine that is meant`),
    ...(parsed?.error.issues ?? []).slice(0, 5).map((issue) => describeIssue(issue, json)),
  ];
  return {
    bad: lines.join('; '),
    readable: {
      ...salvage(json, 'requestId'),
      ...salvage(json, 'requesterUid'),
      ...salvage(json, 'reference'),
      ...salvage(json, 'traceparent'),
    },
  };
}

const isRecord = (value: unknown): value is object => typeof value === 'object' && value !== null;

/** A field that is valid by itself. With it the refusal of the other fields still reaches the sender. */
function salvage(
  json: Readonly<Record<string, unknown>>,
  field: 'requestId' | 'requesterUid' | 'reference' | 'traceparent',
): Partial<Request> {
  const parsed = requestSchema.shape[field].safeParse(json[field]);
  return parsed.success && parsed.data !== undefined ? { [field]: parsed.data } : {};
}

/**
 * Names of fields whose value may be a secret. Such a value is not shown, because it would stand in a reply and in
 * logs.
 */
const SECRET = /pass|pwd|secret|token|key|auth|credential|signature/i;

function describeUnknown(key: string, value: unknown, known: readonly string[]): string {
  const shown = SECRET.test(key) ? 'not shown' : nameOf(value);
  return `${quote(key)} (${shown}) is no field of a request${nearestWords(nearestTo(key, known))}; all are ${known.join(', ')}`;
}

/**
 * The first characters of a text, so that the sender recognises it. They end before anything that may be the value of
 * a field.
 */
function beginning(text: string): string {
  const [start = ''] = text.slice(0, 16).split(/(?<=[=:])/);
  return visible(JSON.stringify(start.length < text.length ? `${start}…` : start));
}
