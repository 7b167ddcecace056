/** Characters that the details of one check may have together: with twenty-five checks a reply stays far below 64 KB. */
const LONGEST = 1_000;
const LONGEST_DETAIL = 240;

/** A text that is not longer than one detail may be. */
export const cutText = (text: string): string =>
  text.length > LONGEST_DETAIL ? `${text.slice(0, LONGEST_DETAIL)}...` : text;

/**
 * Details in one text, cut to what a reply can hold: `a; b; and 58 more`. They may quote a document of somebody else,
 * which can be as large as RAM allows.
 */
export function atMost(details: readonly string[], longest = LONGEST): string {
  const shown: string[] = [];
  let length = 0;
  for (const detail of details) {
    const cut = cutText(detail);
    length += cut.length + 2;
    if (length > longest) break;
    shown.push(cut);
  }
  const left = details.length - shown.length;
  return left === 0 ? shown.join('; ') : [...shown, `and ${left} more`].join('; ');
}
