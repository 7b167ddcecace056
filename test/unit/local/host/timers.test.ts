import { describe, expect, it } from 'vitest';
import { Timers } from '../../../../local/host/timers.ts';
import { VirtualClock } from '../../../../local/testing/virtual-clock.ts';
import { type Clock, millis } from '../../../../shared/runtime/clock.ts';

const HOUR = 3_600_000;
type Fn = Parameters<Timers['set']>[0];
type Trigger = Parameters<Timers['set']>[1];

const fn = (arn: string) => ({ arn }) as Fn;
const trigger = (cronExpression: string, triggerName = 'tick', enable = true) =>
  ({ triggerType: 'timer', triggerName, triggerConfig: { cronExpression, enable, payload: '' } }) as Trigger;

/** Timers, and what fired: the hour, the function and the trigger. */
function timers(clock: Clock = new VirtualClock(0)) {
  const fired: string[] = [];
  const all = new Timers(clock, ({ arn }, { triggerName }) =>
    fired.push(`${clock.now() / HOUR} ${arn}/${triggerName}`),
  );
  return { all, fired };
}

describe('timers', () => {
  it('of one name fire for each function, and of one function each by its name, until it is cleared', async () => {
    const clock = new VirtualClock(0);
    const { all, fired } = timers(clock);
    all.set(fn('f'), trigger('@every 1h'));
    all.set(fn('f'), trigger('@every 1h', 'tock'));
    all.set(fn('g'), trigger('@every 1h'));
    all.set(fn('g'), trigger('@every 1h', 'off', false));
    expect(all.size).toBe(3);
    await clock.advance(HOUR);
    expect(fired.splice(0)).toEqual(['1 f/tick', '1 f/tock', '1 g/tick']);
    all.clear(fn('f'), 'tick');
    all.clear(fn('f'), 'none');
    await clock.advance(HOUR);
    expect(fired.splice(0)).toEqual(['2 f/tock', '2 g/tick']);
    all.set(fn('g'), trigger('@every 2h'));
    await clock.advance(HOUR);
    expect(fired.splice(0)).toEqual(['3 f/tock']);
    all.clearAll();
    expect([all.size, clock.sleeping]).toEqual([0, 0]);
    await clock.advance(5 * HOUR);
    expect(fired).toEqual([]);
  });

  it('whose schedule cannot be read leave the one of that name out, and are not counted', () => {
    const { all } = timers();
    expect(() => all.set(fn('f'), trigger('soon'))).toThrow(/soon/);
    expect(all.size).toBe(0);
  });

  it('of a time that never comes fire never', async () => {
    const clock = new VirtualClock(0);
    const { all, fired } = timers(clock);
    all.set(fn('f'), trigger('0 0 0 30 2 *'));
    await clock.advance(1_000 * 24 * HOUR);
    expect(fired).toEqual([]);
  });

  it('do not make up for what was missed while the machine slept', async () => {
    let now = 0;
    let sleeps = 0;
    const { all, fired } = timers({
      now: () => millis(now),
      // The first sleep is the machine's: it takes 3.5 hours longer.
      sleep: async (ms) => {
        sleeps += 1;
        now += sleeps === 1 ? ms + 3.5 * HOUR : ms;
        if (sleeps === 3) all.clearAll();
      },
    });
    all.set(fn('f'), trigger('@every 1h'));
    while (all.size > 0) await Promise.resolve();
    expect(fired).toEqual(['4.5 f/tick', '5.5 f/tick']);
  });
});
