import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { handler as verify } from '../../../functions/verify/index.ts';
import { OWNER } from '../../kit/accounts.ts';
import { attach } from '../../kit/by-hand.ts';
import { type OwnFunctions, ownFunctions } from '../../kit/own-functions.ts';
import { listOf, populate, uidOf } from '../../kit/populate.ts';
import { sample } from '../../kit/samples.ts';

/** What the timer's sweep logs of what it tells, and of what it does not repair. */
let cloud: OwnFunctions;
const roleOf = (n: number) => `dms-cross-account-${uidOf(n)}`;
beforeAll(async () => {
  cloud = await ownFunctions({ requesters: listOf(12) }, { HEAL: 'true' });
  await populate(cloud.world, cloud.owner, 12);
});
afterAll(() => cloud.close());
beforeEach(() => cloud.forget());
const logged = (event: string) => cloud.lines.filter((line) => line['event'] === event);

it('each change in a line of its own, and that too many would have to be repaired', async () => {
  for (let n = 0; n < 4; n += 1) await attach(cloud, roleOf(n));
  await cloud.run(verify, 'dms-handshake-verify', sample('timer'));
  expect(
    logged('changed')
      .map(({ roleArn }) => String(roleArn).split('/')[1])
      .sort(),
  ).toEqual([0, 1, 2, 3].map(roleOf).sort());
  expect(logged('changed')[0]).toMatchObject({
    status: 'changed',
    problem: 'verification-failed',
    failedChecks: ['policies-attached'],
  });
  expect(logged('swept')).toMatchObject([{ roles: 12, failed: 4 }]);
  const { owner } = await cloud.replies();
  expect(owner.length).toBeGreaterThan(0);
  for (const { source } of owner)
    expect(source).toBe(`acs:fc:cn-hangzhou:${OWNER}:functions/dms-handshake-verify`);
  expect(logged('sweep-refused')).toEqual([
    {
      event: 'sweep-refused',
      problem: 'verification-failed',
      detail:
        '4 of 12 roles would be repaired, which is too many to be drift; nothing was repaired. Find out what they have in common (a new catalogue, PROBE or VERIFY_ROLE changed, an incident), then send the grants again',
    },
  ]);
});

it('what the reply topic refuses is neither counted nor logged as told, and the figures say why', async () => {
  await attach(cloud, roleOf(5));
  cloud.refuse('dms-handshake-replies', 0);
  const swept = await cloud.run(verify, 'dms-handshake-verify', sample('timer'));
  cloud.recover();
  expect(swept).toMatchObject({
    roles: 12,
    changed: 0,
    trouble: expect.stringMatching(/: MNS PublishMessage to dms-handshake-replies: AccessDenied/),
  });
  expect(logged('changed')).toEqual([]);
  expect((await cloud.replies()).owner).toEqual([]);
});
