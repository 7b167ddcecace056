import { afterAll, beforeAll, expect, it } from 'vitest';
import { OWNER, REQUESTER } from '../kit/accounts.ts';
import { examinedCloud, RIGHT } from '../kit/doctor.ts';

let cloud: Awaited<ReturnType<typeof examinedCloud>>;
beforeAll(async () => {
  cloud = await examinedCloud();
});
afterAll(() => cloud.close());

it('doctor tells of each check of both accounts, and of a message from one to the other', async () => {
  expect(await cloud.told('--prove')).toEqual({
    code: 1,
    checks: {
      ...RIGHT,
      [`owner:replies-arrive:${REQUESTER}`]: `skip a message was sent to account ${REQUESTER}; whether it arrives is seen there: npx dms-handshake doctor --prove --side requester --owner ${OWNER}`,
      'requester:replies-arrive': 'pass a message of TIME came through the topic of account B',
    },
  });
});

it('doctor of one account leaves its name out of the checks', async () => {
  const of = (side: string) =>
    Object.fromEntries(
      Object.entries(RIGHT).flatMap(([id, words]) =>
        id.startsWith(`${side}:`) ? [[id.slice(side.length + 1), words]] : [],
      ),
    );
  expect(await cloud.told('--side requester')).toEqual({ code: 0, checks: of('requester') });
  expect(await cloud.told('--side owner')).toEqual({ code: 1, checks: of('owner') });
});

it('doctor without a cloud says why, and looks at nothing else', async () => {
  const { code, checks } = await cloud.told('--side owner', '/none/local.json');
  expect({ code, checks }).toEqual({
    code: 1,
    checks: {
      credentials:
        'fail no local cloud is running: there is no /none/local.json (start one with "npx dms-handshake local" in another terminal)',
      'everything-else': 'skip nothing can be looked at without credentials',
    },
  });
});
