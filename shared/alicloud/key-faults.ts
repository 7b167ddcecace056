import { visible } from '../../events/visible.ts';
import type { Keys } from './credentials.ts';

/**
 * Keys that cannot be right, or a source of keys that holds none that can be used. The message says which and what
 * to do.
 */
export class CredentialsFaultError extends Error {
  override readonly name = 'CredentialsFaultError';
}

/**
 * What is wrong with a key as a text; null where nothing is. No key of the vendor holds white space or a control character:
 * they come from a pasted line, or from a file with the line ends of another system. The key itself is never shown.
 */
export function keyFault(what: string, value: string): string | null {
  const [odd] = /[^\x21-\x7e]/u.exec(value) ?? [];
  if (odd === undefined) return null;
  const where = value.indexOf(odd) === value.length - odd.length ? 'ends in' : 'holds';
  return `${what} ${where} ${NAMES[odd] ?? `the character ${visible(`"${odd}"`)}`}, which no key has; set it again without`;
}

const NAMES: Readonly<Record<string, string>> = {
  '\r': 'a carriage return (\\r)',
  '\n': 'a line end (\\n)',
  '\t': 'a tab (\\t)',
  ' ': 'a space',
  '\u00a0': 'a non-breaking space (\\u00a0)',
  '\ufeff': 'a byte order mark (\\ufeff)',
};

/** Throws `CredentialsFaultError` for keys that cannot be right. `names`: what they are called where they come from. */
export function requireKeys(keys: Keys, names: Readonly<Record<keyof Keys, string>>): void {
  const { accessKeyId, accessKeySecret, securityToken = '' } = keys;
  const given = { accessKeyId, accessKeySecret, securityToken };
  for (const part of ['accessKeyId', 'accessKeySecret', 'securityToken'] as const) {
    const fault = keyFault(names[part], given[part]);
    if (fault !== null) throw new CredentialsFaultError(fault);
  }
}
