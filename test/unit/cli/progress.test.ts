import { afterEach, describe, expect, it, vi } from 'vitest';
import { everyPage } from '../../../cli/ask-verify.ts';
import { progress } from '../../../cli/ui/progress.ts';
import { terminal } from '../../../cli/ui/terminal.ts';
import type { VerifyRequest } from '../../../events/invocation.ts';
import { rolesOf } from '../../browser/roles.ts';
import { TestClock } from '../../kit/clock.ts';

/** What is written, without what moves and colours it. */
class Written {
  text = '';
  write(chunk: string): boolean {
    this.text += chunk;
    return true;
  }
}

afterEach(() => {
  vi.useRealTimers();
});

describe('progress', () => {
  const TERMINAL = terminal({ isTTY: true, columns: 30 }, { NO_COLOR: '1' });

  it('says what it is told at once, never wider than the terminal, and takes its line away', () => {
    vi.useFakeTimers();
    const to = new Written();
    const line = progress('asking', TERMINAL, to);
    line.say('verified 5 of 1000 roles, about 99 s left');
    expect(to.text.split('\r\u001b[2K')).toEqual(['', '⠋ asking', '⠙ verified 5 of 1000 roles, a']);
    line.stop();
    expect(to.text.endsWith('\r\u001b[2K')).toBe(true);
    const after = to.text;
    vi.advanceTimersByTime(1_000);
    expect(to.text).toBe(after);
  });

  it.each([
    ['a pipe', {}, {}],
    ['a dumb terminal', { isTTY: true }, { TERM: 'dumb' }],
  ])('on %s is nothing at all', (_what, stream, environment) => {
    const to = new Written();
    const line = progress('asking', terminal(stream, environment), to);
    line.say('more');
    line.stop();
    expect(to.text).toBe('');
  });
});

describe('the pages of a verification', () => {
  it('are asked for each after the one before; counts and the time left are said after each', async () => {
    const clock = new TestClock();
    const roles = rolesOf(1_000);
    const asked: VerifyRequest[] = [];
    const said: string[] = [];
    const found = await everyPage(
      { access: 'register' },
      async (wish) => {
        asked.push(wish);
        clock.advance(20_000);
        const from = Number(wish.after ?? '0');
        const next = from + 250 < roles.length ? String(from + 250) : null;
        return { roles: roles.slice(from, from + 250), unjudged: [], total: roles.length, next };
      },
      clock,
      (text) => said.push(text),
    );
    expect(found).toEqual({ roles, unjudged: [] });
    expect(asked).toEqual([
      { access: 'register' },
      ...['250', '500', '750'].map((after) => ({ access: 'register', after })),
    ]);
    expect(said).toEqual([
      'verified 250 of 1000 roles, about 1 min 0 s left',
      'verified 500 of 1000 roles, about 40 s left',
      'verified 750 of 1000 roles, about 20 s left',
      'verified 1000 of 1000 roles, about 0 s left',
    ]);
  });

  it('of nothing are one that says so', async () => {
    const said: string[] = [];
    const none = async () => ({ roles: [], unjudged: [], total: 0, next: null });
    expect(await everyPage({}, none, new TestClock(), (text) => said.push(text))).toEqual({
      roles: [],
      unjudged: [],
    });
    expect(said).toEqual(['verified 0 of 0 roles, about 0 s left']);
  });
});
