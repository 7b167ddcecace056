import { beforeEach, describe, expect, it } from 'vitest';
import { provisionInTurn } from '../../../functions/provision/provision.ts';
import { RequestRate } from '../../../shared/admission/rate.ts';
import type { ProvisionPorts } from '../../../shared/reconcile/reconciled.ts';
import { RetryableError, TerminalError } from '../../../shared/runtime/errors.ts';
import { REQUESTER, STRANGER } from '../../kit/accounts.ts';
import { type Direct, direct, laneTopic } from '../../kit/direct.ts';
import { requesterAs } from '../../kit/requester.ts';
import { MINUTE } from '../../kit/time.ts';

/** Each requester asks no faster than it may, copies are done once, and what failed is done again. */
let at: Direct;
let rate: RequestRate;
beforeEach(async () => {
  at = await direct();
  rate = new RequestRate();
});

const REDIS = { requesterUid: REQUESTER, engines: ['redis'] };
const take = (
  body: object,
  messageId = 'm-1',
  over: Partial<ProvisionPorts> = {},
  settings = at.settings,
) => {
  const delivery = {
    body: JSON.stringify(body),
    messageId,
    publishedAt: at.clock.now(),
    topic: laneTopic(body, REQUESTER),
  };
  return provisionInTurn(delivery, settings, { ...at.provisionPorts(), ...over }, rate);
};
const failing = (error: Error) => ({ identity: { accountId: () => Promise.reject(error) } });
const busy = new RetryableError('throttled', 'STS GetCallerIdentity: Throttling');

/** The requester may ask once a minute. */
const slowly = () => {
  const topics = [laneTopic(REDIS, REQUESTER)];
  const slow = requesterAs({ uid: REQUESTER, topics, requestsPerMinute: 1 });
  return { ...at.settings, requesters: { requesters: [slow], clients: [] } };
};

describe('a request', () => {
  it('that comes twice is answered twice', async () => {
    for (let n = 0; n < 2; n += 1) expect((await take(REDIS))?.result).toBe('applied');
  });

  it('that failed in a way that may pass is thrown, and carried out when it comes again', async () => {
    await expect(take(REDIS, 'm-1', failing(busy), slowly())).rejects.toBe(busy);
    expect((await take(REDIS, 'm-1', {}, slowly()))?.result).toBe('applied');
  });

  it('that failed for good is told of; a fault of ours is thrown', async () => {
    const missing = new TerminalError('permission-missing', 'STS GetCallerIdentity: NoPermission');
    expect(await take(REDIS, 'm-1', failing(missing))).toMatchObject({
      result: 'failed',
      to: [REQUESTER],
      problem: { code: 'permission-missing', detail: 'STS GetCallerIdentity: NoPermission.' },
    });
    await expect(take(REDIS, 'm-2', failing(new TypeError('ours')))).rejects.toThrow('ours');
  });

  it.each([
    ['was carried out', {}, 'rejected'],
    ['was not', failing(new TerminalError('permission-missing', 'x')), 'failed'],
  ])('to revoke, 60 times in a minute, is held the next time only where it %s', async (_what, over, last) => {
    const revoke = { ...REDIS, action: 'revoke' };
    for (let n = 0; n < 60; n += 1) await take(revoke, `m-${n}`, over);
    expect((await take(revoke, 'm-60', over))?.result).toBe(last);
  });

  it('that comes too often is held, and told so', async () => {
    const settings = slowly();
    expect((await take(REDIS, 'm-1', {}, settings))?.result).toBe('applied');
    const other = { ...REDIS, engines: ['gdb'] };
    expect(await take(other, 'm-2', {}, settings)).toMatchObject({
      result: 'rejected',
      problem: { code: 'throttled' },
      writes: 0,
    });
    // Its copy was answered already.
    expect(await take(REDIS, 'm-1', {}, settings)).toBeNull();
    at.clock.advance(MINUTE);
    expect((await take(other, 'm-3', {}, settings))?.result).toBe('applied');
  });

  it('that nobody may send is refused as often as it comes', async () => {
    const body = { requesterUid: STRANGER, engines: ['redis'] };
    for (let n = 0; n < 2; n += 1) expect((await take(body))?.result).toBe('rejected');
    for (let n = 0; n < 2; n += 1) expect((await take({ engines: 7 }))?.result).toBe('rejected');
  });

  it('that changes nothing is a report', async () => {
    expect(await take({ requesterUid: REQUESTER, action: 'verify' })).toMatchObject({
      result: 'report',
      writes: 0,
    });
  });
});

it('upkeep and words of the owner are done as often as they come', async () => {
  await take(REDIS);
  const keep = { owner: { keep: { requesterUid: REQUESTER, access: 'register' } } };
  for (const body of [{ upkeep: { role: 'x' } }, { upkeep: { role: 'x' } }, keep, keep])
    expect((await take(body))?.result).toBe('report');
});
