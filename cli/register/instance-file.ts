import { readFile } from 'node:fs/promises';
import { closest } from 'fastest-levenshtein';
import { parse } from 'yaml';
import { z } from 'zod';
import { CliError, usageError } from '../failure.ts';

const word = (what: string) => z.string({ error: `expected ${what}` }).min(1, `expected ${what}`);
const flag = z.enum(['Y', 'N'], { error: 'expected "Y" or "N", in quotes' });
const seconds = z.int('expected whole seconds').min(1, 'expected at least 1 second');

/**
 * An instance as DMS is to know it: the parameters of `AddInstance` by the names that its page gives them. What nearly
 * every instance has has a default. `DatabasePassword` and `RoleArn` are not among them: they come from elsewhere.
 */
export const instanceSchema = z.strictObject({
  Host: word('the host name of the instance'),
  Port: z
    .int('expected a port number')
    .min(1, 'expected a port, 1 to 65535')
    .max(65_535, 'expected a port, 1 to 65535'),
  Sid: z.string().optional(),
  InstanceType: word('the type of the database, such as "redis", "mysql" or "lindorm_cql"'),
  InstanceAlias: word('a name for people to find the instance by'),
  InstanceSource: z
    .enum(['RDS', 'ECS_OWN', 'PUBLIC_OWN', 'VPC_IDC', 'GATEWAY'], {
      error: 'expected RDS (any managed instance), VPC_IDC, ECS_OWN, PUBLIC_OWN or GATEWAY',
    })
    .default('RDS'),
  NetworkType: z.enum(['VPC', 'CLASSIC'], { error: 'expected VPC or CLASSIC' }).default('VPC'),
  EnvType: z.enum(['product', 'dev', 'pre', 'test', 'sit', 'uat', 'pet', 'stag'], {
    error: 'expected product, dev, pre, test, sit, uat, pet or stag',
  }),
  /** Default: the region of the command, where the source needs one. */
  EcsRegion: z.string().optional(),
  DatabaseUser: word('the database account that DMS signs in with'),
  QueryTimeout: seconds.default(60),
  ExportTimeout: seconds.default(600),
  EnableSellTrust: flag.default('Y'),
  EnableSellCommon: flag.optional(),
  EnableSellSitd: flag.optional(),
  EnableSellStable: flag.optional(),
  SafeRule: z.string().optional(),
  VpcId: z.string().optional(),
  EcsInstanceId: z.string().optional(),
  DbaId: z.string().optional(),
  DataLinkName: z.string().optional(),
  DdlOnline: z.int().min(0).max(2).optional(),
  UseDsql: z.int().min(0).max(1).optional(),
  UseSsl: z.int().min(-1).max(1).optional(),
  SkipTest: z.boolean().optional(),
  TemplateId: z.union([z.string(), z.int()]).optional(),
  TemplateType: z.string().optional(),
  Tid: z.int().optional(),
});

export type Instance = z.output<typeof instanceSchema>;

const SECRETS: readonly string[] = ['DatabasePassword', 'Password', 'RoleArn'];

/** Reads an instance file, YAML or JSON. Throws a usage error that names every wrong place; never quotes a value. */
export async function readInstanceFile(file: string): Promise<Instance> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? String(cause.code) : 'unknown';
    throw new CliError(`${file} cannot be read (${code})`, 2, { cause });
  }
  return parseInstance(text, file);
}

export function parseInstance(text: string, file: string): Instance {
  const value = yamlOf(text, file);
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw usageError(`${file} is no instance: expected keys such as Host, Port and InstanceType`);
  const known = Object.keys(instanceSchema.shape);
  const unknown = Object.keys(value).filter((key) => !known.includes(key));
  const parsed = instanceSchema.safeParse(
    Object.fromEntries(Object.entries(value).filter(([key]) => known.includes(key))),
  );
  const faults = [
    ...unknown.map((key) => describeUnknown(key, known)),
    ...(parsed.error?.issues ?? []).map(({ path, message }) => `${path.join('.')}: ${message}`),
  ];
  if (parsed.success && faults.length === 0) return parsed.data;
  throw usageError(`${file} is refused: ${faults.join('; ')}`);
}

function yamlOf(text: string, file: string): unknown {
  try {
    return parse(text, { prettyErrors: false });
  } catch (cause) {
    // The parser's message may quote the line, and a line may hold what should not be printed.
    throw new CliError(`${file} is neither YAML nor JSON`, 2, { cause });
  }
}

function describeUnknown(key: string, known: readonly string[]): string {
  if (SECRETS.includes(key))
    return key === 'RoleArn'
      ? 'RoleArn: leave it out and give --arn'
      : `${key}: never in a file; set DMS_DATABASE_PASSWORD, or give --password-fd, or type it when asked`;
  return `${JSON.stringify(key.slice(0, 64))} is no parameter of AddInstance; the nearest is "${closest(key.slice(0, 64), [...known])}"`;
}
