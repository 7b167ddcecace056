/** Random decisions, drawn from a number: a rewriting has many small ones. */
export function decisions(seed: number): () => boolean {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state >>> 31 === 1;
  };
}

type Json = Readonly<Record<string, unknown>>;

/**
 * Another way to write a document that says the same to RAM: order of keys and of lists, a list of one as a text,
 * letter case of actions, of condition keys and of the names in principals, statements repeated or in another order,
 * white space.
 */
export function rewrite(text: string, seed: number): string {
  const flip = decisions(seed);
  const shuffle = <T>(values: readonly T[]): T[] => {
    const turned = flip() ? values.toReversed() : [...values];
    const [first, ...rest] = turned;
    return first !== undefined && flip() ? [...rest, first] : turned;
  };
  const cased = (word: string) => (flip() ? word : flip() ? word.toLowerCase() : word.toUpperCase());
  const list = (value: unknown, change: (word: string) => string = (word) => word): unknown => {
    const words = shuffle([value].flat().map(String)).map(change);
    if (words.length !== 1) return words;
    return flip() ? words[0] : words;
  };
  const entries = (value: object, change: (key: string, one: unknown) => [string, unknown]): Json =>
    Object.fromEntries(shuffle(Object.entries(value).map(([key, one]) => change(key, one))));
  const principalName = (name: string) =>
    name.replace(/(role|user)\/(.+)$/, (_, kind: string, last: string) => `${kind}/${cased(last)}`);
  const statement = (one: object): Json =>
    entries(one, (key, value) => {
      if (key === 'Action') return [key, list(value, (word) => (word === '*' ? word : cased(word)))];
      if (key === 'Resource') return [key, list(value)];
      if (key === 'Principal' && typeof value === 'object' && value !== null)
        return [
          key,
          entries(value, (kind, names) => [kind, list(names, kind === 'RAM' ? principalName : undefined)]),
        ];
      if (key === 'Condition' && typeof value === 'object' && value !== null)
        return [
          key,
          entries(value, (operator, keys) => [
            operator,
            entries(Object(keys), (name, values) => [cased(name), list(values)]),
          ]),
        ];
      return [key, value];
    });
  const document: { Version: string; Statement: object[] } = JSON.parse(text);
  const split = document.Statement.flatMap((one) => {
    const actions: string[] = 'Action' in one ? [one.Action].flat().map(String) : [];
    if (actions.length < 2 || !flip()) return [one];
    return [
      { ...one, Action: actions.slice(0, 1) },
      { ...one, Action: actions.slice(1) },
    ];
  });
  const statements = shuffle(split).map(statement);
  const repeated = flip() ? [...statements, ...statements.slice(0, 1)] : statements;
  return JSON.stringify(
    entries({ Version: document.Version, Statement: repeated }, (key, value) => [key, value]),
    null,
    flip() ? 0 : flip() ? 2 : '\t',
  );
}
