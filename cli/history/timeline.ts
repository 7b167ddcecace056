import type { HistoryLine, WriteLine } from '../../events/history.ts';

/** A role, by whose it is and for what: `1000000000000001 register`. */
export const roleOf = ({ requesterUid, access }: Pick<HistoryLine, 'requesterUid' | 'access'>): string =>
  `${requesterUid} ${access}`;

/** What was granted right after a line, until the next one. */
export interface Span {
  readonly from: number;
  readonly grants: readonly string[];
}

/** Whether provision looked and had nothing left to write. Of a long one only `before` has room in the line. */
export const isSettled = ({ before, after, settled }: WriteLine): boolean =>
  settled === true || before.join() === after.join();

/** Lines in the order in which they were written down. Of one millisecond they keep the order of the log. */
export const inOrder = <Line extends { readonly at: string }>(lines: readonly Line[]): readonly Line[] =>
  [...lines].sort((a, b) => Date.parse(a.at) - Date.parse(b.at));

/**
 * What a role granted, span by span. There is one writer, and it writes down what it found before it writes: so what its
 * next line found is what was there since this one, whoever died in between. Outcomes comment this and do not count:
 * whoever may invoke verify could make one up. `now`: what the role grants today; null where that is not known, and then
 * the last word counts.
 */
export function spansOf(lines: readonly HistoryLine[], now: readonly string[] | null): readonly Span[] {
  const writes = inOrder(lines).filter((line) => line.event === 'record-write');
  return writes.map((line, index) => ({
    from: Date.parse(line.at),
    grants: writes[index + 1]?.before ?? now ?? (isSettled(line) ? line.before : line.after),
  }));
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
