/** A query of Simple Log Service, as far as ours go: does it find a line? Search words first, then the `where`. */
export function finds(query: string, line: Readonly<Record<string, string>>): boolean {
  const [, search = '', where = 'true'] =
    /^(.*?) \| select .*? where (.*?) (?:order|group) by /.exec(query) ?? [];
  return search.split(' or ').some((word) => isIn(word, line)) && judge(where, line) === true;
}

/** A word is found whole: between two delimiters of `deploy/observability/index.json`, upper and lower case alike. */
function isIn(word: string, line: Readonly<Record<string, string>>): boolean {
  if (word === '*') return true;
  const tokens = new Set(Object.values(line).flatMap(tokensOf));
  return tokensOf(word).every((token) => tokens.has(token));
}

const tokensOf = (text: string): readonly string[] =>
  text
    .toLowerCase()
    .split(/[, '";=()[\]{}?@&<>/:\n\t\r]+/)
    .filter((token) => token !== '');

/** True, false, or null as in SQL: not known, which finds nothing. */
type Truth = boolean | null;
type Value = string | null;

const TOKEN = /\s*('(?:[^']|'')*'|[\w]+|<>|[=(),])/y;

/** Reads the words of a `where` one after the other. */
class Words {
  readonly #words: readonly string[];
  #at = 0;
  constructor(text: string) {
    const words: string[] = [];
    TOKEN.lastIndex = 0;
    for (let last = 0; last < text.length; last = TOKEN.lastIndex) {
      const word = TOKEN.exec(text)?.[1];
      if (word === undefined) throw new Error(`cannot read ${text.slice(last)}`);
      words.push(word);
    }
    this.#words = words;
  }
  takes(word: string): boolean {
    if (this.#words[this.#at] !== word) return false;
    this.#at += 1;
    return true;
  }
  next(): string {
    const word = this.#words[this.#at];
    if (word === undefined) throw new Error('the query ends too early');
    this.#at += 1;
    return word;
  }
  must(word: string): void {
    const found = this.next();
    if (found !== word) throw new Error(`expected ${word}, found ${found}`);
  }
  get done(): boolean {
    return this.#at === this.#words.length;
  }
}

function judge(where: string, line: Readonly<Record<string, string>>): Truth {
  const words = new Words(where);
  const truth = either(words, line);
  if (!words.done) throw new Error(`expected the end, found ${words.next()}`);
  return truth;
}

type Line = Readonly<Record<string, string>>;

function either(words: Words, line: Line): Truth {
  let truth = both(words, line);
  while (words.takes('or')) {
    const other = both(words, line);
    truth = truth === true || other === true ? true : truth === null || other === null ? null : false;
  }
  return truth;
}

function both(words: Words, line: Line): Truth {
  let truth = one(words, line);
  while (words.takes('and')) {
    const other = one(words, line);
    truth = truth === false || other === false ? false : truth === null || other === null ? null : true;
  }
  return truth;
}

const not = (truth: Truth): Truth => (truth === null ? null : !truth);

function one(words: Words, line: Line): Truth {
  if (words.takes('not')) return not(one(words, line));
  if (words.takes('true')) return true;
  if (words.takes('(')) {
    const truth = either(words, line);
    words.must(')');
    return truth;
  }
  if (words.takes('regexp_like')) {
    words.must('(');
    const text = value(words, line);
    words.must(',');
    const pattern = value(words, line) ?? '';
    words.must(')');
    const flags = pattern.startsWith('(?i)') ? 'i' : '';
    return text === null ? null : new RegExp(pattern.replace('(?i)', ''), flags).test(text);
  }
  return compared(words, line, value(words, line));
}

function compared(words: Words, line: Line, left: Value): Truth {
  if (words.takes('not')) return not(compared(words, line, left));
  if (words.takes('in')) {
    words.must('(');
    const all = [value(words, line)];
    while (words.takes(',')) all.push(value(words, line));
    words.must(')');
    return left === null ? null : all.includes(left);
  }
  const how = words.next();
  const right = value(words, line);
  if (left === null || right === null) return null;
  if (how === '=') return left === right;
  if (how === '<>') return left !== right;
  if (how !== 'like' || !/^[^%_]*%$/.test(right)) throw new Error(`cannot judge ${how} ${right}`);
  return left.startsWith(right.slice(0, -1));
}

function value(words: Words, line: Line): Value {
  const word = words.next();
  if (word.startsWith("'")) return word.slice(1, -1).replaceAll("''", "'");
  if (word === 'coalesce' || word === 'json_extract_scalar') {
    words.must('(');
    const first = value(words, line);
    words.must(',');
    const second = value(words, line);
    words.must(')');
    return word === 'coalesce' ? (first ?? second) : scalarAt(first, second ?? '');
  }
  return line[word] ?? null;
}

function scalarAt(json: Value, path: string): Value {
  let found: unknown = json === null ? null : JSON.parse(json);
  for (const key of path.split('.').slice(1))
    found = typeof found === 'object' && found !== null ? Reflect.get(found, key) : undefined;
  return ['string', 'number', 'boolean'].includes(typeof found) ? String(found) : null;
}
