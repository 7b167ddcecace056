import { CHECK_IDS } from '../../events/check.ts';
import type { EmergencyReport, RoleReport } from '../../events/report.ts';
import { visible } from '../../events/visible.ts';
import { meaningOf } from './check-meanings.ts';
import { byNeed, earliestEnd } from './order.ts';

/** A check as three numbers and a status: its id, its detail and its fix by their places in the lists of texts. */
export type PageCheck = readonly [id: number, status: 'p' | 'f' | 's', detail: number, fix: number];

export interface PageRole {
  readonly arn: string | null;
  readonly uid: string;
  /** What people call the requester; null where nobody says. */
  readonly name: string | null;
  /** What it grants, sorted. */
  readonly engines: readonly string[];
  /** The earliest end of that. */
  readonly ends: string | null;
  /** The day on which DMS assumed it last. */
  readonly used: string | null;
  readonly access: string;
  readonly status: string;
  readonly assurance: string;
  /** Access in an emergency, in words; left out where there was none. */
  readonly emergency?: string;
  readonly checks: readonly PageCheck[];
}

/** What the page's script reads. Texts that roles share are written once: 5,000 roles say much the same. */
export interface PageData {
  /** Ids of all checks, in the order of the columns. */
  readonly columns: readonly string[];
  /** What each of them means, in the same order. */
  readonly meanings: readonly string[];
  readonly texts: readonly string[];
  readonly roles: readonly PageRole[];
}

const wordsOf = ({ reason, since, until, confirmed }: EmergencyReport): string =>
  `from ${since} to ${until}, ${confirmed ? 'confirmed' : 'not confirmed'} by the owner: ${reason}`;

/** What needs a hand comes first. `names`: what people call a requester, by UID. */
export function pageData(
  roles: readonly RoleReport[],
  names: ReadonlyMap<string, string> = new Map(),
): PageData {
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
    meanings: columns.map(meaningOf),
    roles: roles
      .toSorted(byNeed)
      .map((role) => ({ ...role, name: names.get(role.requesterUid), ends: earliestEnd(role) }))
      .map(
        ({
          roleArn,
          requesterUid,
          name,
          grants,
          ends,
          lastUsedOn,
          access,
          status,
          assurance,
          checks,
          breakGlass,
        }) => ({
          arn: roleArn === null ? null : visible(roleArn),
          uid: visible(requesterUid),
          name: name === undefined ? null : visible(name),
          engines: grants.map(({ id }) => visible(id)).toSorted(),
          ends: ends === null ? null : visible(ends),
          used: lastUsedOn === null ? null : visible(lastUsedOn),
          access,
          status,
          assurance,
          ...(breakGlass === undefined ? {} : { emergency: visible(wordsOf(breakGlass)) }),
          checks: checks.map(({ id, status: verdict, detail, fix }): PageCheck => {
            const letter = verdict === 'pass' ? 'p' : verdict === 'fail' ? 'f' : 's';
            return [columnOf.get(id) ?? -1, letter, place(detail), fix === null ? -1 : place(fix)];
          }),
        }),
      ),
    texts,
  };
}
