import type { HistoryLine } from '../../events/history.ts';

/** A role, by whose it is and for what: `1000000000000001 register`. */
export const roleOf = ({ requesterUid, access }: Pick<HistoryLine, 'requesterUid' | 'access'>): string =>
  `${requesterUid} ${access}`;

/** What was granted right after a line, until the next one. */
export interface Span {
  readonly from: number;
  readonly grants: readonly string[];
}

/** What a line says that it saw: of a write what was there before, of an outcome what was there after. */
const seenBy = (line: HistoryLine): readonly string[] | null =>
  line.event === 'record-write' ? line.before : line.after;

/** Lines in the order in which they were written down. Of one millisecond the outcome comes last. */
export const inOrder = <Line extends HistoryLine>(lines: readonly Line[]): readonly Line[] =>
  [...lines].sort(
    (a, b) =>
      Date.parse(a.at) - Date.parse(b.at) ||
      Number(a.event < b.event ? 1 : 0) - Number(b.event < a.event ? 1 : 0),
  );

/**
 * What a role granted, span by span. There is one writer, and it writes down what it found before it writes: so what the
 * next line saw is what was there since this one, whoever died in between. `now`: what the role grants today; null where
 * that is not known, and then the last word counts.
 */
export function spansOf(lines: readonly HistoryLine[], now: readonly string[] | null): readonly Span[] {
  const seeing = inOrder(lines).filter((line) => seenBy(line) !== null);
  return seeing.map((line, index) => {
    const next = seeing[index + 1];
    const last = line.event === 'record-write' ? (now ?? line.after) : (line.after ?? []);
    return { from: Date.parse(line.at), grants: (next === undefined ? last : seenBy(next)) ?? [] };
  });
}

/** The ids that a role granted at a moment, sorted. */
export function grantedAt(spans: readonly Span[], at: number): readonly string[] {
  const span = spans.findLast(({ from }) => from <= at);
  return (span?.grants ?? [])
    .filter((text) => endOf(text) > at)
    .map(idOf)
    .sort();
}

export const idOf = (text: string): string => text.split(' ')[0] ?? '';

const endOf = (text: string): number => {
  const end = / until (\S+)/.exec(text)?.[1];
  return end === undefined ? Number.POSITIVE_INFINITY : Date.parse(end);
};
