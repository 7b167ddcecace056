import { Transform } from 'node:stream';
import { StringDecoder } from 'node:string_decoder';
import { formsOf, redactor } from '../../shared/runtime/redaction.ts';

/** Takes values out of a stream: what may be the beginning of a value is held back until it is known. */
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

/** How many characters at the end of a text are the beginning of one of the forms. */
function beginning(text: string, forms: readonly string[]): number {
  const longest = Math.min(text.length, Math.max(0, ...forms.map((form) => form.length - 1)));
  for (let length = longest; length > 0; length -= 1) {
    const end = text.slice(text.length - length);
    if (forms.some((form) => form.startsWith(end))) return length;
  }
  return 0;
}
