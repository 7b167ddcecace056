import type { Document } from '../catalogue/document.ts';

/**
 * One rule of a document, in a form that can be compared. A statement with two actions and three resources is six
 * rules. Letter case is folded where RAM ignores it: in actions, condition operators and keys.
 */
export interface Rule {
  readonly effect: string;
  readonly action: string;
  /** `Resource`, `NotResource` or a principal kind (`Service`, `RAM`), and its value. */
  readonly kind: string;
  readonly value: string;
  /** Canonical JSON of the condition; `{}` for none. */
  readonly condition: string;
}

type Json = Readonly<Record<string, unknown>>;

/**
 * Reads a document, whatever its key order, white space, or use of a string for a list of one. Null for text that is
 * no document. Unknown parts of a statement are kept in its rules, so that it never equals one of ours.
 */
export function rulesOf(text: string): readonly Rule[] | null {
  const document = parse(text);
  if (document === null || word(document['Version']) !== '1') return null;
  const statements = list(document['Statement']);
  if (!statements.every(isObject)) return null;
  return statements.flatMap(rulesOfStatement);
}

/** The rules of a document of ours, which can always be read. */
export const rulesOfOurs = ({ Statement }: Document): readonly Rule[] =>
  Statement.flatMap((statement) => rulesOfStatement({ ...statement }));

/** The same set of rules, whatever their order and repetition. */
export function sameRules(a: readonly Rule[], b: readonly Rule[]): boolean {
  const left = new Set(a.map(ruleKey));
  const right = new Set(b.map(ruleKey));
  return left.size === right.size && [...left].every((rule) => right.has(rule));
}

export const ruleKey = (rule: Rule): string =>
  JSON.stringify([rule.effect, rule.action, rule.kind, rule.value, rule.condition]);

/** Stands for a list without entries. No action, resource or principal has such a name. */
const EMPTY = '(nothing)';

/**
 * At least one rule for every statement. A statement without actions or principals still counts for RAM: `NotAction:
 * []` means every action.
 */
function rulesOfStatement(statement: Json): Rule[] {
  const effect = word(statement['Effect']);
  const condition = canonicalCondition(statement['Condition']);
  const named = [
    ...entries(statement, 'Action').map((action) => action.toLowerCase()),
    ...entries(statement, 'NotAction').map((action) => `not ${action.toLowerCase()}`),
  ];
  const actions = named.length > 0 ? named : [EMPTY];
  return actions.flatMap((action) =>
    targets(statement).map(([kind, value]) => ({ effect, action, kind, value, condition })),
  );
}

/** What a statement is about: its resources, its principals, and any key that has no place in a document of ours. */
function targets(statement: Json): (readonly [string, string])[] {
  const found: (readonly [string, string])[] = [];
  for (const key of Object.keys(statement)) {
    if (['Effect', 'Action', 'NotAction', 'Condition'].includes(key)) continue;
    const value = statement[key];
    if (key === 'Principal' && isObject(value) && Object.keys(value).length > 0) {
      for (const kind of Object.keys(value)) for (const one of entries(value, kind)) found.push([kind, one]);
    } else if (key === 'Principal' && isObject(value)) found.push([key, EMPTY]);
    else for (const one of entries(statement, key)) found.push([key, one]);
  }
  return found.length > 0 ? found : [['Resource', EMPTY]];
}

/** What stands under a key, entry by entry: none where the key is missing, and `EMPTY` for an empty list. */
function entries(object: Json, key: string): readonly string[] {
  if (!Object.hasOwn(object, key)) return [];
  const values = list(object[key]).map(word);
  return values.length > 0 ? values : [EMPTY];
}

function canonicalCondition(value: unknown): string {
  if (value === undefined) return '{}';
  if (!isObject(value)) return JSON.stringify(value);
  const operators = Object.keys(value).map((operator) => {
    const keys = value[operator];
    const pairs = isObject(keys)
      ? Object.keys(keys)
          .map((key) => [key.toLowerCase(), list(keys[key]).map(word).sort()])
          .sort()
      : keys;
    return JSON.stringify([operator.toLowerCase(), pairs]);
  });
  return operators.length === 0 ? '{}' : `[${operators.sort().join()}]`;
}

function parse(text: string): Json | null {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : null;
  } catch {
    return null;
  }
}

const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const list = (value: unknown): readonly unknown[] =>
  value === undefined ? [] : Array.isArray(value) ? value : [value];

/** A text as it is, anything else as JSON. `String` would call a `toString` that the document brought along. */
const word = (value: unknown): string =>
  typeof value === 'string' ? value : (JSON.stringify(value) ?? 'undefined');
