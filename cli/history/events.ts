import type { HistoryLine, OutcomeLine, WriteLine } from '../../events/history.ts';
import type { HistoryReport } from '../../events/report.ts';
import { idOf, inOrder, isSettled, roleOf } from './timeline.ts';

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
  const names = (texts: readonly string[] | null): boolean =>
    texts?.some((text) => idOf(text) === asked.engine) === true;
  const found = events
    .filter((event) => Date.parse(event.at) >= asked.since)
    .filter(({ requesterUid }) => asked.requester === undefined || requesterUid === asked.requester)
    .filter(({ before, after }) => asked.engine === undefined || names(before) || names(after));
  return inOrder(found);
}

function eventsOfRole(lines: readonly HistoryLine[], now: readonly string[]): readonly HistoryEvent[] {
  const writes = lines.filter((line) => line.event === 'record-write');
  const outcomes = lines.filter((line) => line.event === 'record-outcome');
  const halfDone = writes
    .map((line, index) => ({ line, next: writes[index + 1] }))
    // Looked at again and found in order, by this delivery or a later one of the same request: then verify told of it.
    .filter(({ line, next }) => !isSettled(line) && (next === undefined || !isSettled(next)))
    .map(({ line, next }) => unanswered(line, [...(next?.before ?? now)]));
  return [...outcomes.map((line) => shown(line, writes)), ...halfDone];
}

/** The longest between the last look of provision and its line about it, in ms: they are one step apart. */
const ONE_STEP_MS = 60_000;

/**
 * An outcome as it is shown. Whoever may invoke verify can make one up, and only provision knows what was granted: so that,
 * and who said yes to it, is shown where provision has written down at that time that it found the same.
 */
function shown({ event: _, ...line }: OutcomeLine, writes: readonly WriteLine[]): HistoryEvent {
  const { after, requestId } = line;
  const at = Date.parse(line.at);
  const isProved = writes.some((write) => {
    const later = Date.parse(write.at) - at;
    const isIts = write.requestId === requestId && later >= 0 && later <= ONE_STEP_MS;
    return isIts && isSettled(write) && after !== null && endsIn(write.before) === endsIn(after);
  });
  return isProved ? line : { ...line, before: null, after: null, changes: [], approvedBy: null };
}

/** Ids and ends; how far a grant goes is cut where there is no room for it. */
const endsIn = (texts: readonly string[]): string =>
  texts.map((text) => text.replace(/ (read-only|on .+)/, '')).join();

const unanswered = ({ event: _, ...line }: WriteLine, after: string[]): HistoryEvent => ({
  ...line,
  after,
  status: 'unanswered',
  changes: [],
  reference: null,
  approvedBy: null,
  problem: null,
});
