/** Headers by lower-case name. Values of names that differ in case only are joined, as those of one name are. */
export type Headers = ReadonlyMap<string, string>;

export function headersOf(raw: Readonly<Record<string, string>>): Headers {
  const headers = new Map<string, string>();
  for (const [name, value] of Object.entries(raw)) {
    const key = name.toLowerCase();
    const before = headers.get(key);
    headers.set(key, before === undefined ? value : `${before},${value}`);
  }
  return headers;
}
