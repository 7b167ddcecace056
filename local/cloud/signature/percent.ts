/** Percent-encoding as the vendor signs it: RFC 3986, only letters, digits, `-`, `_`, `.` and `~` stay. */
export function percentEncode(text: string): string {
  if (PLAIN.test(text)) return text;
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

const PLAIN = /^[\w.~-]*$/;

/** `name=value` pairs of parameters, sorted by name, encoded, joined with `&`; without the signature itself. */
export function canonicalParameters(parameters: Readonly<Record<string, string>>): string {
  let text = '';
  for (const name of Object.keys(parameters).sort()) {
    if (name === 'Signature') continue;
    text += `${text === '' ? '' : '&'}${percentEncode(name)}=${percentEncode(parameters[name] ?? '')}`;
  }
  return text;
}

/** The same of pairs, of which several may have one name. */
export function canonicalPairs(pairs: Iterable<readonly [string, string]>): string {
  return [...pairs]
    .sort(([a, x], [b, y]) => compare(a, b) || compare(x, y))
    .map(([name, value]) => `${percentEncode(name)}=${percentEncode(value)}`)
    .join('&');
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
