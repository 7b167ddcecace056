import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest';
import { arrivedProof } from '../../cli/doctor/proof.ts';
import { on, reset } from '../../local/testing/stub.ts';
import { Credentials } from '../../shared/alicloud/credentials.ts';
import { millis, systemClock } from '../../shared/runtime/clock.ts';
import { OWNER, REQUESTER } from '../kit/accounts.ts';
import { stateFile } from '../kit/cli.ts';
import { DEPLOY, examinedCloud } from '../kit/doctor.ts';

let cloud: Awaited<ReturnType<typeof examinedCloud>>;
beforeAll(async () => {
  cloud = await examinedCloud();
});
afterEach(() => {
  vi.restoreAllMocks();
  reset(cloud.world);
});
afterAll(() => cloud.close());

it.each([
  [60, 'pass 60 s off; calls are refused from 900 s'],
  [-300, 'pass 300 s off; calls are refused from 900 s'],
  [400, 'fail 400 s off; calls are refused from 900 s (set the clock: sudo timedatectl set-ntp true)'],
])('a clock that is %i s off', async (seconds, words) => {
  vi.spyOn(systemClock, 'now').mockImplementation(() => millis(Date.now() + seconds * 1_000));
  const { checks } = await cloud.told('--side requester');
  expect(
    checks['clock']?.replace(
      /\d+ s off/,
      (found) => `${Math.round(Number.parseInt(found, 10) / 10) * 10} s off`,
    ),
  ).toBe(words);
});

it.each([
  ['from:mwt3h340 until:mwt3h340', 'pass the sweep has read ActionTrail up to TIME'],
  [
    'from:mwt3h340 until:mwt3h340 fault:denied',
    'fail dms-handshake-verify lacks actiontrail:LookupEvents (npx dms-handshake bootstrap)',
  ],
  ['from:mwt3h340 until:mwt3h340 fault:Nope', 'skip the last sweep could not read ActionTrail: Nope'],
])('what the sweep has noted, %s', async (mark, words) => {
  const role = cloud.owner.ram.findRole('dms-handshake-verify');
  role?.tags.set('dms-last-use', mark);
  const { checks } = await cloud.told('--side owner');
  role?.tags.delete('dms-last-use');
  expect(checks['last-use']).toBe(words);
});

it('no server that says what time it is', async () => {
  vi.spyOn(globalThis, 'fetch').mockRejectedValue(new Error('no network'));
  const { checks } = await cloud.told('--side requester');
  expect(checks['clock']).toBe('skip no server said what time it is');
});

it('no message that comes through in a minute', async () => {
  const credentials = new Credentials(cloud.ready.requester, millis(Number.MAX_SAFE_INTEGER));
  let leapt = 0;
  const clock = {
    // Each look at the queue takes half a minute.
    now: () => millis(Date.now() + leapt),
    sleep: async (ms: number) => {
      leapt += ms;
    },
  };
  const site = {
    ...{ clock, credentials, region: cloud.ready.region, accountId: REQUESTER, ownerUid: OWNER },
    ...{ endpoint: cloud.ready.requester.endpoint, local: null },
  };
  on(cloud.world, 'mns', 'ReceiveMessage', () => {
    leapt += 30_000;
    return true;
  }).rejects('MessageNotExist');
  expect(await arrivedProof(site)).toEqual([
    {
      id: 'replies-arrive',
      status: 'fail',
      detail: `no message of account ${OWNER} came through in 60 s`,
      fix: 'while this runs, run "npx dms-handshake doctor --prove" in account B; if it still fails, run "npx dms-handshake bootstrap" in both accounts',
    },
  ]);
});

it.each([
  ['requester', 'ReceiveMessage', 'QueueNotExist', 'MNS ReceiveMessage from dms-handshake-replies'],
  ['owner', 'PublishMessage', 'TopicNotExist', 'MNS PublishMessage to dms-handshake-replies'],
])('a proof whose call fails, in the account of the %s', async (side, operation, code, call) => {
  const state = await stateFile(cloud.ready);
  on(cloud.world, 'mns', operation).rejects(code);
  const { checks } = await cloud.told(`--side ${side} --prove`, state.file);
  await state.remove();
  expect(checks['replies-arrive']).toBe(
    `fail ${call}: ${code} (HTTP 404), request id ID (fix this, then run doctor again)`,
  );
});

it.each([
  [['orders', 'dba'], (file: string) => `pass ${file} lets 1, 2 ask`],
  [
    [],
    () =>
      `fail requesters.json is not in this folder, or lists nobody: every request would be refused (list who may ask in requesters.json, then ${DEPLOY})`,
  ],
])('the file of requesters lists %j', async (names, words) => {
  const folder = await mkdtemp(join(tmpdir(), 'dms-handshake-doctor-'));
  const file = join(folder, 'who.json');
  const requesters = names.map((name, n) => ({
    uid: String(n + 1),
    name,
    engines: '*',
    access: ['register'],
    topics: [name],
  }));
  await writeFile(file, JSON.stringify({ requesters }));
  const state = await stateFile({ ...cloud.ready, requestersFile: file });
  const { checks } = await cloud.told('--side owner', state.file);
  expect(checks['requesters']).toBe(words(file));
  await state.remove();
  await rm(folder, { recursive: true });
});
