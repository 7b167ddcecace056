/**
 * JSON without the three characters that XML gives a meaning to, and without the two that it forbids and JSON lets
 * through: the queue service's SDK puts a message body into XML as it is. Any JSON parser reads the escapes back.
 */
export const xmlSafeJson = (value: unknown): string =>
  JSON.stringify(value).replaceAll(
    /[<>&\ufffe\uffff]/g,
    (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
