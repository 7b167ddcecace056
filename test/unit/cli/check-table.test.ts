import { describe, expect, it } from 'vitest';
import { checkTable, paintStatus } from '../../../cli/show-reply.ts';
import { terminal } from '../../../cli/ui/terminal.ts';

const PIPE = terminal({}, {});
const COLOURED = terminal({ isTTY: true, columns: 200 }, {});

describe('checks', () => {
  const CHECKS = [
    { id: 'a', status: 'pass', detail: 'one', fix: null },
    { id: 'b', status: 'fail', detail: 'two', fix: 'do it' },
    { id: 'c', status: 'skip', detail: 'three', fix: null },
  ] as const;

  it('are a table, with the fix below what failed', () => {
    expect(checkTable(CHECKS, PIPE).split('\n')).toEqual([
      'check  verdict  evidence',
      'a      pass     one',
      'b      FAIL     two',
      '                fix: do it',
      'c      skip     three',
    ]);
  });

  it('are green, red and yellow on a terminal, as are statuses', () => {
    const { colors } = COLOURED;
    const table = checkTable(CHECKS, COLOURED);
    for (const mark of [colors.green('pass'), colors.red('FAIL'), colors.yellow('skip')])
      expect(table).toContain(mark);
    expect(['verified', 'revoked', 'failed', 'pending'].map((one) => paintStatus(one, colors))).toEqual([
      colors.green('VERIFIED'),
      colors.green('REVOKED'),
      colors.red('FAILED'),
      colors.red('PENDING'),
    ]);
  });
});
