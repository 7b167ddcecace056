import * as z from 'zod';
import { Latest } from '../bounded.ts';
import type { PolicyDocument } from '../caller.ts';
import { ApiError } from '../error.ts';
import { conditionOperators } from '../evaluate/condition-operators.ts';

/**
 * Grammar after the vendor's page "Policy structure and syntax". An element that it does not name is refused, and so is
 * a condition operator that this cloud could not evaluate.
 */

const oneOrMany = <Item extends z.ZodType>(item: Item) => z.union([item, z.array(item).min(1)]);

const value = z.union([z.string(), z.number(), z.boolean()]).transform(String);
const condition = z.record(
  z.string().refine((operator) => conditionOperators.has(operator), 'unknown condition operator'),
  z.record(z.string().min(1), oneOrMany(value)),
);

const effect = z.enum(['Allow', 'Deny']);
const action = z.union([z.literal('*'), z.string().regex(/^[A-Za-z0-9*-]+:[\w*?.:/-]+$/)]);
const resource = z.union([z.literal('*'), z.string().regex(/^acs:[^:\s]*:[^:\s]*:[^:\s]*:.+$/)]);

const permissionStatement = z
  .strictObject({
    Effect: effect,
    Action: oneOrMany(action).exactOptional(),
    NotAction: oneOrMany(action).exactOptional(),
    Resource: oneOrMany(resource).exactOptional(),
    NotResource: oneOrMany(resource).exactOptional(),
    Condition: condition.exactOptional(),
  })
  .refine((s) => (s.Action === undefined) !== (s.NotAction === undefined), 'one of Action, NotAction')
  .refine(
    (s) => (s.Resource === undefined) !== (s.NotResource === undefined),
    'one of Resource, NotResource',
  );

const account = /^acs:ram::\d{1,20}:(root|user\/[A-Za-z0-9._-]{1,64}|role\/[A-Za-z0-9.-]{1,64})$/;
const service = /^(\d{1,20}@)?[a-z0-9-]+(\.[a-z0-9-]+)*\.aliyuncs\.com$/;
const provider = /^acs:ram::\d{1,20}:(saml|oidc)-provider\/[A-Za-z0-9._-]{1,128}$/;

const principal = z
  .strictObject({
    RAM: oneOrMany(z.string().regex(account)).exactOptional(),
    Service: oneOrMany(z.string().regex(service)).exactOptional(),
    Federated: oneOrMany(z.string().regex(provider)).exactOptional(),
  })
  .refine((kinds) => Object.keys(kinds).length > 0, 'no principal');

const trustStatement = z.strictObject({
  Effect: effect,
  Action: oneOrMany(z.string().regex(/^sts:AssumeRole$/i)),
  Principal: principal,
  Condition: condition.exactOptional(),
});

const documentOf = <Statement extends z.ZodType>(statement: Statement) =>
  z.strictObject({ Version: z.literal('1'), Statement: z.array(statement).min(1) });
const permissionDocument = grammar(documentOf(permissionStatement));
const trustDocument = grammar(documentOf(trustStatement));

/** @throws ApiError 400 `InvalidParameter.<parameter>.Length`, `MalformedPolicyDocument`. */
export function parsePermissionDocument(text: string, maxBytes: number, parameter: string): PolicyDocument {
  return parse(permissionDocument, text, maxBytes, parameter);
}

/**
 * Parses a trust document and returns it with the text that RAM keeps of it.
 *
 * A service principal with the owner's own UID (`<owner>@dms.aliyuncs.com`) is kept in the plain form
 * (`dms.aliyuncs.com`), and nobody is told. The vendor documents this for DTS ("Configure RAM authorization for
 * cross-account tasks"); that every service is treated alike is inferred.
 * @throws ApiError 400 `InvalidParameter.<parameter>.Length`, `MalformedPolicyDocument`.
 *
 * Belief own-uid-rewritten (inferred): RAM keeps <own uid>@dms.aliyuncs.com as dms.aliyuncs.com, and tells nobody.
 * Source: documented for DTS. Shown wrong by: doctor --live.
 */
export function storeTrustDocument(text: string, owner: string, maxBytes: number, parameter: string): string {
  const parsed = parse(trustDocument, text, maxBytes, parameter);
  const own = `${owner}@`;
  const plain = (name: string) => (name.startsWith(own) ? name.slice(own.length) : name);
  let rewritten = false;
  const statements = parsed.Statement.map((statement) => {
    const services = statement.Principal.Service;
    if (services === undefined || ![services].flat().some((name) => name.startsWith(own))) return statement;
    rewritten = true;
    const Service = typeof services === 'string' ? plain(services) : [...new Set(services.map(plain))];
    return { ...statement, Principal: { ...statement.Principal, Service } };
  });
  return rewritten ? JSON.stringify({ ...parsed, Statement: statements }) : text;
}

/** A schema, and what it has read of late: the same few documents are written all the time, and nobody changes a parsed one. */
interface Grammar<Parsed> {
  readonly schema: z.ZodType<Parsed>;
  readonly known: Latest<Parsed>;
}

function grammar<Parsed>(schema: z.ZodType<Parsed>): Grammar<Parsed> {
  return { schema, known: new Latest(1_000) };
}

function parse<Parsed>(
  { schema, known }: Grammar<Parsed>,
  text: string,
  max: number,
  parameter: string,
): Parsed {
  const bytes = Buffer.byteLength(text);
  if (bytes === 0 || bytes > max) {
    throw new ApiError(
      400,
      `InvalidParameter.${parameter}.Length`,
      `The parameter - "${parameter}" beyond the length limit: 1 to ${max} bytes.`,
    );
  }
  const before = known.get(text);
  if (before !== undefined) return before;
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw malformed('The policy document is not valid JSON.');
  }
  const result = schema.safeParse(json);
  if (!result.success) {
    const [issue] = result.error.issues;
    // What is wrong with a key stands one level below.
    const told = issue?.code === 'invalid_key' ? issue.issues[0] : issue;
    throw malformed(`${issue?.path.join('.') || 'document'}: ${told?.message ?? 'invalid'}`);
  }
  known.add(text, result.data);
  return result.data;
}

const malformed = (detail: string) =>
  new ApiError(400, 'MalformedPolicyDocument', `The policy document is malformed: ${detail}`);
