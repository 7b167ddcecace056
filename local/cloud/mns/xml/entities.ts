const NAMED: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };
const REFERENCE = /&(?:#([0-9]+)|#x([0-9A-Fa-f]+)|([^;&]*));?/g;

/** Replaces the five named entities and character numbers; null if anything else follows an ampersand. */
export function decodeEntities(text: string): string | null {
  let wrong = false;
  const decoded = text.replace(REFERENCE, (whole, decimal?: string, hex?: string, name?: string) => {
    const char = (decimal ?? hex) ? fromNumber(decimal, hex) : NAMED[name ?? ''];
    if (char === undefined || !whole.endsWith(';')) wrong = true;
    return char ?? '';
  });
  return wrong ? null : decoded;
}

function fromNumber(decimal: string | undefined, hex: string | undefined): string | undefined {
  const point = decimal === undefined ? Number.parseInt(hex ?? '', 16) : Number.parseInt(decimal, 10);
  return point <= 0x10ffff ? String.fromCodePoint(point) : undefined;
}

/** Escapes for element content. A carriage return is written as a number: a parser would make a line feed of it. */
export function escapeText(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('\r', '&#xD;');
}
