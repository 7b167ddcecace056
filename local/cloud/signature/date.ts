/** Reads `2026-11-23T10:00:00Z`, and with milliseconds, as some clients send it; NaN for anything else. */
export function isoTime(text: string): number {
  return /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,3})?Z$/.test(text) ? Date.parse(text) : Number.NaN;
}

/** Reads an HTTP date, `Tue, 03 Jun 2025 11:23:48 GMT`; NaN for anything else. */
export function httpTime(text: string): number {
  return /^[A-Z][a-z]{2}, \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d GMT$/.test(text)
    ? Date.parse(text)
    : Number.NaN;
}
