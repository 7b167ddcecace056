import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Channel } from '../../../functions/notify/channel.ts';
import type { Notice } from '../../../functions/notify/notice.ts';
import { Sent, tell } from '../../../functions/notify/notify.ts';
import { systemClock } from '../../../shared/runtime/clock.ts';
import { RetryableError, TerminalError } from '../../../shared/runtime/errors.ts';
import { REQUESTER } from '../../kit/accounts.ts';
import { TestClock } from '../../kit/clock.ts';
import { MINUTE } from '../../kit/time.ts';

const notice = (id: string, kind = 'verified'): Notice => ({
  id,
  kind,
  account: REQUESTER,
  title: 't',
  lines: [],
});
let written: string[];
beforeEach(() => {
  written = [];
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => written.push(String(text)) > 0);
});
afterEach(() => vi.restoreAllMocks());

/** A channel that fails as it is told to, and keeps what arrived. */
function channel(name: Channel['name'], failures: (Error | null)[] = []) {
  const arrived: string[] = [];
  const send: Channel['send'] = async ({ id }) => {
    const failure = failures.shift() ?? null;
    if (failure !== null) throw failure;
    arrived.push(id);
  };
  return { arrived, channel: { name, send } };
}

describe('telling', () => {
  it('reaches every channel, each notice one time, however often it is delivered', async () => {
    const [slack, mail] = [channel('slack'), channel('mail')];
    const told = { channels: [slack.channel, mail.channel], kinds: null };
    const sent = new Sent();
    expect(await tell(notice('1'), told, sent, systemClock)).toEqual(['slack', 'mail']);
    expect(await tell(notice('1'), told, sent, systemClock)).toEqual([]);
    expect([slack.arrived, mail.arrived]).toEqual([['1'], ['1']]);
  });

  it('is asked for again where a channel may do better, and then reaches that channel alone', async () => {
    const [slack, mail] = [
      channel('slack', [new RetryableError('internal', 'slack: busy')]),
      channel('mail'),
    ];
    const told = { channels: [slack.channel, mail.channel], kinds: null };
    const sent = new Sent();
    await expect(tell(notice('1'), told, sent, systemClock)).rejects.toThrow(
      new RetryableError('internal', 'not told everywhere: slack: busy'),
    );
    expect(written.map((line) => JSON.parse(line))).toEqual([
      { event: 'not-told', status: 'again', problem: 'internal', detail: 'slack: busy' },
    ]);
    await tell(notice('1'), told, sent, systemClock);
    expect([slack.arrived, mail.arrived]).toEqual([['1'], ['1']]);
  });

  it('gives up on a channel that refuses for good, and says so in the log', async () => {
    const [slack, mail] = [channel('slack', [new TerminalError('internal', 'slack: gone')]), channel('mail')];
    const told = { channels: [slack.channel, mail.channel], kinds: null };
    expect(await tell(notice('1'), told, new Sent(), systemClock)).toEqual(['mail']);
    expect(written.map((line) => JSON.parse(line))).toEqual([
      { event: 'not-told', status: 'given-up', problem: 'internal', detail: 'slack: gone' },
    ]);
  });

  it('shows nothing of an error that is not ours', async () => {
    const slack = channel('slack', [new Error('https://hooks.slack.com/SECRET')]);
    const telling = tell(notice('1'), { channels: [slack.channel], kinds: null }, new Sent(), systemClock);
    await expect(telling).rejects.toThrow(/not told everywhere: Error$/);
    expect(written.join()).not.toContain('SECRET');
  });

  it('leaves out the kinds that the owner did not choose', async () => {
    const slack = channel('slack');
    const told = { channels: [slack.channel], kinds: ['failed', 'rejected'] };
    expect(await tell(notice('1', 'verified'), told, new Sent(), systemClock)).toEqual([]);
    expect(await tell(notice('2', 'failed'), told, new Sent(), systemClock)).toEqual(['slack']);
    expect(slack.arrived).toEqual(['2']);
  });

  it('keeps room for an emergency behind a flood of one account, which is told in the next minutes', async () => {
    const slack = channel('slack');
    const told = { channels: [slack.channel], kinds: null };
    const [sent, clock] = [new Sent(), new TestClock()];
    const ids = Array.from({ length: 40 }, (_, n) => String(n));
    const tried = await Promise.allSettled(ids.map((id) => tell(notice(id, 'pending'), told, sent, clock)));
    expect(tried.filter(({ status }) => status === 'fulfilled')).toHaveLength(8);
    expect(tried[8]).toEqual({
      status: 'rejected',
      reason: new RetryableError('internal', 'too many notices within a minute: this one is told later'),
    });
    await tell({ ...notice('other'), account: null }, told, sent, clock);
    await tell(notice('e-1', 'break-glass'), told, sent, clock);
    await tell(notice('e-2', 'review-due'), told, sent, clock);
    expect(slack.arrived.slice(8)).toEqual(['other', 'e-1', 'e-2']);
    await clock.sleep(MINUTE);
    await tell(notice('39', 'pending'), told, sent, clock);
    expect(slack.arrived.at(-1)).toBe('39');
  });

  it('takes no more than 15 ordinary notices of all accounts within a minute', async () => {
    const slack = channel('slack');
    const told = { channels: [slack.channel], kinds: null };
    const [sent, clock] = [new Sent(), new TestClock()];
    for (let n = 0; n < 30; n += 1) {
      const of = { ...notice(String(n)), account: String(n) };
      await tell(of, told, sent, clock).catch(() => undefined);
    }
    expect(slack.arrived).toHaveLength(15);
  });

  it('remembers a bounded number of notices', () => {
    const sent = new Sent();
    for (let n = 0; n < 1_500; n += 1) sent.add(String(n), 'slack');
    expect([sent.has('499', 'slack'), sent.has('500', 'slack'), sent.has('1499', 'slack')]).toEqual([
      false,
      true,
      true,
    ]);
  });
});
