/**
 * Control characters, marks that turn the direction of text or have no width, letters that are blank, separators
 * of lines.
 */
const UNSEEN = /[\p{C}\p{Zl}\p{Zp}\s\u115f\u1160\u2800\u3164\uffa0]+/gu;

/**
 * A text of somebody else's as one line that cannot look like several: requesters write references and request ids.
 * Cut to `limit` characters.
 */
export function plain(text: string, limit = 500): string {
  const characters = [...text.replaceAll(UNSEEN, ' ').trim()];
  return characters.length <= limit ? characters.join('') : `${characters.slice(0, limit - 1).join('')}…`;
}
