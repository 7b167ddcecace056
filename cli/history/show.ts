import { visible } from '../../events/visible.ts';
import { short } from '../ui/short.ts';
import { table } from '../ui/table.ts';
import type { Terminal } from '../ui/terminal.ts';
import type { HistoryEvent } from './events.ts';

/** For people. */
export function asTable(events: readonly HistoryEvent[], to: Terminal): string {
  if (events.length === 0) return 'nothing happened in this time, as far as the logs tell';
  return table(
    ['at (UTC)', 'requester', 'access', 'status', 'request, and what it changed'],
    events.map((event) => [
      event.at.slice(0, 19).replace('T', ' '),
      event.requesterUid ?? '-',
      event.access,
      event.status,
      visible(wordsOf(event).join('\n')),
    ]),
    to,
  );
}

function wordsOf({
  requestId,
  reference,
  approvedBy,
  breakGlass,
  problem,
  before,
  after,
  write,
}: HistoryEvent): readonly string[] {
  if (write !== undefined) return [`${write.call} of ${write.target}, by ${write.by}`];
  const has = after ?? [];
  return [
    `${requestId}${reference === null ? '' : ` (${short(reference)})`}${approvedBy === null ? '' : `, approved by ${approvedBy}`}`,
    ...(breakGlass === undefined ? [] : [`emergency: ${short(breakGlass)}`]),
    ...(problem === null ? [] : [`${problem.code}: ${problem.title}`]),
    ...(before === null ? [] : before.filter((text) => !has.includes(text)).map((text) => `- ${text}`)),
    ...(before === null
      ? has.map((text) => `= ${text}`)
      : has.filter((text) => !before.includes(text)).map((text) => `+ ${text}`)),
  ];
}

const COLUMNS = [
  ...['at', 'requestId', 'requesterUid', 'access', 'status', 'before', 'after', 'reference', 'approvedBy'],
  'problem',
  'breakGlass',
  ...['call', 'target', 'by'],
] as const;

/** RFC 4180. A text that a spreadsheet would take for a formula gets an apostrophe: requesters write references. */
export const asCsv = (events: readonly HistoryEvent[]): string =>
  [
    COLUMNS.join(','),
    ...events.map(({ before, after, problem, write, ...rest }) => {
      const row: Readonly<Record<string, unknown>> = {
        ...rest,
        ...write,
        before: before?.join('; '),
        after: after?.join('; '),
        problem: problem?.code,
      };
      return COLUMNS.map((name) => field(String(row[name] ?? ''))).join(',');
    }),
  ].join('\r\n');

function field(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
