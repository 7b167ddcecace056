import type { HistoryLine, OutcomeLine, WriteLine } from '../../events/history.ts';
import type { HistoryReport } from '../../events/report.ts';
import { idOf, inOrder, roleOf } from './timeline.ts';

export type HistoryEvent = HistoryReport['events'][number];

/** What is asked about. `now`: what every role grants today, by the name that `roleOf` gives it. */
export interface Asked {
  readonly requester?: string;
  readonly engine?: string;
  readonly since: number;
  readonly now: ReadonlyMap<string, readonly string[]>;
}

/**
 * The events of a history, oldest first: every outcome, and every write that nobody ever answered for. A line that was
 * written twice is one event.
 */
export function eventsOf(lines: readonly HistoryLine[], asked: Asked): readonly HistoryEvent[] {
  const once = [...new Map(lines.map((line) => [JSON.stringify(line), line])).values()];
  const roles = [...new Set(once.map(roleOf))];
  const events = roles.flatMap((role) => {
    const own = once.filter((line) => roleOf(line) === role);
    return eventsOfRole(inOrder(own), asked.now.get(role) ?? []);
  });
  return events
    .filter((event) => Date.parse(event.at) >= asked.since)
    .filter(({ requesterUid }) => asked.requester === undefined || requesterUid === asked.requester)
    .filter(({ before, after }) => {
      const ids = [...(before ?? []), ...(after ?? [])].map(idOf);
      return asked.engine === undefined || ids.includes(asked.engine);
    })
    .sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
}

function eventsOfRole(lines: readonly HistoryLine[], now: readonly string[]): readonly HistoryEvent[] {
  const writes = lines.filter((line) => line.event === 'record-write');
  const outcomes = lines.filter((line) => line.event === 'record-outcome');
  const halfDone = writes.flatMap((line, index): HistoryEvent[] => {
    const next = writes[index + 1];
    // Looked at again and found in order, by this delivery or a later one of the same request: then verify told of it.
    const followed = next !== undefined && isSettled(next);
    if (isSettled(line) || followed) return [];
    return [unanswered(line, [...(next?.before ?? now)])];
  });
  return [...outcomes.map(shown), ...halfDone];
}

const isSettled = ({ before, after }: WriteLine): boolean => before.join() === after.join();

const shown = ({ event: _, ...line }: OutcomeLine): HistoryEvent => line;

const unanswered = ({ event: _, ...line }: WriteLine, after: string[]): HistoryEvent => ({
  ...line,
  after,
  status: 'unanswered',
  changes: [],
  reference: null,
  approvedBy: null,
  problem: null,
});
