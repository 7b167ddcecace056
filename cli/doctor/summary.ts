import type { Check } from '../../events/check.ts';
import { checkTable } from '../show-reply.ts';
import { table } from '../ui/table.ts';
import type { Terminal } from '../ui/terminal.ts';

/** How much of what was looked at is shown. */
export interface Shown {
  /** Only what failed. */
  readonly failed?: true;
  /** Every check with its evidence. */
  readonly all?: true;
}

/**
 * The checks for people. Without options it fits a screen: a count for each kind of thing, then in full what failed, with
 * its fix, and what could not be looked at.
 */
export function summary(checks: readonly Check[], { failed, all }: Shown, to: Terminal): string {
  const bad = checks.filter(({ status }) => status === 'fail');
  const skipped = checks.filter(({ status }) => status === 'skip');
  const count = `${checks.length} checks, ${bad.length} failed, ${skipped.length} skipped`;
  if (failed === true) return bad.length === 0 ? count : `${checkTable(bad, to)}\n\n${count}`;
  if (all === true) return `${checkTable(checks, to)}\n\n${count}`;
  const told = [...bad, ...skipped];
  return [
    counts(checks, to),
    '',
    ...(told.length === 0 ? [] : [checkTable(told, to), '']),
    `${count}; every check with its evidence: --all`,
  ].join('\n');
}

/** A line for each kind of check: `role` for `owner:role:dms-handshake-intake`. */
function counts(checks: readonly Check[], to: Terminal): string {
  const kinds = [...new Set(checks.map(kindOf))];
  const rows = kinds.map((kind) => {
    const of = checks.filter((check) => kindOf(check) === kind);
    const number = (status: Check['status']): string => {
      const count = of.filter((check) => check.status === status).length;
      return count === 0 ? '-' : status === 'fail' ? to.colors.red(String(count)) : String(count);
    };
    return [kind, number('pass'), number('fail'), number('skip')];
  });
  return table(['looked at', 'pass', 'fail', 'skip'], rows, to);
}

/** Of both accounts together. */
const kindOf = ({ id }: Check): string => id.replace(/^(owner|requester):/, '').replace(/:.*$/, '');
