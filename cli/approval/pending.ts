import type { PendingReport } from '../../events/approval-report.ts';
import { visible } from '../../events/visible.ts';
import type { CloudOptions } from '../options.ts';
import { connectApprover } from '../site.ts';
import { table } from '../ui/table.ts';
import { type Terminal, terminal } from '../ui/terminal.ts';
import { findPending, type Waiting } from './find-pending.ts';

/** `pending`: what waits for the owner's approval. */
export async function pending(options: CloudOptions): Promise<void> {
  const waiting = await findPending(await connectApprover(options));
  const report: PendingReport = {
    requests: waiting.map(({ roleName: _, granted: __, ...request }) => request),
  };
  const text =
    options.json === true ? JSON.stringify(report) : showWaiting(waiting, terminal(process.stdout));
  process.stdout.write(`${text}\n`);
}

function showWaiting(waiting: readonly Waiting[], to: Terminal): string {
  if (waiting.length === 0) return 'nothing waits for approval';
  const rows = waiting.map((one) => [visible(one.requestId), one.requesterUid, one.endsAt, wordsOf(one)]);
  return table(['request', 'requester', 'waits until', 'words'], rows, to);
}

/**
 * The words of a request, a line each; what nobody can see is written out. An extension says nothing of the scope, and may
 * name nothing: what was granted when it was asked for stands below it.
 */
export const wordsOf = ({ request, granted }: Pick<Waiting, 'request' | 'granted'>): string =>
  request === null
    ? 'not found in the queue of replies: approve it with --request FILE'
    : [
        ...Object.entries(request)
          .filter(([key]) => key !== 'requesterUid' && key !== 'requestId')
          .filter(([, value]) => value !== undefined && !(Array.isArray(value) && value.length === 0))
          .map(([key, value]) => visible(`${key} ${JSON.stringify(value)}`)),
        ...(request['action'] === 'extend' ? [visible(`granted then: ${granted || 'nothing'}`)] : []),
      ].join('\n');
