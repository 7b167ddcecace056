import type { EndRules, Granting } from '../../../shared/record/ends.ts';
import type { Entry } from '../../../shared/record/entry.ts';
import { type AccessRecord, EMPTY_RECORD, type GrantId } from '../../../shared/record/record.ts';
import { type Millis, millis } from '../../../shared/runtime/millis.ts';

/**
 * Entries and words of tables as short texts, with small numbers for times: `granted 10 until 60 default said 5 extended
 * since 2 revoked 1 emergency on r-1 r-2`, or `... read-only`. No other part of an entry is left out of its text.
 */
type Part = Readonly<Record<string, unknown>>;

const WITH_TIME: Readonly<Record<string, string>> = {
  until: 'until',
  said: 'saidAt',
  since: 'since',
  revoked: 'revokedAt',
};
const MARKS: Readonly<Record<string, string>> = {
  default: 'byDefault',
  extended: 'extended',
  emergency: 'emergency',
};

function partsOf(words: readonly string[]): Part {
  const [word, next, ...rest] = words;
  if (word === undefined) return {};
  if (word === 'on') return { instances: words.slice(1) };
  if (word === 'read-only') return { instances: [] };
  if (word === 'never') return { until: 'never' };
  const mark = MARKS[word];
  if (mark !== undefined) return { [mark]: true, ...partsOf(words.slice(1)) };
  const key = WITH_TIME[word];
  if (key === undefined) throw new Error(`no word of an entry: ${word}`);
  return { [key]: Number(next), ...partsOf(rest) };
}

/** An entry of such a text; none where it is `none`. */
export function entryOf(text: string): Entry | undefined {
  if (text === 'none') return undefined;
  const [state, at, ...words] = text.split(' ');
  return { state, at: Number(at), until: null, ...partsOf(words) } as Entry;
}

/** The same, where there is one. */
export function held(text: string): Entry {
  const entry = entryOf(text);
  if (entry === undefined) throw new Error('no entry');
  return entry;
}

/** A record with entries of such texts. */
export const recordOf = (
  texts: Partial<Record<GrantId, string>>,
  rest: Partial<Omit<AccessRecord, 'entries'>> = {},
): AccessRecord => ({
  ...EMPTY_RECORD,
  ...rest,
  entries: new Map(
    Object.entries(texts).flatMap(([id, text]) => {
      const entry = entryOf(text ?? 'none');
      return entry === undefined ? [] : [[id as GrantId, entry] as const];
    }),
  ),
});

/** The entries of a record as such texts, each after its id. */
export const textsOf = ({ entries }: AccessRecord): readonly string[] =>
  [...entries].map(([id, entry]) => `${id} ${textOf(entry)}`);

/** A time, or null for none. */
export const timeOf = (time: number | null): Millis | null => (time === null ? null : millis(time));

/** A grant of such a text: `10`, `10 never`, `10 until 60 on r-1`. */
export function wordOf(text: string): Granting {
  const [at, ...words] = text.split(' ');
  return { at: millis(Number(at)), until: null, ...partsOf(words) };
}

/** The text of an entry. */
export function textOf(entry: Entry | null | undefined): string {
  if (entry === undefined || entry === null) return 'none';
  const { state, at, until, instances, byDefault, saidAt, extended, since, revokedAt, emergency, ...others } =
    entry;
  if (Object.keys(others).length > 0) throw new Error(`no part of an entry: ${Object.keys(others)}`);
  for (const [key, value] of Object.entries(entry))
    if (value === undefined || (value === null && key !== 'until')) throw new Error(`no value: ${key}`);
  const timed = (word: string, time: Millis | null | undefined) =>
    time === undefined || time === null ? [] : [word, time];
  const marked = (word: string, mark: true | undefined) => (mark === true ? [word] : []);
  return [
    state,
    at,
    ...timed('until', until),
    ...marked('default', byDefault),
    ...timed('said', saidAt),
    ...marked('extended', extended),
    ...timed('since', since),
    ...timed('revoked', revokedAt),
    ...marked('emergency', emergency),
    ...(instances === undefined ? [] : instances.length === 0 ? ['read-only'] : ['on', ...instances]),
  ].join(' ');
}

/** A grant that names no end lasts for 100, and none for more than 500. */
export const RULES: EndRules = {
  defaultEnd: (at) => millis(at + 100),
  latestEnd: (at) => millis(at + 500),
};
