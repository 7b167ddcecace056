import { HandshakeError } from './errors.ts';

/** What keeps secrets out of what people and logs get to see. */

const MARK = '[hidden]';

/** Shorter than this, a value is no secret, and would be found in half of all words. */
const SHORTEST = 4;

/**
 * What may be shown of a thrown value: the message of our own errors, and only the name of any other, whose message
 * could hold a secret.
 */
export const tellable = (thrown: unknown): string => {
  if (thrown instanceof HandshakeError) return thrown.message;
  return thrown instanceof Error ? thrown.name : 'unknown';
};

/** Takes values out of a text, also as JSON, a URL or base64 write them, and each long word of those that have spaces. */
export function redactor(secrets: readonly string[]): (text: string) => string {
  const forms = formsOf(secrets);
  return (text) => forms.reduce((left, form) => left.replaceAll(form, MARK), text);
}

/** Longest first: a value may hold another one. */
export function formsOf(secrets: readonly string[]): readonly string[] {
  const values = secrets.flatMap((secret) => [secret, secret.trim(), ...secret.split(/\s/).filter(isLong)]);
  const forms = values.flatMap((value) => [
    value,
    JSON.stringify(value).slice(1, -1),
    encodeURIComponent(value),
    Buffer.from(value).toString('base64'),
    Buffer.from(value).toString('base64url'),
  ]);
  return [...new Set(forms)].filter((form) => form.length >= SHORTEST).sort((a, b) => b.length - a.length);
}

const isLong = (word: string): boolean => word.length >= 8;
