/** Text that stands for itself in HTML, in an element and in a quoted attribute. */
export const escapeHtml = (text: string): string =>
  text.replaceAll(/[&<>"'`]/g, (char) => `&#${char.charCodeAt(0)};`);

/** JSON that nothing in it can end early: not the element that holds it, not a comment, not a line of a script. */
export const jsonForHtml = (value: unknown): string =>
  JSON.stringify(value).replaceAll(
    /[<>&\u2028\u2029]/g,
    (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
