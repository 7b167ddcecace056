import { describe, expect, it } from 'vitest';
import { provision } from '../../../functions/provision/provision.ts';
import { RecentWrites } from '../../../shared/reconcile/recent-writes.ts';
import { millis } from '../../../shared/runtime/millis.ts';
import { REQUESTER } from '../../kit/accounts.ts';
import { cases } from '../../kit/cases.ts';
import { direct, topicOf } from '../../kit/direct.ts';
import type { Hook } from '../../kit/direct-api.ts';
import { MINUTE } from '../../kit/time.ts';

const ROLE = `dms-cross-account-${REQUESTER}`;

/**
 * One instance, readings up to a minute old. Redis is granted; 65 seconds later redis on one instance, with the same
 * broker time; a second later gdb. Answers the policies that were ever attached on the way.
 */
async function attachedOnTheWay(seed: number): Promise<ReadonlySet<string>> {
  const at = await direct(true, {}, { seed, staleReadsMs: MINUTE });
  const seen = new Set<string>();
  const memory = new RecentWrites();
  const look: Hook = async () => {
    at.clock.advance(20);
    return () => {
      const role = at.owner.ram.findRole(ROLE);
      for (const { policyName } of role?.attachments ?? []) seen.add(policyName);
    };
  };
  const sent = at.clock.now();
  const ask = async (publishedAt: number, wanted: object) => {
    const body = JSON.stringify({ requesterUid: REQUESTER, ...wanted });
    const delivery = {
      body,
      messageId: `m-${at.clock.now()}`,
      publishedAt: millis(publishedAt),
      topic: topicOf(REQUESTER),
    };
    const { result } = await provision(delivery, at.settings, at.provisionPorts(look, memory));
    expect(result).toBe('applied');
  };
  await ask(sent, { engines: ['redis'] });
  at.clock.advance(65_000);
  await ask(sent, { engines: ['redis'], instances: { redis: ['r-1'] } });
  at.clock.advance(1_000);
  await ask(at.clock.now(), { engines: ['gdb'] });
  return seen;
}

describe('two words of one millisecond about an engine', () => {
  it('are judged by one rule wherever they meet: the wide policy is never attached again', async () => {
    const worlds = await Promise.all(
      Array.from({ length: cases(200) }, (_, seed) => attachedOnTheWay(seed + 1)),
    );
    expect(worlds.filter((seen) => seen.has('DmsCrossAccountPolicy-gdb-redis'))).toHaveLength(0);
    // The narrow one was, so the worlds are not empty.
    expect(
      worlds.every((seen) =>
        [...seen].some((name) => /^DmsCrossAccountPolicy-gdb-redis-[0-9a-f]{20}$/.test(name)),
      ),
    ).toBe(true);
  });
});
