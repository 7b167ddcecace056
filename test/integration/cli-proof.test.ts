import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { prove, type Written } from '../../cli/bootstrap/prove.ts';
import type { Side, Site } from '../../cli/site.ts';
import { Credentials } from '../../shared/alicloud/credentials.ts';
import { millis, systemClock } from '../../shared/runtime/clock.ts';
import { runCli, stateFile } from '../kit/cli.ts';
import { type TestCloud, testCloud } from '../kit/test-cloud.ts';

const REQUESTER = '1000000000000001';
const REPLIES = 'dms-handshake-replies';
const STEP = {
  operation: 'subscribe',
  target: `requester-${REQUESTER}`,
  reason: '',
  run: async () => undefined,
};
const WAIT = { both: 1_000, requester: 1_000 };

let cloud: TestCloud;
beforeEach(async () => {
  cloud = await testCloud();
});
afterEach(() => cloud.close());

const siteOf = (side: Side): Site => ({
  clock: systemClock,
  region: cloud.ready.region,
  accountId: cloud.ready[side].uid,
  ownerUid: cloud.owner.uid,
  credentials: new Credentials(cloud.ready[side], millis(Number.MAX_SAFE_INTEGER)),
  endpoint: cloud.ready[side].endpoint,
  local: null,
});

const written = (side: Side): Written => ({
  side,
  site: siteOf(side),
  replyTopic: REPLIES,
  steps: [STEP],
  conflicts: [],
});

async function proved(...sides: readonly Side[]) {
  const said: string[] = [];
  const ended = await prove(sides.map(written), (text) => said.push(text), { waitMs: WAIT });
  return { ended, said: said.join('\n') };
}

const waiting = () => cloud.requester.mns.queue(REPLIES).messages.length;

describe('a subscription that bootstrap made', () => {
  it('is proved by a message that came through, which is in the queue no more', async () => {
    expect(await proved('owner', 'requester')).toEqual({
      ended: true,
      said: `replies reach account ${REQUESTER}: a message came through to its queue`,
    });
    expect(waiting()).toBe(0);
  });

  it('is not proved where account A lets nothing in, whatever both accounts look like', async () => {
    // As an organisation's policy does: nothing in either account shows it.
    cloud.requester.controlPolicies = [
      { Version: '1', Statement: [{ Effect: 'Deny', Action: 'mns:SendMessage', Resource: '*' }] },
    ];
    expect(await proved('owner', 'requester')).toEqual({
      ended: false,
      said: `replies do not reach account ${REQUESTER}: a message did not come through in 1 s`,
    });
  });

  it('is proved in account A, where only its keys are at hand, by what account B sent', async () => {
    const sent = await proved('owner');
    expect(sent.ended).toBe(true);
    expect(sent.said).toContain(`to see it arrive: npx dms-handshake doctor --prove --side requester`);
    expect((await proved('requester')).said).toMatch(/^replies reach this account: a message of 20/);
    expect(waiting()).toBe(0);
    expect((await proved('requester')).said).toMatch(/^no message of account \d+ has come through yet/);
  });
});

describe('doctor --prove', () => {
  it('sees a message go through both accounts', async () => {
    const state = await stateFile(cloud.ready);
    const ended = await runCli(['doctor', '--local', '--prove', '--json'], {
      env: { DMS_HANDSHAKE_LOCAL: state.file },
    });
    await state.remove();
    const checks: { id: string; status: string }[] = JSON.parse(ended.stdout).checks;
    expect(ended.code).toBe(0);
    expect(checks).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ id: `owner:replies-arrive:${REQUESTER}`, status: 'skip' }),
        expect.objectContaining({ id: 'requester:replies-arrive', status: 'pass' }),
      ]),
    );
    expect(waiting()).toBe(0);
  });
});
