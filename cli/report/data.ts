import { CHECK_IDS } from '../../events/check.ts';
import type { RoleReport } from '../../events/report.ts';
import { visible } from '../../events/visible.ts';

/** A check as three numbers and a status: its id, its detail and its fix by their places in the lists of texts. */
export type PageCheck = readonly [id: number, status: 'p' | 'f' | 's', detail: number, fix: number];

export interface PageRole {
  readonly arn: string | null;
  readonly uid: string;
  readonly access: string;
  readonly status: string;
  readonly assurance: string;
  readonly checks: readonly PageCheck[];
}

/** What the page's script reads. Texts that roles share are written once: 5,000 roles say much the same. */
export interface PageData {
  /** Ids of all checks, in the order of the columns. */
  readonly columns: readonly string[];
  readonly texts: readonly string[];
  readonly roles: readonly PageRole[];
}

/** Failed roles come first, then by requester. */
export function pageData(roles: readonly RoleReport[]): PageData {
  const found = new Set(roles.flatMap(({ checks }) => checks.map(({ id }) => id)));
  // In the order in which the checks are made; those of engines come after, sorted.
  const known: readonly string[] = CHECK_IDS.filter((id) => found.has(id));
  const columns = [...known, ...[...found].filter((id) => !known.includes(id)).sort()];
  const columnOf = new Map(columns.map((id, index) => [id, index]));
  const texts: string[] = [];
  const placeOf = new Map<string, number>();
  const place = (said: string): number => {
    const text = visible(said);
    const at = placeOf.get(text) ?? texts.push(text) - 1;
    placeOf.set(text, at);
    return at;
  };
  return {
    columns,
    roles: roles
      .toSorted(failedFirst)
      .map(({ roleArn, requesterUid, access, status, assurance, checks }) => ({
        arn: roleArn === null ? null : visible(roleArn),
        uid: visible(requesterUid),
        access,
        status,
        assurance,
        checks: checks.map(({ id, status: verdict, detail, fix }): PageCheck => {
          const letter = verdict === 'pass' ? 'p' : verdict === 'fail' ? 'f' : 's';
          return [columnOf.get(id) ?? -1, letter, place(detail), fix === null ? -1 : place(fix)];
        }),
      })),
    texts,
  };
}

export function failedFirst(a: RoleReport, b: RoleReport): number {
  const order = Number(b.status === 'failed') - Number(a.status === 'failed');
  return order !== 0
    ? order
    : a.requesterUid.localeCompare(b.requesterUid) || a.access.localeCompare(b.access);
}
