import { isUtf8 } from 'node:buffer';

/** What bytes say, or why they are no text, as the end of a sentence that begins with what they are (`the file `). */
export type ReadText = { readonly text: string } | { readonly bad: string };

const MARK = '\ufeff';

/** The text in bytes that must be UTF-8. A byte order mark before it is left out. Every door reads bytes with this. */
export function readText(bytes: Uint8Array): ReadText {
  const other = otherEncoding(bytes);
  if (other !== null) return { bad: `is ${other} from its first byte on; save or send it as UTF-8` };
  const text = Buffer.from(bytes).toString('utf8');
  if (isUtf8(bytes)) return { text: withoutMark(text) };
  const { offset, before } = firstBad(bytes, text);
  const byte = (bytes[offset] ?? 0).toString(16);
  const { line, column } = placeAt(before, before.length);
  return {
    bad: `is not UTF-8: byte 0x${byte} at line ${line}, column ${column} (byte ${offset + 1}); save or send it as UTF-8`,
  };
}

export const withoutMark = (text: string): string => (text.startsWith(MARK) ? text.slice(1) : text);

/** Line and column of a position in a text, both from 1. */
export function placeAt(text: string, position: number): { readonly line: number; readonly column: number } {
  const lines = withoutMark(text.slice(0, position)).split(/\r\n|[\n\r]/);
  return { line: lines.length, column: (lines.at(-1)?.length ?? 0) + 1 };
}

/** UTF-16 and UTF-32 by their marks, and UTF-16 without one by the zeros beside ASCII. */
function otherEncoding(bytes: Uint8Array): string | null {
  const [a, b, c, d] = bytes;
  if (a === 0xff && b === 0xfe) return c === 0 && d === 0 ? 'UTF-32' : 'UTF-16 (little-endian)';
  if (a === 0xfe && b === 0xff) return 'UTF-16 (big-endian)';
  if (a === 0 && b === 0 && c === 0xfe && d === 0xff) return 'UTF-32';
  if (bytes.length < 4) return null;
  const zeros = [a, b, c, d].map((byte) => (byte === 0 ? '0' : 'x')).join('');
  if (zeros === 'x0x0') return 'UTF-16 (little-endian)';
  return zeros === '0x0x' ? 'UTF-16 (big-endian)' : null;
}

/** Up to the first bad byte the decoded text is exact, so its bytes count up to there. */
function firstBad(bytes: Uint8Array, text: string): { readonly offset: number; readonly before: string } {
  let offset = 0;
  let at = 0;
  for (;;) {
    const next = text.indexOf('\ufffd', at);
    if (next < 0) return { offset, before: text };
    offset += Buffer.byteLength(text.slice(at, next));
    const genuine = bytes[offset] === 0xef && bytes[offset + 1] === 0xbf && bytes[offset + 2] === 0xbd;
    if (!genuine) return { offset, before: text.slice(0, next) };
    offset += 3;
    at = next + 1;
  }
}
