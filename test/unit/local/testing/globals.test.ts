import { describe, expect, it } from 'vitest';
import { randomStream } from '../../../../local/cloud/weather.ts';
import { globalsOf } from '../../../../local/testing/globals.ts';
import { VirtualClock } from '../../../../local/testing/virtual-clock.ts';

const START = '2026-11-23T10:00:00.000Z';

/** Runs a function body with the globals in the place of the process's, as a bundle would see them. */
function within(clock: VirtualClock, source: string, random?: () => number): unknown {
  const globals = globalsOf(clock, random);
  const names = Object.keys(globals);
  return new Function(...names, source)(...names.map((name) => globals[name]));
}

describe('Date', () => {
  it('says the virtual time and keeps any other', async () => {
    const clock = new VirtualClock();
    await clock.advance(1_000);
    const said = within(clock, 'return [new Date().toISOString(), Date.now(), new Date(0).toISOString()]');
    expect(said).toEqual(['2026-11-23T10:00:01.000Z', clock.now(), '1970-01-01T00:00:00.000Z']);
    expect(within(clock, 'return Date()')).toBe(new Date(clock.now()).toString());
    expect(within(clock, "return [Date.parse('1970-01-01T00:00:01Z'), Date.UTC(1970, 0)]")).toEqual([
      1000, 0,
    ]);
  });

  it('is one class inside and outside', () => {
    const clock = new VirtualClock();
    expect(within(clock, 'return new Date()')).toBeInstanceOf(Date);
    expect(within(clock, 'class Own extends Date {}; return new Own().toISOString()')).toBe(START);
    expect(within(clock, 'return new Date() instanceof Date')).toBe(true);
  });
});

describe('timers', () => {
  it('fire in virtual time, with their arguments', async () => {
    const clock = new VirtualClock();
    const told = within(
      clock,
      'const told = []; setTimeout((...x) => told.push(...x), 10, 1, 2); setTimeout(() => told.push(3)); return told',
    );
    await clock.advance(9);
    expect(told).toEqual([3]);
    await clock.advance(1);
    expect(told).toEqual([3, 1, 2]);
  });

  it('are repeated after as long as they say, and each millisecond where they say nothing', async () => {
    const clock = new VirtualClock();
    const told = within(
      clock,
      'const told = []; setInterval(() => told.push(5), 5); setInterval(() => told.push(1)); setInterval(() => told.push(0), 0); return told',
    );
    await clock.advance(5);
    const sorted = Array.isArray(told) ? told.toSorted() : [];
    expect(sorted).toEqual([0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 5]);
  });

  it('can be taken back, started over and repeated', async () => {
    const clock = new VirtualClock();
    const told = within(
      clock,
      `const told = [];
       clearTimeout(setTimeout(() => told.push('cleared'), 5));
       clearTimeout(undefined);
       const late = setTimeout(() => told.push('late'), 10).unref().ref();
       setTimeout(() => late.refresh(), 5);
       let ticks = 0;
       const every = setInterval(() => { told.push('tick'); if (++ticks === 3) clearInterval(every); }, 4);
       return told`,
    );
    await clock.advance(14);
    expect(told).toEqual(['tick', 'tick', 'tick']);
    await clock.advance(1);
    expect(told).toEqual(['tick', 'tick', 'tick', 'late']);
    expect(clock.sleeping).toBe(0);
  });
});

describe('Math', () => {
  it('is the usual one', () => {
    expect(within(new VirtualClock(), 'return typeof Math.random()')).toBe('number');
  });

  it('or one whose random numbers a seed gives', () => {
    const draw = (seed: number) =>
      within(new VirtualClock(), 'return [Math.random(), Math.random()]', randomStream(seed, 'bundles'));
    expect(draw(1)).toEqual(draw(1));
    expect(draw(1)).not.toEqual(draw(2));
    expect(within(new VirtualClock(), 'return Math.max(1, Math.floor(2.5))', () => 0)).toBe(2);
  });
});
