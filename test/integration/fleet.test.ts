import { readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { publishToTopic } from '../../local/cloud/mns/index.ts';
import type { Account } from '../../local/cloud/world.ts';
import { installRole } from '../../local/install.ts';
import { ramByHand } from '../../local/ram-by-hand.ts';
import { fleetRole } from '../../shared/installation/fleet.ts';
import { OWNER, REQUESTER } from '../kit/accounts.ts';
import { BINARY, stateFile } from '../kit/cli.ts';
import { callCli } from '../kit/cli-in-process.ts';
import { type TestCloud, testCloud } from '../kit/test-cloud.ts';
import { AT } from '../rights/at.ts';
import { scopesOf } from '../rights/examine.ts';
import { under } from '../rights/ground.ts';
import { removals } from '../rights/mutations.ts';

const SECOND = '2000000000000003';
const arnOf = (uid: string, role = 'dms-handshake-fleet') => `acs:ram::${uid}:role/${role}`;

let cloud: TestCloud;
let state: Awaited<ReturnType<typeof stateFile>>;
let second: Account;

beforeAll(async () => {
  cloud = await testCloud({ environment: { PATIENCE_SECONDS: '0' }, furtherOwners: [SECOND] });
  state = await stateFile(cloud.ready);
  second = cloud.world.account(SECOND);
  for (const [account, engines] of [
    [cloud.owner, ['redis']],
    [second, ['gdb']],
  ] as const) {
    await installRole(cloud.world, account, fleetRole({ ...AT, ownerUid: account.uid }, OWNER));
    const body = JSON.stringify({ requesterUid: REQUESTER, engines });
    publishToTopic(cloud.world, account, cloud.ready.requestTopic, { body });
    await cloud.idle();
  }
});
afterAll(async () => {
  await cloud.close();
  await state.remove();
});

const fleet = async (accounts: readonly unknown[], ...options: string[]) => {
  const file = join(dirname(state.file), 'fleet.json');
  await writeFile(file, JSON.stringify({ accounts }));
  return callCli(['verify', '--local', '--all', '--accounts', file, ...options], {
    env: { DMS_HANDSHAKE_LOCAL: state.file },
  });
};
const both = [
  { uid: OWNER, roleArn: arnOf(OWNER), name: 'shop' },
  { uid: SECOND, roleArn: arnOf(SECOND), name: 'payments', region: 'cn-hangzhou' },
];

describe('verify --all --accounts', () => {
  it('merges the reports of every account, each role by its own ARN; the page tells them apart', async () => {
    const html = join(dirname(state.file), 'fleet.html');
    const ended = await fleet(both, '--json', '--html', html);
    expect([ended.code, ended.stderr]).toEqual([0, `wrote ${html}\n`]);
    const { roles } = JSON.parse(ended.stdout);
    expect(roles).toMatchObject([
      { roleArn: arnOf(OWNER, `dms-cross-account-${REQUESTER}`), status: 'verified' },
      { roleArn: arnOf(SECOND, `dms-cross-account-${REQUESTER}`), status: 'verified' },
    ]);
    const page = await readFile(html, 'utf8');
    expect(page).toContain('<b>2 accounts</b>');
    expect(page).not.toContain('not verified');
    expect(page).toContain(`<option value="${SECOND}">payments (${SECOND})</option>`);
  });

  it('enters an account for nothing but its verify function', async () => {
    cloud.forget();
    await fleet(both, '--json');
    const mine = cloud.calls().filter(({ caller }) => JSON.stringify(caller).includes('dms-handshake-fleet'));
    // Side by side: whichever was entered first is asked first.
    const asked = mine.map(({ service, operation, accountId }) => [service, operation, accountId]);
    expect(asked.toSorted()).toEqual([
      ['fc', 'InvokeFunction', OWNER],
      ['fc', 'InvokeFunction', SECOND],
    ]);
  });

  it("needs every word of the fleet role's rights, and they keep out what is not verify", async () => {
    const { name, permission: right } = fleetRole({ ...AT, ownerUid: SECOND }, OWNER);
    const place = { world: cloud.world, account: second, name, right };
    const without = removals(right);
    expect(without.length).toBeGreaterThan(0);
    for (const { word, document } of without) {
      const { code, stderr } = await under(place, document, () => fleet(both, '--json'));
      expect([word, code]).toEqual([word, 1]);
      expect(stderr).toMatch(/^account 2000000000000003 \(payments\) was not verified: .*InvokeFunction/);
    }
    expect(scopesOf(right).map(({ holds }) => holds)).toEqual([true]);
    expect((await fleet(both, '--json')).code).toBe(0);
  });

  it('names an account that cannot be reached, reports the others, and ends with 1', async () => {
    const gone = { uid: '2000000000000009', roleArn: arnOf('2000000000000009'), name: 'gone' };
    const wrong = { uid: SECOND, roleArn: arnOf(SECOND, 'dms-handshake-nothing') };
    const html = join(dirname(state.file), 'part.html');
    const ended = await fleet([gone, wrong, both[0]], '--json', '--html', html);
    expect(ended.code).toBe(1);
    const page = await readFile(html, 'utf8');
    expect(page).toMatch(/class="n unverified"><dt>not verified<\/dt><dd>2<\/dd>/);
    expect(page).toMatch(
      /<li><b>account 2000000000000009 \(gone\)<\/b> was not verified: [^<]*EntityNotExist/,
    );
    expect(JSON.parse(ended.stdout).roles).toMatchObject([
      { roleArn: arnOf(OWNER, `dms-cross-account-${REQUESTER}`), status: 'verified' },
    ]);
    expect(ended.stderr.split('\n')).toEqual([
      expect.stringMatching(/^account 2000000000000009 \(gone\) was not verified: .*EntityNotExist\.Role/),
      expect.stringMatching(/^account 2000000000000003 was not verified: /),
      `wrote ${html}`,
      '',
    ]);
  });

  it('ends with 1 where a role of any account has failed', async () => {
    const policy = { PolicyType: 'Custom', PolicyName: 'DmsCrossAccountPolicy-gdb' };
    const attachment = { RoleName: `dms-cross-account-${REQUESTER}`, ...policy };
    await ramByHand(cloud.world, second, 'DetachPolicyFromRole', attachment);
    const ended = await fleet(both);
    await ramByHand(cloud.world, second, 'AttachPolicyToRole', attachment);
    expect(ended.code).toBe(1);
    expect(ended.stdout).toContain('2 roles, 1 failed');
  });

  it.each([
    ['with a file that is refused', ['verify', '--local', '--all', '--accounts', BINARY], /is not JSON/],
    [
      'without --all',
      ['verify', '--local', '--requester', REQUESTER, '--accounts', 'x'],
      /--accounts goes with --all/,
    ],
    ['with an owner', ['verify', '--all', '--owner', OWNER, '--accounts', 'x'], /--accounts goes with --all/],
    [
      'with a file that is not there',
      ['verify', '--local', '--all', '--accounts', '/none'],
      /cannot be read \(ENOENT\)/,
    ],
  ])('is wrong usage %s', async (_what, args, message) => {
    const ended = await callCli(args, { env: { DMS_HANDSHAKE_LOCAL: state.file } });
    expect(ended).toMatchObject({ code: 2, stderr: expect.stringMatching(message) });
  });
});
