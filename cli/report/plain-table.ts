import type { RoleReport } from '../../events/report.ts';
import { visible } from '../../events/visible.ts';
import { escapeHtml } from './escape.ts';

/** The roles for whoever opens the page without its script, such as in a mail: what is in the matrix, in words. */
export const plainTable = (roles: readonly RoleReport[]): string =>
  [
    '<table><thead><tr><th scope="col">Requester</th><th scope="col">Access</th><th scope="col">Verdict</th><th scope="col">Failed checks</th><th scope="col">Role</th></tr></thead><tbody>',
    ...roles.map(rowOf),
    '</tbody></table>',
  ].join('');

function rowOf({ requesterUid, access, status, checks, roleArn }: RoleReport): string {
  const failed = checks.filter((check) => check.status === 'fail').map(({ id }) => id);
  const cells = [access, status, failed.join(', ') || 'none', roleArn ?? 'no role'];
  const text = (value: string): string => escapeHtml(visible(value));
  return `<tr><th scope="row">${text(requesterUid)}</th>${cells.map((cell) => `<td>${text(cell)}</td>`).join('')}</tr>`;
}
