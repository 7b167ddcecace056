import type { Letter } from '../../events/report.ts';
import { visible } from '../../events/visible.ts';
import { table } from '../ui/table.ts';
import type { Terminal } from '../ui/terminal.ts';

/** Letters for people, oldest first. All of it may be written by others: nothing of it moves a cursor or makes a line. */
export function showLetters(letters: readonly Letter[], more: number, to: Terminal, where = ''): string {
  if (letters.length === 0)
    return more === 0 ? 'no dead letters' : `no letter that can be looked at now${others(more)}`;
  const rows = letters.map(({ id, at, requestId, requesterUid, reason }) => [
    id,
    at?.slice(0, 16).replace('T', ' ') ?? '-',
    requesterUid ?? '-',
    oneLine(requestId ?? '-'),
    oneLine(reason),
  ]);
  const count = letters.length === 1 ? '1 letter' : `${letters.length} letters`;
  return [
    table(['letter', 'since (UTC)', 'requester', 'request', 'reason'], rows, to),
    '',
    `${count}${others(more)}; see one with: npx dms-handshake dead-letters show ID${where}`,
    `Put right what the reason names (npx dms-handshake doctor${where} finds what is missing), then have it answered:`,
    `npx dms-handshake dead-letters send-again ID${where}`,
  ].join('\n');
}

/** One letter with its request. */
export function showLetter({ id, at, requestId, requesterUid, reason, request }: Letter): string {
  const lines: readonly (readonly [name: string, text: string])[] = [
    ['letter', id],
    ['since', at ?? 'not known'],
    ['requester', requesterUid ?? 'not known'],
    ['request', requestId ?? 'none: the event was no request'],
    ['reason', reason],
  ];
  const named = lines.map(([name, text]) => `${name.padEnd(11)}${oneLine(text)}`);
  const body = request === null ? [] : ['', visible(JSON.stringify(request, null, 2))];
  return [...named, ...body].join('\n');
}

const oneLine = (text: string): string => visible(text.replaceAll(/\s+/g, ' '));

const others = (more: number): string =>
  more === 0 ? '' : `, and ${more} more: too many at a time, or somebody else looks at them just now`;
