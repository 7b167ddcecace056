/** A list parameter and what a numbered element of it is called: the number first, then the field, if it has any. */
export interface ListParameter {
  readonly name: string;
  readonly element: RegExp;
}

/**
 * Lists travel as JSON text from newer clients, as numbered parameters (`Tag.1.Key`) from older ones. `begins`: how the
 * name of a list, or of one of its elements, begins; most requests have none.
 */
export const gatherLists =
  (lists: readonly ListParameter[], begins: RegExp) =>
  (input: unknown): unknown => {
    if (!isFlat(input) || !Object.keys(input).some((name) => begins.test(name))) return input;
    const result: Record<string, unknown> = { ...input };
    for (const { name, element } of lists) {
      const whole = input[name];
      const list = whole === undefined ? numbered(input, element) : fromJson(whole);
      if (list !== undefined) result[name] = list;
    }
    return result;
  };

const isFlat = (input: unknown): input is Readonly<Record<string, string>> =>
  typeof input === 'object' &&
  input !== null &&
  Object.values(input).every((value) => typeof value === 'string');

function numbered(flat: Readonly<Record<string, string>>, element: RegExp): unknown[] | undefined {
  const items = new Map<number, string | Record<string, string>>();
  for (const [name, value] of Object.entries(flat)) {
    const match = element.exec(name);
    if (match === null) continue;
    const index = Number(match[1]);
    const field = match[2];
    const known = items.get(index);
    if (field === undefined) items.set(index, value);
    else items.set(index, { ...(typeof known === 'object' ? known : {}), [field]: value });
  }
  if (items.size === 0) return undefined;
  return [...items].sort(([a], [b]) => a - b).map(([, item]) => item);
}

/** Text that is no JSON stays text: the schema of the list then refuses it. */
function fromJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
