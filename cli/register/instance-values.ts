import { isMap, isScalar, LineCounter, type ParsedNode, parseDocument, type YAMLMap } from 'yaml';
import { quote } from '../../events/visible.ts';
import type { FileFault, Place } from '../../shared/runtime/json-file.ts';

/** The keys of an instance file with their values and places, and what is wrong with the file as a file. */
export interface InstanceValues {
  readonly values: Readonly<Record<string, unknown>>;
  readonly places: ReadonlyMap<string, Place>;
  readonly faults: readonly FileFault[];
}

/** Faults of the syntax that are told at once: those after the first few are often consequences. */
const MOST = 3;

/**
 * A number whose digits stand in the file as YAML reads them is taken for these digits, since most parameters are texts:
 * `InstanceAlias: 20260101` is one. Nothing here quotes a value.
 */
export function instanceValues(text: string): InstanceValues {
  const lines = new LineCounter();
  const places = new Map<string, Place>();
  const values: Record<string, unknown> = Object.create(null);
  const placeOf = (offset: number): Place => {
    const { line, col } = lines.linePos(offset);
    return { line: Math.max(1, line), column: Math.max(1, col) };
  };
  const whole = (text: string): InstanceValues => ({
    values,
    places,
    faults: [{ place: { line: 1, column: 1 }, text }],
  });
  if (isDeep(text)) return whole(TOO_DEEP);
  const document = parseDocument(text, { lineCounter: lines });
  const errors = document.errors.filter(({ code }) => code !== 'DUPLICATE_KEY');
  const unread = errors.map(({ code, pos }) => ({ place: placeOf(pos[0]), text: WORDS[code] ?? NEITHER }));
  if (unread.length > 0) return { values, places, faults: unread.slice(0, MOST) };
  const { contents } = document;
  if (!isMap(contents)) return whole(NO_INSTANCE);
  return { values, places, faults: entriesOf(contents, { values, places, placeOf }) };
}

const TOO_DEEP = 'is nested too deep to be read';
/** An instance has one level. What has more is refused with its place, and as a whole from here on. */
const DEEPEST = 200;
const DEEP_ENTRIES = new RegExp(`(?:[-?:][ \\t]+){${DEEPEST}}|^[ \\t]{${DEEPEST}}`, 'm');

/**
 * Whether a text is nested so deep that the parser, which goes down once for each level, could come to the end of the
 * stack. Where it does so while a regular expression is compiled, Node.js ends the process.
 */
function isDeep(text: string): boolean {
  let depth = 0;
  for (const [bracket] of text.matchAll(/[[\]{}]/g)) {
    depth += bracket === '[' || bracket === '{' ? 1 : -1;
    if (depth >= DEEPEST) return true;
  }
  return DEEP_ENTRIES.test(text);
}

const NEITHER = 'is neither YAML nor JSON here';
const NO_INSTANCE = 'is no instance: expected keys such as Host, Port and InstanceType';

/** What to write instead, by the parser's codes: its own messages may quote the line. */
const WORDS: Readonly<Record<string, string>> = {
  TAB_AS_INDENT: 'a tab stands where YAML wants spaces; write spaces',
  BAD_INDENT: 'the line does not begin where the lines of its kind do; begin every key at the same column',
  MISSING_CHAR: 'is neither YAML nor JSON here: a quote, a bracket or a comma is missing',
  BLOCK_AS_IMPLICIT_KEY: 'is neither YAML nor JSON here: a value with ": " in it goes in quotes',
  MULTILINE_IMPLICIT_KEY: 'is neither YAML nor JSON here: a key stands on one line, with ":" after it',
  MULTIPLE_DOCS: 'begins a second document; a file holds one instance',
  BAD_ALIAS: 'begins with *, which YAML takes for a name; put it in quotes',
  BAD_DIRECTIVE: 'begins with %, which YAML takes for a directive; put it in quotes',
  BAD_SCALAR_START: 'begins with a sign that YAML reserves; put it in quotes',
  BAD_DQ_ESCAPE: 'has a backslash that is no escape; write it twice, or use single quotes',
};

interface Filling {
  readonly values: Record<string, unknown>;
  readonly places: Map<string, Place>;
  readonly placeOf: (offset: number) => Place;
}

function entriesOf(
  contents: YAMLMap.Parsed<ParsedNode, ParsedNode | null>,
  { values, places, placeOf }: Filling,
): readonly FileFault[] {
  const faults: FileFault[] = [];
  for (const { key, value } of contents.items) {
    const place = placeOf(key.range[0]);
    if (!isScalar(key)) {
      faults.push({ place, text: 'a key is no text; expected the name of a parameter, such as Host' });
      continue;
    }
    const name = String(key.value);
    const first = places.get(name);
    if (first !== undefined) {
      faults.push({ place, text: `${quote(name)} stands there already, at line ${first.line}; keep one` });
      continue;
    }
    places.set(name, place);
    const plain: unknown = isScalar(value) ? value.value : value === null ? null : {};
    // Nothing after the colon is as good as no line.
    if (plain === null) continue;
    const source = isScalar(value) ? value.source : undefined;
    values[name] = source === String(plain) && /^\d+$/.test(source) ? source : plain;
  }
  return faults;
}
