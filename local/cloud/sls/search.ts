import { ApiError } from '../error.ts';
import type { StoredLine } from './state.ts';

/** What stands between two words of a text: the delimiters of the usual index. */
const BETWEEN = /[, '";=()[\]{}?@&<>/:\n\t\r]/;

const wordsOf = (text: string): readonly string[] =>
  text
    .toLowerCase()
    .split(BETWEEN)
    .filter((word) => word !== '');

type Condition = (line: StoredLine) => boolean;

/**
 * Reads a search: `*`, words and phrases in quotes, and `__topic__:"..."`, joined by `and`. A phrase finds its words side
 * by side, upper and lower case alike. Everything else that the service knows is refused, not passed over.
 */
export function searchOf(query: string): Condition {
  const text = query.trim();
  if (text === '' || text === '*') return () => true;
  const conditions = text.split(/(?<!\s)\s+and\s+/i).map(conditionOf);
  return (line) => conditions.every((holds) => holds(line));
}

function conditionOf(term: string): Condition {
  const topic = /^__topic__\s*:\s*"([^"\\]*)"$/.exec(term)?.[1];
  if (topic !== undefined) return (line) => line.topic === topic;
  const phrase = /^"([^"\\]+)"$/.exec(term)?.[1] ?? /^([\w.-]+)$/.exec(term)?.[1];
  if (phrase === undefined || /^(or|not)$/i.test(phrase))
    throw new ApiError(400, 'ParameterInvalid', `The local cloud cannot read this part of a query: ${term}`);
  const wanted = ` ${wordsOf(phrase).join(' ')} `;
  return ({ fields }) =>
    Object.values(fields).some((text) => ` ${wordsOf(text).join(' ')} `.includes(wanted));
}
