import { expect, it } from 'vitest';
import { openBuilt } from '../chaos/built.ts';
import { REQUESTER } from '../kit/accounts.ts';
import { cases } from '../kit/cases.ts';
import { ROLE } from '../kit/roles.ts';
import { weatherCloud } from '../kit/weather-cloud.ts';

/**
 * Seeds with which a reading of RAM up to a minute old once made a grant fail: a tag was not visible, what it is
 * on was.
 */
const SEEDS = Array.from({ length: cases(24) }, (_, seed) => seed + 1);

it.each(SEEDS)(
  'reads up to a minute old: no foreign role is seen where there is none, no false failure (seed %i)',
  async (seed) => {
    const cloud = await weatherCloud({ seed, staleReadsMs: 60_000, latencyMs: 20 });
    try {
      const first = await cloud.send({ requesterUid: REQUESTER, engines: ['redis', 'lindorm'] });
      expect(first.map(({ data }) => [data.status, data.problem])).toEqual([['verified', null]]);
      const second = await cloud.send({ requesterUid: REQUESTER, engines: ['gdb'] });
      expect(second.map(({ data }) => [data.status, data.engines])).toEqual([
        ['verified', ['gdb', 'lindorm', 'redis']],
      ]);
      const third = await cloud.send({ requesterUid: REQUESTER, action: 'revoke', engines: ['redis'] });
      expect(third.map(({ data }) => [data.status, data.engines])).toEqual([['revoked', ['gdb', 'lindorm']]]);
      const role = cloud.owner.ram.findRole(ROLE);
      expect(role?.attachments.map(({ policyName }) => policyName)).toEqual([
        'DmsCrossAccountPolicy-gdb-lindorm',
      ]);
    } finally {
      await cloud.close();
    }
  },
);

it.each([917_600_923, 12_975_959, 810_021_521])(
  'a request that follows before the reply: what RAM shows in between is no failure (world %i)',
  async (seed) => {
    const built = await openBuilt({ weather: { seed, staleReadsMs: 60_000, latencyMs: 20 } });
    try {
      for (const engines of [['lindorm'], ['lindorm', 'gdb', 'rds'], ['redis']]) {
        await built.clock.advance(5_000);
        built.publish({ requesterUid: REQUESTER, engines });
      }
      await built.settle();
      const said = built.everyReply().map(({ data }) => [data.status, data.problem?.detail]);
      expect(said).toEqual(Array(3).fill(['verified', undefined]));
    } finally {
      await built.close();
    }
  },
);

it.each([
  [403_285_431, 1_000, 'redis', 'gdb'],
  [765_727_186, 15_000, 'lindorm', 'rds'],
] as const)(
  'a role that is not shown yet when it is closed: what stood there is nobody else’s change (world %i)',
  async (seed, after, ...engines) => {
    const built = await openBuilt({ weather: { seed, staleReadsMs: 60_000, latencyMs: 20 } });
    try {
      for (const engine of engines) {
        await built.clock.advance(after);
        built.publish({ requesterUid: REQUESTER, engines: [engine] });
      }
      await built.clock.advance(after);
      built.publish({ requesterUid: REQUESTER, action: 'revoke', requestId: 'close' });
      await built.settle();
      const said = built.everyReply().filter(({ data }) => data.requestId === 'close');
      expect(said.map(({ data }) => [data.status, data.problem])).toEqual([['revoked', null]]);
      expect(built.owner.ram.findRole(ROLE)?.attachments).toEqual([]);
    } finally {
      await built.close();
    }
  },
);
