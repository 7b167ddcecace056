import { describe, expect, it } from 'vitest';
import { millis } from '../../../shared/runtime/millis.ts';
import { REQUESTER } from '../../kit/accounts.ts';
import { direct } from '../../kit/direct.ts';
import { remembering, tableOf } from '../../kit/remembering.ts';
import { send } from '../../kit/send.ts';

const ROLE = `dms-cross-account-${REQUESTER}`;
const GRANT = { requesterUid: REQUESTER, engines: ['redis', 'rds'], reference: 'DBA-1' };

describe('with the keys of another account nothing is written', () => {
  const bodies: [string, object][] = [
    ['a request', GRANT],
    ['upkeep of a role', { upkeep: { role: ROLE, expired: ['redis'], repair: true } }],
    ['upkeep of a policy', { upkeep: { policy: 'DmsCrossAccountPolicy-redis' } }],
    [
      'a verdict',
      {
        upkeep: { remember: { roles: [ROLE], tags: { 'dms-verdict': 'failed 2026-11-23T10:00:00.000Z' } } },
      },
    ],
    ['names that were told of', { upkeep: remembering({ 'dms-strangers': 'x' }) }],
    ['an inventory', { upkeep: remembering(tableOf(millis(0))) }],
  ];
  const identity = { accountId: async () => '3000000000000003' };
  it.each(bodies)('for %s', async (_what, body) => {
    const at = await direct();
    await send(at, GRANT);
    at.writes.length = 0;
    const { result, problem } = await send(at, body, { ports: { ...at.provisionPorts(), identity } });
    expect([result, problem?.code, at.writes]).toEqual(['rejected', 'wrong-account', []]);
  });
});
