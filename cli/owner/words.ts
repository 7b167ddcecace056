import { FUNCTION_NAMES, standardNames } from '../../shared/installation/installation.ts';
import { table } from '../ui/table.ts';
import type { Terminal } from '../ui/terminal.ts';
import type { Closed, Closing } from './closing.ts';

const { ownerReplies, deadLetters } = standardNames('', '');

/** Request ids that one sentence names; of more, the beginning that they share stands for them. */
const NAMED = 6;

/**
 * What was sent and how to look for what became of it: the end of every failure after a message has left. `where`: what a
 * command needs to find the same cloud.
 */
export function whereToLook(sent: readonly Closing[], where: string): string {
  const ids = sent.slice(0, NAMED).map(({ requestId }) => requestId);
  const more = sent.length > NAMED ? `, and ${sent.length - NAMED} more that begin alike` : '';
  const [only, ...others] = new Set(sent.map(({ requesterUid }) => requesterUid));
  const whose = others.length === 0 ? `--requester ${only}` : '--all';
  return [
    `sent, or on the way: ${ids.join(', ')}${more}.`,
    `Look with "npx dms-handshake verify ${whose}${where}";`,
    `the replies with these request ids are in the queue ${ownerReplies} of account B,`,
    `and what ${FUNCTION_NAMES.provision} or ${FUNCTION_NAMES.verify} could not do at all is in ${deadLetters}`,
  ].join(' ');
}

/** A close ends what there is, and forbids nothing. */
export function mayAskAgain(closed: readonly Closing[]): string {
  const uids = [...new Set(closed.map(({ requesterUid }) => requesterUid))];
  const [only] = uids;
  return uids.length === 1
    ? `account ${only} may ask again until it is taken out of requesters.json and the functions are deployed with that`
    : `these ${uids.length} accounts may ask again until they are taken out of requesters.json and the functions are deployed with that`;
}

/** A line for each role that is there. */
export function showClosed(closed: readonly Closed[], to: Terminal): string {
  const shown = closed.filter(({ status }) => status !== 'absent');
  if (shown.length === 0) return 'no role is there: nothing was closed';
  const rows = shown.map((one) => [
    one.requesterUid,
    one.access,
    one.roleArn ?? '-',
    [paint(one.status, to), ...one.checks].join('\n'),
  ]);
  return table(['requester', 'access', 'role', 'status'], rows, to);
}

const paint = (status: Closed['status'], { colors }: Terminal): string =>
  status === 'closed' ? colors.green(status) : status === 'failed' ? colors.red(status) : status;
