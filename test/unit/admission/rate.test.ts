import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Counted, RequestRate } from '../../../shared/admission/rate.ts';
import { type Millis, millis } from '../../../shared/runtime/clock.ts';

const START = 1_790_000_000_000;
const at = (seconds: number): Millis => millis(START + seconds * 1_000);
const ask = (fingerprint: string, over: Partial<Counted> = {}): Counted => ({
  sender: '1',
  fingerprint,
  action: 'grant',
  words: 'redis',
  ...over,
});
const many = (rate: RequestRate, count: number, over: Partial<Counted> = {}, limit = 60) =>
  Array.from({ length: count }, (_, n) => rate.judge(ask(`f${n}`, over), limit, at(n / 1_000)));

describe('grants and verifies', () => {
  it('are let through up to the limit of a minute, and again a minute later', () => {
    const rate = new RequestRate();
    expect(many(rate, 61).filter((turn) => turn === 'go')).toHaveLength(60);
    expect(rate.judge(ask('g', { action: 'verify' }), 60, at(30))).toBe('hold');
    expect(rate.judge(ask('g'), 60, at(59.9))).toBe('hold');
    expect(rate.judge(ask('g'), 60, at(60))).toBe('go');
  });

  it('of one requester leave the limit of another alone', () => {
    const rate = new RequestRate();
    many(rate, 400);
    expect(rate.judge(ask('f0', { sender: '2' }), 60, at(1))).toBe('go');
  });

  it('over the limit that are copies have the outcome of the one that was let through', () => {
    const rate = new RequestRate();
    many(rate, 60);
    expect([rate.judge(ask('f7'), 60, at(1)), rate.judge(ask('new'), 60, at(1))]).toEqual(['copy', 'hold']);
  });

  it('that failed for now are let through when they come again, once for each failure', () => {
    const rate = new RequestRate();
    many(rate, 60);
    rate.failed(ask('f7'), at(1));
    expect([1, 2].map(() => rate.judge(ask('f7'), 60, at(2)))).toEqual(['go', 'copy']);
  });

  it('are never let through more often than the limit in any minute, whatever comes', () => {
    const moves = fc.array(fc.record({ wait: fc.nat(9_000), id: fc.nat(30), sender: fc.nat(1) }), {
      maxLength: 120,
    });
    fc.assert(
      fc.property(moves, fc.integer({ min: 1, max: 5 }), (all, limit) => {
        const rate = new RequestRate();
        const gone: { sender: string; fingerprint: string; now: number }[] = [];
        let now = START;
        for (const { wait, id, sender } of all) {
          now += wait;
          const one = ask(`f${id}`, { sender: String(sender) });
          if (rate.judge(one, limit, millis(now)) !== 'go') continue;
          gone.push({ sender: one.sender, fingerprint: one.fingerprint, now });
          const minute = gone.filter((other) => other.sender === one.sender && other.now > now - 60_000);
          expect(new Set(minute.map(({ fingerprint }) => fingerprint)).size).toBeLessThanOrEqual(limit);
        }
      }),
    );
  });

  it('are let through again when the clock was set back', () => {
    const rate = new RequestRate();
    many(rate, 60);
    expect(rate.judge(ask('g'), 60, at(-3_600))).toBe('go');
  });
});

describe('revokes', () => {
  const revoke = { action: 'revoke', words: 'gdb' } as const;

  it('go through though grants have used the minute up', () => {
    const rate = new RequestRate();
    many(rate, 400);
    expect(rate.judge(ask('r', revoke), 60, at(1))).toBe('go');
  });

  it('above 60 a minute are held back only where the same one was carried out in that minute', () => {
    const rate = new RequestRate();
    expect(many(rate, 400, revoke).every((turn) => turn === 'go')).toBe(true);
    rate.answered(ask('r', revoke), true, at(1));
    expect(rate.judge(ask('s', revoke), 60, at(2))).toBe('hold');
    expect(rate.judge(ask('t', { ...revoke, words: 'redis' }), 60, at(2))).toBe('go');
    expect(rate.judge(ask('u', revoke), 60, at(62))).toBe('go');
  });

  it('above 60 a minute that are copies of one that was carried out have its outcome, and no other', () => {
    const rate = new RequestRate();
    many(rate, 60, revoke);
    rate.answered(ask('r', revoke), true, at(1));
    // Overtaken by the other, say.
    rate.answered(ask('s', revoke), false, at(2));
    const judged = ['r', 's', 'f3', 'r'].map((one) => rate.judge(ask(one, revoke), 60, at(3)));
    expect(judged).toEqual(['copy', 'copy', 'hold', 'copy']);
    expect(['r', 's'].map((one) => rate.judge(ask(one, revoke), 60, at(61)))).toEqual(['go', 'go']);
  });

  it('above 60 a minute go through where none of the same words was carried out', () => {
    const rate = new RequestRate();
    many(rate, 60, revoke);
    rate.answered(ask('r', revoke), false, at(1));
    expect(['r', 's'].map((one) => rate.judge(ask(one, revoke), 60, at(2)))).toEqual(['go', 'go']);
  });

  it('above 60 a minute are held back as long as one of the same words was carried out in that minute', () => {
    const rate = new RequestRate();
    rate.answered(ask('r', revoke), true, at(1));
    rate.answered(ask('s', revoke), true, at(40));
    for (let n = 0; n < 60; n += 1) rate.judge(ask(`f${n}`, revoke), 60, at(50));
    expect(['r', 's', 't'].map((one) => rate.judge(ask(one, revoke), 60, at(62)))).toEqual([
      'hold',
      'copy',
      'hold',
    ]);
  });

  it('are no repetition after a grant: that may have given it again', () => {
    const rate = new RequestRate();
    many(rate, 60, revoke);
    rate.answered(ask('r', revoke), true, at(1));
    rate.judge(ask('g'), 60, at(2));
    expect(rate.judge(ask('s', revoke), 60, at(3))).toBe('go');
  });

  it('are the same whatever their id, and are not of another requester', () => {
    const rate = new RequestRate();
    many(rate, 60, revoke);
    rate.answered(ask('r', revoke), true, at(1));
    expect(rate.judge(ask('s', { ...revoke, sender: '2' }), 60, at(1))).toBe('go');
  });
});

describe('what is counted', () => {
  const revoke = { action: 'revoke', words: 'gdb' } as const;
  const revokes = (rate: RequestRate, from: number) => {
    for (let n = 0; n < 60; n += 1) rate.judge(ask(`r${n}`, revoke), 60, at(from + n / 1_000));
  };

  it('is also what comes in the same millisecond', () => {
    const rate = new RequestRate();
    expect(['a', 'b'].map((one) => rate.judge(ask(one), 1, at(0)))).toEqual(['go', 'hold']);
  });

  it('of revokes is nothing up to 60 a minute: a repetition goes through', () => {
    const rate = new RequestRate();
    rate.judge(ask('r', revoke), 60, at(0));
    rate.answered(ask('r', revoke), true, at(0));
    expect(rate.judge(ask('s', revoke), 60, at(1))).toBe('go');
  });

  it('of revokes is those of this minute alone', () => {
    const rate = new RequestRate();
    revokes(rate, 0);
    rate.answered(ask('r', revoke), true, at(50));
    expect(rate.judge(ask('s', revoke), 60, at(70))).toBe('go');
  });

  it('as carried out is what was so in this minute alone', () => {
    const rate = new RequestRate();
    rate.answered(ask('r', revoke), true, at(1));
    revokes(rate, 30);
    expect(rate.judge(ask('s', revoke), 60, at(62))).toBe('go');
  });

  it('as carried out is revokes alone', () => {
    const rate = new RequestRate();
    revokes(rate, 0);
    rate.answered(ask('g', { words: revoke.words }), true, at(1));
    expect(rate.judge(ask('s', revoke), 60, at(2))).toBe('go');
  });

  it('is not forgotten for a verify, which gives nothing', () => {
    const rate = new RequestRate();
    revokes(rate, 0);
    rate.answered(ask('r', revoke), true, at(1));
    rate.judge(ask('v', { action: 'verify' }), 60, at(2));
    expect(rate.judge(ask('s', revoke), 60, at(3))).toBe('hold');
  });

  it('is not forgotten while as many revokes were carried out as were sent', () => {
    const rate = new RequestRate();
    revokes(rate, 0);
    for (let n = 0; n < 60; n += 1) rate.answered(ask(`r${n}`, { ...revoke, words: `w${n}` }), true, at(1));
    expect(rate.judge(ask('s', { ...revoke, words: 'w7' }), 60, at(2))).toBe('hold');
  });

  it('is not forgotten while as many revokes as grants were sent', () => {
    const rate = new RequestRate();
    rate.judge(ask('g'), 1, at(0));
    rate.judge(ask('r', revoke), 1, at(1));
    expect(rate.judge(ask('h'), 1, at(2))).toBe('hold');
  });

  it('lets through no failure of what was held back', () => {
    const rate = new RequestRate();
    many(rate, 60);
    rate.failed(ask('held'), at(1));
    expect(rate.judge(ask('held'), 60, at(2))).toBe('hold');
  });
});
