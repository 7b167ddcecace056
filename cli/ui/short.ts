/** A reference may have 256 characters; a ticket's number stands at its beginning. JSON and CSV have all of it. */
const SHOWN = 60;

/** A reference as a terminal shows it: at most 60 characters. */
export const short = (reference: string): string => {
  const characters = [...reference];
  return characters.length <= SHOWN ? reference : `${characters.slice(0, SHOWN - 1).join('')}…`;
};
