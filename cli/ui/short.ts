import { oneLine } from '../../events/visible.ts';

/** A reference may have 256 characters; a ticket's number stands at its beginning. JSON and CSV have all of it. */
const SHOWN = 60;

/** A reference as a terminal shows it: at most 60 characters, in one line. */
export const short = (reference: string): string => {
  const characters = [...reference];
  return oneLine(characters.length <= SHOWN ? reference : `${characters.slice(0, SHOWN - 1).join('')}…`);
};
