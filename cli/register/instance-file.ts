import { unseenIn } from '../../events/name.ts';
import { nearestTo, nearestWords } from '../../events/nearest.ts';
import { readText } from '../../events/text.ts';
import { quote, visible } from '../../events/visible.ts';
import * as z from '../../events/zod.ts';
import { type FileFault, withPlace } from '../../shared/runtime/json-file.ts';
import { usageError } from '../failure.ts';
import { fileBytes } from '../file-bytes.ts';
import { instanceValues } from './instance-values.ts';

const QUOTES = 'put it in quotes';

/**
 * A text. YAML reads `007`, `1e3` or `true` as something else, and what was meant is then lost. What is said here is said
 * of a check without words of its own, too.
 */
const textOf = (what: string) =>
  z.string({
    error: ({ input }) =>
      typeof input === 'number' || typeof input === 'boolean'
        ? `expected a text: ${QUOTES}`
        : `expected ${what}`,
  });
/** What looks like a space and is none, or is not seen at all: a pasted line brings it along, and nobody finds it later. */
const UNSEEN = /(?![ \u3000])[\p{Cc}\p{Cf}\p{Cs}\p{Z}]/u;
const seen = (text: z.ZodMiniString) =>
  text.check(
    z.superRefine((value, context) => {
      const [odd] = UNSEEN.exec(value) ?? [];
      if (odd !== undefined) context.addIssue(unseenFault(odd));
    }),
  );
const unseenFault = (odd: string): string =>
  `it holds ${visible(odd === '\n' ? '\\n' : odd)}, which cannot be seen; type it anew`;
/** What people name themselves, by the rule for all names but their length: the vendor has one of its own. */
const name = (what: string) =>
  textOf(what).check(
    z.minLength(1),
    z.superRefine((value, context) => {
      const odd = unseenIn(value);
      if (odd !== null) context.addIssue(unseenFault(odd));
    }),
  );
const word = (what: string) => seen(textOf(what).check(z.minLength(1)));
/** A host or an account: nothing that people name, so no space either. */
const plainWord = (what: string) =>
  seen(textOf(what).check(z.minLength(1), z.regex(/^\S*$/u, `expected ${what}, without a space`)));
const optionalText = z.optional(seen(textOf('a text')));
const flag = z.enum(['Y', 'N'], { error: 'expected "Y" or "N", in quotes' });

/** A whole number, in digits with or without quotes; where 0 and 1 mean no and yes, `false` and `true` too. */
const whole = (what: string, min: number, max: number) =>
  z.pipe(
    z.transform((value) =>
      /^-?\d{1,15}$/.test(String(value)) || (typeof value === 'boolean' && max === 1) ? Number(value) : value,
    ),
    z.int(`expected ${what}`).check(z.minimum(min), z.maximum(max)),
  );
const seconds = whole('whole seconds, at least 1', 1, 2_147_483_647);
/** The vendor's type Long: longer than a number of JavaScript is exact. */
const long = textOf('an id in digits').check(z.regex(/^\d{1,19}$/));

/**
 * An instance as DMS is to know it: the parameters of `AddInstance` by the names that its page gives them. What nearly
 * every instance has has a default. `DatabasePassword` and `RoleArn` are not among them: they come from elsewhere.
 */
export const instanceSchema = z.strictObject({
  Host: plainWord('the host name of the instance'),
  Port: whole('a port, 1 to 65535', 1, 65_535),
  Sid: optionalText,
  InstanceType: word('the type of the database, such as "redis", "mysql" or "lindorm_cql"'),
  InstanceAlias: name('a name for people to find the instance by'),
  InstanceSource: z._default(
    z.enum(['RDS', 'ECS_OWN', 'PUBLIC_OWN', 'VPC_IDC', 'GATEWAY'], {
      error: 'expected RDS (any managed instance), VPC_IDC, ECS_OWN, PUBLIC_OWN or GATEWAY',
    }),
    'RDS',
  ),
  NetworkType: z._default(z.enum(['VPC', 'CLASSIC'], { error: 'expected VPC or CLASSIC' }), 'VPC'),
  EnvType: z.enum(['product', 'dev', 'pre', 'test', 'sit', 'uat', 'pet', 'stag'], {
    error: 'expected product, dev, pre, test, sit, uat, pet or stag',
  }),
  /** Default: the region of the command, where the source needs one. */
  EcsRegion: optionalText,
  DatabaseUser: plainWord('the database account that DMS signs in with'),
  QueryTimeout: z._default(seconds, 60),
  ExportTimeout: z._default(seconds, 600),
  EnableSellTrust: z._default(flag, 'Y'),
  EnableSellCommon: z.optional(flag),
  EnableSellSitd: z.optional(flag),
  EnableSellStable: z.optional(flag),
  SafeRule: optionalText,
  VpcId: optionalText,
  EcsInstanceId: optionalText,
  /** A user of DMS who is a DBA; without, one that DMS lists. */
  DbaId: z.optional(long),
  DataLinkName: optionalText,
  DdlOnline: z.optional(whole('0, 1 or 2', 0, 2)),
  UseDsql: z.optional(whole('0 or 1', 0, 1)),
  UseSsl: z.optional(whole('-1, 0 or 1', -1, 1)),
  SkipTest: z.optional(
    z.pipe(
      z.transform((value) => (value === 'true' ? true : value === 'false' ? false : value)),
      z.boolean('expected true or false'),
    ),
  ),
  TemplateId: z.optional(long),
  TemplateType: optionalText,
  Tid: z.optional(long),
});

export type Instance = z.output<typeof instanceSchema>;

const SECRETS: readonly string[] = ['DatabasePassword', 'Password', 'RoleArn'];

/** Reads an instance file, YAML or JSON. Throws a usage error that names every wrong place; never quotes a value. */
export async function readInstanceFile(file: string): Promise<Instance> {
  return parseInstance(await fileBytes(file, 'name a file that describes the instance, YAML or JSON'), file);
}

export function parseInstance(content: Uint8Array, file: string): Instance {
  const read = readText(content);
  if ('bad' in read) throw usageError(`${file} ${read.bad}`);
  const { values, places, faults } = instanceValues(read.text);
  const known = Object.keys(instanceSchema.shape);
  const unknown = Object.keys(values).filter((key) => !known.includes(key));
  const parsed = instanceSchema.safeParse(
    Object.fromEntries(Object.entries(values).filter(([key]) => known.includes(key))),
  );
  // Of a file that could not be read, what is missing says nothing.
  const issues = places.size === 0 ? [] : (parsed.error?.issues ?? []);
  const all: readonly FileFault[] = [
    ...faults,
    ...unknown.map((key) => ({ place: places.get(key) ?? null, text: describeUnknown(key, known) })),
    ...issues.map(({ path, message }) => ({
      // What is missing is missing from the whole.
      place: places.get(String(path[0])) ?? { line: 1, column: 1 },
      text: `${String(path[0])}: ${message}`,
    })),
  ];
  if (parsed.success && all.length === 0) return parsed.data;
  throw usageError(`${file} is refused: ${all.map(withPlace).join('; ')}`);
}

function describeUnknown(key: string, known: readonly string[]): string {
  if (SECRETS.includes(key))
    return key === 'RoleArn'
      ? 'RoleArn: leave it out and give --arn'
      : `${key}: never in a file; set DMS_DATABASE_PASSWORD, or give --password-fd, or type it when asked`;
  return `${quote(key)} is no parameter of AddInstance${nearestWords(nearestTo(key, known))}`;
}
