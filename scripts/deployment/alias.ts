import { createDecipheriv, createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'yaml';
import * as z from 'zod';

type Environment = Readonly<Record<string, string | undefined>>;

const keysSchema = z.object({
  AccountID: z.coerce.string().optional(),
  AccessKeyID: z.string(),
  AccessKeySecret: z.string(),
  SecurityToken: z.string().optional(),
});

/** The keys behind an alias of Serverless Devs, and the account that it was told they are of. */
export type AliasKeys = z.output<typeof keysSchema>;

/** An alias that cannot be used: the message says why, and what to do. */
export class AliasError extends Error {
  override readonly name = 'AliasError';
}

/** Where Serverless Devs has its files: `~/.s`, or below `serverless_devs_config_home`. */
export const toolHome = (environment: Environment): string =>
  join(environment['serverless_devs_config_home'] || homedir(), '.s');

/**
 * The keys of an alias as the tool itself finds them: a variable of that name that ends in `_serverless_devs_key`, as
 * JSON, or its file `access.yaml`. Throws `AliasError`; never quotes a key.
 */
export function keysOfAlias(alias: string, environment: Environment): AliasKeys {
  const given = alias.endsWith('_serverless_devs_key') ? environment[alias] : undefined;
  const found = given === undefined ? fromFile(alias, environment) : jsonOf(given);
  const keys = keysSchema.safeParse(found);
  if (keys.success) return keys.data;
  throw new AliasError(
    `the alias ${alias} has no AccessKeyID and AccessKeySecret: npx s config add -a ${alias} -f`,
  );
}

function fromFile(alias: string, environment: Environment): unknown {
  const aliases = stored(environment);
  const entry = aliases[alias];
  if (entry === undefined)
    throw new AliasError(
      `there is no alias ${JSON.stringify(alias)}; ${known(Object.keys(aliases))}: npx s config add -a ${alias}`,
    );
  return Object.fromEntries(Object.entries(entry).map(([name, value]) => [name, opened(String(value))]));
}

const known = (names: readonly string[]): string =>
  names.length === 0 ? 'there are none' : `there are ${names.join(', ')}`;

function stored(environment: Environment): Readonly<Record<string, Readonly<Record<string, unknown>>>> {
  try {
    const text = readFileSync(join(toolHome(environment), 'access.yaml'), 'utf8');
    return z.record(z.string(), z.record(z.string(), z.unknown())).parse(parse(text) ?? {});
  } catch {
    return {};
  }
}

/** The password that Serverless Devs 3.1 has in its own code: it hides the keys from a glance, and from nothing else. */
const PASSWORD = 'SecretKey123';

/** OpenSSL's salted form, as crypto-js writes it: AES-256-CBC, key and vector out of MD5. What is none stands as it is. */
function opened(value: string): string {
  const bytes = Buffer.from(value, 'base64');
  if (bytes.subarray(0, 8).toString('latin1') !== 'Salted__') return value;
  const derived = derive(bytes.subarray(8, 16));
  try {
    const decipher = createDecipheriv('aes-256-cbc', derived.subarray(0, 32), derived.subarray(32, 48));
    return Buffer.concat([decipher.update(bytes.subarray(16)), decipher.final()]).toString('utf8');
  } catch {
    return value;
  }
}

function derive(salt: Buffer): Buffer {
  let block = Buffer.alloc(0);
  let derived = Buffer.alloc(0);
  while (derived.length < 48) {
    block = createHash('md5')
      .update(Buffer.concat([block, Buffer.from(PASSWORD), salt]))
      .digest();
    derived = Buffer.concat([derived, block]);
  }
  return derived;
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
