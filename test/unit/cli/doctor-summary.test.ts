import { describe, expect, it } from 'vitest';
import { fail, pass, skip } from '../../../cli/doctor/finding.ts';
import { summary } from '../../../cli/doctor/summary.ts';
import { terminal } from '../../../cli/ui/terminal.ts';

const PLAIN = terminal({}, { COLUMNS: '80' });
const CHECKS = [
  ...Array.from({ length: 60 }, (_, index) => pass(`owner:role:r-${index}`, 'as it must be')),
  fail('owner:queue:letters', 'there is none', 'npx dms-handshake bootstrap'),
  pass('requester:queue:replies', 'as it must be'),
  skip('dms', 'nobody answered'),
];

describe('the checks of doctor', () => {
  it('fit a screen: counts, then what failed with its fix, and what was skipped', () => {
    const shown = summary(CHECKS, {}, PLAIN);
    expect(shown).toBe(
      [
        'looked at  pass  fail  skip',
        'role       60    -     -',
        'queue      1     1     -',
        'dms        -     -     1',
        '',
        'check                verdict  evidence',
        'owner:queue:letters  FAIL     there is none',
        '                              fix: npx dms-handshake bootstrap',
        'dms                  skip     nobody answered',
        '',
        '63 checks, 1 failed, 1 skipped; every check with its evidence: --all',
      ].join('\n'),
    );
  });

  it('are red where they failed, and there alone', () => {
    const inColour = terminal({ isTTY: true, columns: 80 }, { TERM: 'xterm' });
    const [, , queue, dms] = summary(CHECKS, {}, inColour).split('\n');
    expect([queue, dms]).toEqual([
      'queue      1     \u001b[31m1\u001b[39m     -',
      'dms        -     -     1',
    ]);
  });

  it('of which none failed and none was skipped are the counts alone', () => {
    expect(summary([pass('dms', 'yes')], {}, PLAIN)).toBe(
      [
        'looked at  pass  fail  skip',
        'dms        1     -     -',
        '',
        '1 checks, 0 failed, 0 skipped; every check with its evidence: --all',
      ].join('\n'),
    );
  });

  it('with --failed are what failed', () => {
    expect(summary(CHECKS, { failed: true }, PLAIN).split('\n')).toEqual([
      'check                verdict  evidence',
      'owner:queue:letters  FAIL     there is none',
      '                              fix: npx dms-handshake bootstrap',
      '',
      '63 checks, 1 failed, 1 skipped',
    ]);
    expect(summary([pass('dms', 'yes')], { failed: true }, PLAIN)).toBe('1 checks, 0 failed, 0 skipped');
  });

  it('with --all are all of them', () => {
    const lines = summary(CHECKS, { all: true }, PLAIN).split('\n');
    expect(lines.filter((line) => / (pass|FAIL|skip) /.test(line))).toHaveLength(CHECKS.length);
  });
});
