import { expect, test } from 'vitest';
import { weatherCloud } from '../helpers/weather.ts';

const REQUESTER = '1000000000000001';
const ROLE = `dms-cross-account-${REQUESTER}`;

/** Seeds with which a reading of RAM up to a minute old once made a grant fail: a tag was not visible, what it is on was. */
const SEEDS = Array.from({ length: 24 }, (_, seed) => seed + 1);

test.each(SEEDS)(
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
