import Table from 'cli-table3';
import colors from 'picocolors';
import type { Reply } from '../events/reply.ts';

const MARKS = { pass: colors.green('pass'), fail: colors.red('FAIL'), skip: colors.yellow('skip') } as const;

/** A reply for people: verdict, checks with the way to mend what failed, the ARN, and what to do next. */
export function showReply(reply: Reply, width: number): string {
  const { data } = reply;
  const lines = [`${verdict(data.status)}  ${data.problem === null ? '' : data.problem.detail}`.trim(), ''];
  if (data.checks.length > 0) lines.push(checkTable(reply, width), '');
  lines.push(`engines    ${[...data.engines, ...data.connections].join(', ') || 'none'}`);
  lines.push(`assurance  ${data.assurance}`);
  for (const prerequisite of data.prerequisites) lines.push(`see to it  ${prerequisite}`);
  lines.push(`role       ${data.roleArn ?? 'none'}`);
  return lines.join('\n');
}

function checkTable({ data }: Reply, width: number): string {
  const rest = Math.max(30, width - 38);
  const table = new Table({
    head: ['check', 'verdict', 'evidence'],
    colWidths: [22, 9, rest],
    wordWrap: true,
    wrapOnWordBoundary: false,
    style: { head: [], border: [] },
  });
  for (const { id, status, detail, fix } of data.checks)
    table.push([id, MARKS[status], fix === null ? detail : `${detail}\nmend: ${fix}`]);
  return table.toString();
}

function verdict(status: Reply['data']['status']): string {
  const good = status === 'verified' || status === 'revoked';
  return (good ? colors.green : colors.red)(status.toUpperCase());
}
