import { stripVTControlCharacters } from 'node:util';
import stringWidth from 'string-width';

const characters = new Intl.Segmenter();

/** Columns that a text takes on a terminal: two for a character of Chinese or an emoji, none for a colour or an accent. */
export const widthOf = (text: string): number => stringWidth(stripVTControlCharacters(text));

/** The beginning of a text that fits into so many columns, in whole characters. */
export function cutTo(text: string, width: number): string {
  let cut = '';
  let used = 0;
  for (const { segment } of characters.segment(text)) {
    used += widthOf(segment);
    if (used > width) return cut;
    cut += segment;
  }
  return cut;
}

/** A text in pieces of at most so many columns, in whole characters; one that is wider by itself is a piece of its own. */
export function pieces(text: string, width: number): readonly string[] {
  if (widthOf(text) <= width) return [text];
  const found: string[] = [];
  let piece = '';
  let used = 0;
  for (const { segment } of characters.segment(text)) {
    const columns = widthOf(segment);
    if (piece !== '' && used + columns > width) {
      found.push(piece);
      piece = '';
      used = 0;
    }
    piece += segment;
    used += columns;
  }
  return [...found, piece];
}
