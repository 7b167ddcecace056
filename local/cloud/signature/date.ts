/** Reads `2026-11-23T10:00:00Z`; NaN for anything else. */
export function isoTime(text: string): number {
  return /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(text) ? Date.parse(text) : Number.NaN;
}

/** Reads an HTTP date, `Tue, 03 Jun 2025 11:23:48 GMT`; NaN for anything else. */
export function httpTime(text: string): number {
  return /^[A-Z][a-z]{2}, \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d GMT$/.test(text)
    ? Date.parse(text)
    : Number.NaN;
}
