import { Transform } from 'node:stream';
import { StringDecoder } from 'node:string_decoder';

const MARK = '[hidden]';

/** Shorter than this, a value is no secret, and would be found in half of all words. */
const SHORTEST = 4;

/** Takes values out of a text, also as JSON, a URL or base64 write them, and each long word of those that have spaces. */
export function redactor(secrets: readonly string[]): (text: string) => string {
  const forms = formsOf(secrets);
  return (text) => forms.reduce((left, form) => left.replaceAll(form, MARK), text);
}

/** The same for a stream: what may be the beginning of a value is held back until it is known. */
export function redacting(secrets: readonly string[]): Transform {
  const forms = formsOf(secrets);
  const clean = redactor(secrets);
  const decoder = new StringDecoder('utf8');
  let held = '';
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      const text = clean(held + decoder.write(chunk));
      const cut = text.length - beginning(text, forms);
      held = text.slice(cut);
      done(null, text.slice(0, cut));
    },
    flush(done) {
      done(null, clean(held + decoder.end()));
    },
  });
}

/** Longest first: a value may hold another one. */
function formsOf(secrets: readonly string[]): readonly string[] {
  const values = secrets.flatMap((secret) => [secret, secret.trim(), ...secret.split(/\s+/).filter(isLong)]);
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

/** How many characters at the end of a text are the beginning of one of the forms. */
function beginning(text: string, forms: readonly string[]): number {
  const longest = Math.min(text.length, Math.max(0, ...forms.map((form) => form.length - 1)));
  for (let length = longest; length > 0; length -= 1) {
    const end = text.slice(text.length - length);
    if (forms.some((form) => form.startsWith(end))) return length;
  }
  return 0;
}
