import { describe, expect, test } from 'vitest';
import { weatherCloud } from '../helpers/weather.ts';

const REQUESTER = '1000000000000001';

/** What is sent before, what is sent while functions die, and what must stand in the end. */
const HISTORIES = {
  grant: {
    before: [],
    request: { engines: ['redis', 'lindorm'] },
    policies: ['DmsCrossAccountPolicy-lindorm-redis'],
    status: 'verified',
  },
  change: {
    before: [{ engines: ['redis'] }],
    request: { engines: ['gdb'] },
    policies: ['DmsCrossAccountPolicy-gdb-redis'],
    status: 'verified',
  },
  revoke: {
    before: [{ engines: ['redis', 'gdb'] }],
    request: { action: 'revoke', engines: ['gdb'] },
    policies: ['DmsCrossAccountPolicy-redis'],
    status: 'revoked',
  },
  close: {
    before: [{ engines: ['redis', 'gdb'] }],
    request: { action: 'revoke' },
    policies: [],
    status: 'revoked',
  },
} as const;

describe.each(['dms-handshake-provision', 'dms-handshake-verify'])('%s killed', (role) => {
  test.each(Object.keys(HISTORIES) as (keyof typeof HISTORIES)[])(
    'before and after each of its calls of a %s: the next delivery ends as a clean run does',
    async (name) => {
      const { before, request, policies, status } = HISTORIES[name];
      let struck = 0;
      for (let call = 1; ; call += 1) {
        const pending = await Promise.all(
          (['before', 'after'] as const).map(async (when) => {
            const cloud = await weatherCloud({});
            try {
              for (const one of before) await cloud.ask({ requesterUid: REQUESTER, ...one });
              cloud.world.weather.killAt({ role, call, when });
              const replies = await cloud.send({ requesterUid: REQUESTER, ...request });
              const found = cloud.owner.ram.findRole(`dms-cross-account-${REQUESTER}`);
              // A reply may come twice (the function died after it had sent it), but never another one.
              expect(new Set(replies.map(({ id, data }) => `${id} ${data.status}`)).size).toBe(1);
              expect(replies[0]?.data).toMatchObject({ status, problem: null });
              expect(found?.attachments.map(({ policyName }) => policyName)).toEqual(policies);
              expect(found?.trust.includes('dms.aliyuncs.com')).toBe(policies.length > 0);
              return cloud.world.weather.killsPending;
            } finally {
              await cloud.close();
            }
          }),
        );
        if (pending.every((left) => left > 0)) break;
        struck += 1;
      }
      expect(struck).toBeGreaterThanOrEqual(7);
    },
    120_000,
  );
});
