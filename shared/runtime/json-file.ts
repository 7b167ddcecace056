import { type ParseErrorCode, visit } from 'jsonc-parser';
import { readText } from '../../events/text.ts';
import { quote, visible } from '../../events/visible.ts';

/** Where something stands in a file, both from 1. */
export interface Place {
  readonly line: number;
  readonly column: number;
}

/** A fault of a file, in words for people, and where it is. */
export interface FileFault {
  readonly place: Place | null;
  readonly text: string;
}

export interface JsonFile {
  readonly value: unknown;
  /** Keys that stand in one object twice, of which JSON would keep the last. */
  readonly faults: readonly FileFault[];
  /** Where a value stands, or the nearest thing around it that is there. */
  placeOf(path: readonly PropertyKey[]): Place | null;
}

/** Faults of syntax that are told at once: those after the first few are often consequences. */
const MOST = 3;
const NOT_JSON = 'the file is not JSON';
const START: Place = { line: 1, column: 1 };
/** Files of ours have no place that is deeper. */
const DEEPEST = 8;

/** Reads a JSON file that people write, with the places of all that stands in it; or its faults, where it is no JSON. */
export function readJsonFile(file: Uint8Array): JsonFile | { readonly unread: readonly FileFault[] } {
  const read = readText(file);
  if ('bad' in read) return { unread: [{ place: null, text: `the file ${read.bad}` }] };
  if (read.text.trim() === '') return { unread: [{ place: START, text: 'the file is empty' }] };
  try {
    const { syntax, twice, places } = walk(read.text);
    if (syntax.length > 0) return { unread: syntax.slice(0, MOST) };
    return {
      value: JSON.parse(read.text),
      faults: twice,
      placeOf: (path) => nearestPlace(places, path),
    };
  } catch (error) {
    // The parser's own message quotes the file, which may hold a misplaced secret.
    const text = error instanceof RangeError ? 'the file is nested too deep to be read' : NOT_JSON;
    return { unread: [{ place: START, text }] };
  }
}

/** A fault as the beginning of a sentence, with nothing of the file in it that cannot be seen. */
export const withPlace = ({ place, text }: FileFault): string =>
  visible(place === null ? text : `line ${place.line}, column ${place.column}: ${text}`);

function walk(text: string) {
  /** One of each line. */
  const syntax = new Map<number, FileFault>();
  const twice: FileFault[] = [];
  const places = new Map<string, Place>();
  let depth = 0;
  const at = (line: number, character: number): Place => ({ line: line + 1, column: character + 1 });
  const enter = (_o: number, _l: number, line: number, character: number, path: () => PropertyKey[]) => {
    if (depth <= DEEPEST) keep(keyOf(path()), at(line, character));
    depth += 1;
  };
  const leave = () => {
    depth -= 1;
  };
  const keep = (key: string, place: Place) => {
    if (!places.has(key)) places.set(key, place);
  };
  visit(
    text,
    {
      onObjectBegin: (...begin) => enter(...begin),
      onArrayBegin: enter,
      onObjectEnd: leave,
      onArrayEnd: leave,
      onObjectProperty: (name, _offset, _length, line, character, path) => {
        if (depth > DEEPEST) return;
        const key = keyOf([...path(), name]);
        const first = places.get(key);
        const place = at(line, character);
        if (first === undefined) places.set(key, place);
        else
          twice.push({ place, text: `${quote(name)} stands there already, at line ${first.line}; keep one` });
      },
      onLiteralValue: (_value, _offset, _length, line, character, path) => {
        if (depth <= DEEPEST) keep(keyOf(path()), at(line, character));
      },
      onError: (code, _offset, _length, line, character) => {
        if (syntax.has(line)) return;
        const text = `${NOT_JSON}: ${WORDS[code] ?? 'something else was expected'}`;
        syntax.set(line, { place: at(line, character), text });
      },
    },
    { disallowComments: true },
  );
  return { syntax: [...syntax.values()], twice, places };
}

/** A place in a list has the same key as a number and as a word. */
const keyOf = (path: readonly PropertyKey[]): string => JSON.stringify(path.map(String));

function nearestPlace(places: ReadonlyMap<string, Place>, path: readonly PropertyKey[]): Place | null {
  for (let length = path.length; length >= 0; length -= 1) {
    const place = places.get(keyOf(path.slice(0, length)));
    if (place !== undefined) return place;
  }
  return null;
}

/** What to write instead, by the codes that the parser tells. */
const WORDS: Readonly<Partial<Record<ParseErrorCode, string>>> = {
  1: 'this is no value of JSON; put a text in double quotes',
  3: 'expected a name in double quotes; after the last entry stands no comma',
  4: 'expected a value; after the last entry stands no comma',
  5: 'expected ":" between the name and its value',
  6: 'expected a comma between this and what stands before it',
  7: 'expected "}"',
  8: 'expected "]"',
  9: 'expected nothing after the end of the object',
  10: 'JSON has no comments; take it out',
  12: 'the text has no closing double quote on its line',
  13: 'the number is cut off',
  14: 'expected four hexadecimal digits after "\\u"',
  15: 'an escape that JSON does not have; write "\\\\" for a backslash',
  16: 'a tab or another control character inside of a text; write it as an escape, such as "\\t"',
};
