/**
 * Free text in characters that every service takes in a tag: letters and digits of any alphabet, blanks, and `-._~`; the
 * others as in an address, since a value may hold no `://`. As much as fits into so many characters.
 */
export function encode(text: string, room: number): string {
  let encoded = '';
  for (const character of text) {
    const next = /[\p{L}\p{N} ._~-]/u.test(character)
      ? character
      : encodeURIComponent(toWellFormed(character));
    if (encoded.length + next.length > room) break;
    encoded += next;
  }
  return encoded.trimEnd();
}

/** Half of a surrogate pair cannot be encoded. */
const toWellFormed = (character: string): string =>
  /^[\ud800-\udfff]$/.test(character) ? '\ufffd' : character;

/** The text again. What was edited by hand and cannot be decoded stays as it is. */
export function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
