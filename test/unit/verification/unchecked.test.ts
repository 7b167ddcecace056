import { describe, expect, it } from 'vitest';
import type { Check } from '../../../events/check.ts';
import { NO_SESSION } from '../../../shared/verification/probe-checks.ts';
import { unchecked } from '../../../shared/verification/unchecked.ts';

const check = (id: string, status: Check['status'], detail: string): Check => ({
  id,
  status,
  detail,
  fix: null,
});

describe('what could not be checked', () => {
  it('is nothing where every check passed', () => {
    expect(unchecked([check('engine:redis', 'pass', 'allowed'), check('role-exists', 'pass', 'x')])).toEqual(
      [],
    );
  });

  it('is each engine with its reason, those of one reason together', () => {
    expect(
      unchecked([
        check('engine:gdb', 'skip', 'no answer'),
        check('engine:lindorm', 'pass', 'allowed'),
        check('engine:redis', 'skip', 'no answer'),
        check('engine:selectdb', 'skip', 'SomeCode (HTTP 400)'),
        check('connection:vpc', 'skip', 'no answer'),
      ]),
    ).toEqual([
      'could not be checked: gdb, redis, connection:vpc (no answer); selectdb (SomeCode (HTTP 400))',
    ]);
  });

  it('is nothing of checks that try nothing, whatever their name ends in', () => {
    const odd = ['my-engine:x', 'no-connection:x', 'not-assume-role'].map((id) => check(id, 'skip', 'why'));
    expect(unchecked(odd)).toEqual([]);
  });

  it('has the reason of each check, and that there was no session where nobody says why', () => {
    expect(
      unchecked([
        check('assume-role', 'skip', 'no answer of STS'),
        check('engine:gdb', 'skip', 'no answer'),
        check('assume-role-denied', 'skip', 'why'),
      ]),
    ).toEqual([
      'could not be checked: assume-role (no answer of STS); gdb (no answer); assume-role-denied (why)',
    ]);
    const alone = [check('assume-role-denied', 'skip', 'why'), check('engine:gdb', 'skip', NO_SESSION)];
    expect(unchecked(alone)).toEqual([`could not be checked: assume-role-denied (why); gdb (${NO_SESSION})`]);
  });

  it('is for want of a session what AssumeRole says', () => {
    expect(
      unchecked([
        check('assume-role', 'skip', 'PROBE=structural'),
        check('engine:redis', 'skip', NO_SESSION),
        check('ownership', 'skip', 'there is no role'),
      ]),
    ).toEqual(['could not be checked: assume-role, redis (PROBE=structural)']);
  });
});
