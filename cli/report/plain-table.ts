import type { RoleReport } from '../../events/report.ts';
import { visible } from '../../events/visible.ts';
import { escapeHtml } from './escape.ts';
import { earliestEnd } from './order.ts';

/** The roles for whoever opens the page without its script, such as in a mail: what is in the matrix, in words. */
export const plainTable = (
  roles: readonly RoleReport[],
  names: ReadonlyMap<string, string> = new Map(),
): string =>
  [
    '<table><thead><tr><th scope="col">Requester</th><th scope="col">Name</th><th scope="col">Access</th><th scope="col">Verdict</th><th scope="col">Engines</th><th scope="col">Ends</th><th scope="col">Used</th><th scope="col">Failed checks</th><th scope="col">Role</th></tr></thead><tbody>',
    ...roles.map((role) => rowOf(role, names.get(role.requesterUid) ?? '')),
    '</tbody></table>',
  ].join('');

function rowOf(role: RoleReport, name: string): string {
  const { requesterUid, access, status, checks, grants, lastUsedOn, roleArn } = role;
  const failed = checks.filter((check) => check.status === 'fail').map(({ id }) => id);
  const engines = grants.map(({ id }) => id).toSorted();
  const list = (words: readonly string[]): string => words.join(', ') || 'none';
  const ends = earliestEnd(role) ?? 'never';
  const cells = [
    name,
    access,
    status,
    list(engines),
    ends,
    lastUsedOn ?? '-',
    list(failed),
    roleArn ?? 'no role',
  ];
  const text = (value: string): string => escapeHtml(visible(value));
  return `<tr><th scope="row">${text(requesterUid)}</th>${cells.map((cell) => `<td>${text(cell)}</td>`).join('')}</tr>`;
}
