/**
 * Text of others for people's eyes: characters that a terminal obeys, that turn the direction of what follows, that
 * cannot be seen or that look like a space and are none are written out, as `\u001b`. New lines stay.
 */
export const visible = (text: string): string =>
  text.replaceAll(/(?![\n ])[\p{Cc}\p{Cf}\p{Cs}\p{Z}\u115f\u1160\u3164\uffa0]/gu, (char) => {
    const code = (char.codePointAt(0) ?? 0).toString(16);
    return code.length > 4 ? `\\u{${code}}` : `\\u${code.padStart(4, '0')}`;
  });

/** The same in one line: a text of others cannot look like the next line of what is shown. */
export const oneLine = (text: string): string => visible(text).replaceAll('\n', '\\u000a');

/** A text in quotes, at most 80 characters of it, with nothing in it that cannot be seen. */
export function quote(text: string): string {
  return visible(JSON.stringify(firstCharacters(text)));
}

/** At most 80 characters of a text, with a mark where there are more. */
export function firstCharacters(text: string): string {
  const start = [...text.slice(0, 162)].slice(0, 80).join('');
  return start.length < text.length ? `${start}…` : start;
}
