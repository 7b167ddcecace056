import * as z from 'zod';
import { invalidArgument } from './errors.ts';
import { functionName, settingsShape } from './settings.ts';
import { faultsOf, strict } from './strict.ts';

/** What the tool sends along empty, and the local cloud does not have. */
const absent = (what: string) =>
  z
    .unknown()
    .refine(isEmpty, { error: `${what} is not in the local cloud` })
    .optional();

/** Kept and shown. Only the logstore has an effect here: there is no network. */
const shown = z.looseObject({}).optional();

const { tags: _apart, ...ownSettings } = settingsShape;

export const settingsSchema = strict({
  ...ownSettings,
  logConfig: shown,
  vpcConfig: shown,
  nasConfig: absent('a file system'),
  ossMountConfig: absent('a mounted bucket'),
  tracingConfig: absent('tracing'),
  layers: absent('a layer'),
  instanceIsolationMode: z.literal('SHARE').optional(),
  sessionAffinity: z.literal('NONE').optional(),
});

/** Everything about how a function runs but its code, every default filled in. */
export type FunctionSettings = z.infer<typeof settingsSchema>;

const codeSchema = z.union(
  [
    strict({ zipFile: z.base64() }),
    strict({ ossBucketName: z.string().min(1), ossObjectName: z.string().min(1) }),
  ],
  { error: 'must be {"zipFile": "<base64>"} or {"ossBucketName", "ossObjectName"}' },
);

/** `Key` and `Value` are the API's; `s.yaml` writes them small. */
const tagList = z
  .array(
    z.union(
      [
        strict({ Key: z.string().min(1), Value: z.string().default('') }).transform(
          ({ Key, Value }) => [Key, Value] as const,
        ),
        strict({ key: z.string().min(1), value: z.string().default('') }).transform(
          ({ key, value }) => [key, value] as const,
        ),
      ],
      { error: 'must be {"Key": "<key>", "Value": "<value>"}' },
    ),
  )
  .max(20);

/** Where the code of a function is: in the request, or uploaded before. */
export type CodeLocation = z.infer<typeof codeSchema>;

/** What a request to make or change a function says, taken apart. `given`: the settings as they were sent. */
export interface FunctionInput {
  readonly name: string | undefined;
  readonly code: CodeLocation | undefined;
  /** A function is made with them; of an update they are read over, as the vendor's clients do not send them. */
  readonly tags: ReadonlyMap<string, string>;
  readonly given: Readonly<Record<string, unknown>>;
}

/** Throws `ApiError` 400 `InvalidArgument` that names the place, the value and the way out. */
export function functionInput(body: Readonly<Record<string, unknown>>): FunctionInput {
  // Terraform's provider writes `Tags`: the vendor reads names without their case.
  const { functionName: name, code, tags, Tags = tags, ...rest } = body;
  const given = Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== null));
  return {
    name: name === undefined ? undefined : checked(functionName, name, 'functionName'),
    code: code === undefined || code === null ? undefined : checked(codeSchema, code, 'code'),
    tags: new Map(checked(tagList, Tags ?? [], 'tags')),
    given,
  };
}

/** Fills in the defaults. Throws as `functionInput`. */
export const settingsOf = (given: Readonly<Record<string, unknown>>): FunctionSettings =>
  checked(settingsSchema, given, 'function');

/** Parses by a schema of this folder. Throws `ApiError` 400 `InvalidArgument`; the values of variables stay untold. */
export function checked<T>(schema: z.ZodType<T>, value: unknown, place: string): T {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  throw invalidArgument(result.error.issues.flatMap((issue) => faultsOf(issue, place, value)).join('; '));
}

function isEmpty(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return !value || value === 'None';
  return Object.values(value).every(isEmpty);
}
