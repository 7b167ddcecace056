import type { Check, Reply, ReplyData } from '../client/reply.ts';
import { oneLine, visible } from '../events/visible.ts';
import { table } from './ui/table.ts';
import { type Colors, type Terminal, terminal } from './ui/terminal.ts';

/** A reply for people: verdict, checks with the fix of what failed, the ARN, and what to do next. */
export function showReply({ data }: Reply, to: Terminal | number): string {
  const screen = typeof to === 'number' ? { ...terminal(process.stdout), width: to } : to;
  const { colors } = screen;
  const lines = [
    `${paintStatus(data.status, colors)}  ${data.problem === null ? '' : visible(data.problem.detail)}`.trim(),
    '',
  ];
  if (data.checks.length > 0) lines.push(checkTable(data.checks, screen), '');
  lines.push(`engines    ${[...data.engines, ...data.connections].join(', ') || 'none'}`);
  for (const [id, ids] of Object.entries(data.instances ?? {}))
    lines.push(`narrowed   ${id}: modifies only ${ids.join(', ')}`);
  for (const id of data.readOnly ?? []) lines.push(`narrowed   ${id}: only reads`);
  if (data.breakGlass !== undefined) lines.push(`emergency  ${oneLine(data.breakGlass)}`);
  lines.push(...endLines(data));
  // Of a refused request nothing was looked at.
  if (data.checks.length > 0) lines.push(`assurance  ${data.assurance}`);
  for (const prerequisite of data.prerequisites) lines.push(`needed     ${visible(prerequisite)}`);
  lines.push(`role       ${data.roleArn ?? 'none'}`, ...nextSteps(data));
  return lines.join('\n');
}

/** Checks with their evidence; a failed one says how to fix it. */
export function checkTable(checks: readonly Check[], to: Terminal): string {
  const { colors } = to;
  const marks: Readonly<Record<string, string>> = {
    pass: colors.green('pass'),
    fail: colors.red('FAIL'),
    skip: colors.yellow('skip'),
  };
  return table(
    ['check', 'verdict', 'evidence'],
    checks.map(({ id, status, detail, fix }) => [
      id,
      marks[status] ?? visible(status),
      visible(fix === null ? detail : `${detail}\nfix: ${fix}`),
    ]),
    to,
  );
}

export function paintStatus(status: string, colors: Colors): string {
  const good = status === 'verified' || status === 'revoked';
  return (good ? colors.green : colors.red)(status.toUpperCase());
}

/** When each grant ends, in one line where all end together, and what the request did to ends. */
function endLines({ grants = [], expiresAt, changes = [] }: ReplyData): readonly string[] {
  const isOne = grants.every((grant) => grant.expiresAt === expiresAt);
  const ends = isOne
    ? expiresAt === null
      ? []
      : [`expires    ${expiresAt}`]
    : grants.map((grant) => visible(`expires    ${grant.id}: ${grant.expiresAt ?? 'never'}`));
  const told = changes.filter(({ before, after }) => isEnd(before) && isEnd(after));
  return [...ends, ...told.map(({ before, after }) => visible(`end        ${before} -> ${after}`))];
}

/** Whether a change is one of an end: `redis: ends 2026-12-23T00:00:00.000Z`, `redis: no end (...)`. */
const isEnd = (words: string): boolean => /^[\w:.-]+: (ends |no end|not granted)/.test(words);

function nextSteps({ status, access, roleArn, endsAt, console: switching }: ReplyData): readonly string[] {
  if (status === 'pending')
    return [visible(`next       the owner approves it until ${endsAt ?? 'it ends'}, or not`)];
  if (status !== 'verified') return [];
  if (switching !== null)
    return [
      `next       open ${switching.switchRoleUrl} as one of the RAM users, who needs this policy:`,
      `           ${JSON.stringify(switching.requesterPolicy)}`,
    ];
  if (access === 'console' || roleArn === null) return [];
  return [
    'next       paste the ARN into DMS (Add Instance, Cross-account), or register from here:',
    `           npx dms-handshake register --arn ${roleArn} --instance FILE`,
  ];
}
