import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ramByHand } from '../../local/ram-by-hand.ts';
import { BINARY, runCli, runProgram, stateFile } from '../kit/cli.ts';
import { callCli } from '../kit/cli-in-process.ts';
import { ROLE } from '../kit/roles.ts';
import { type TestCloud, testCloud } from '../kit/test-cloud.ts';

/** `revoke --as-owner`: the owner takes access away from the command line. */

const REQUESTER = '1000000000000001';
const ARN = `acs:ram::2000000000000002:role/${ROLE}`;

let cloud: TestCloud;
let state: Awaited<ReturnType<typeof stateFile>>;
beforeEach(async () => {
  cloud = await testCloud({ approver: true, environment: { PATIENCE_SECONDS: '0' } });
  state = await stateFile(cloud.ready);
});
afterEach(async () => {
  await cloud.close();
  await state.remove();
});

const close = (line: string) =>
  callCli(['revoke', '--local', '--as-owner', ...line.split(' ')], {
    env: { DMS_HANDSHAKE_LOCAL: state.file },
  });
const grant = () => cloud.ask({ requesterUid: REQUESTER, engines: ['redis'] });
const attached = () => cloud.owner.ram.findRole(ROLE)?.attachments.length;
const withoutPolicy = (PolicyName: string) =>
  ramByHand(cloud.world, cloud.owner, 'DetachPolicyFromUser', {
    PolicyName,
    PolicyType: 'Custom',
    UserName: 'approver',
  });

describe('revoke --as-owner', () => {
  it.each([
    ['revoke --local --all', '--all goes with --as-owner'],
    ['revoke --local --yes', '--yes goes with --as-owner'],
    ['revoke --local --as-owner', 'give either --requester <uid> or --all'],
    [`revoke --local --as-owner --all --requester ${REQUESTER}`, 'give either --requester <uid> or --all'],
    [
      `revoke --local --as-owner --requester ${REQUESTER} --engines redis`,
      '--engines does not go with --as-owner',
    ],
    [
      `revoke --local --as-owner --requester ${REQUESTER} --request-id x`,
      '--request-id does not go with --as-owner',
    ],
  ])('%s is wrong usage', async (line, words) => {
    expect(await callCli(line.split(' '))).toMatchObject({ code: 2, stderr: expect.stringContaining(words) });
  });

  it('of one access leaves the other', async () => {
    await grant();
    await cloud.ask({ requesterUid: REQUESTER, access: 'console' });
    const ended = await close(`--requester ${REQUESTER} --access console --json`);
    expect(JSON.parse(ended.stdout)).toEqual({
      roles: [{ roleArn: expect.stringContaining('dms-console-access'), status: 'closed' }],
    });
    expect(ended).toMatchObject({ code: 0, stderr: expect.stringContaining('may ask again until') });
    expect(attached()).toBe(1);
  });

  it('closes a role also while verify cannot be asked, and says what it sent and how to look', async () => {
    await grant();
    await withoutPolicy('dms-handshake-operator');
    const ended = await close(`--requester ${REQUESTER}`);
    expect(ended).toMatchObject({ code: 1, stdout: '' });
    for (const words of [
      'InvokeFunction',
      `:register:${REQUESTER}`,
      `:console:${REQUESTER}`,
      `npx dms-handshake verify --requester ${REQUESTER} --local`,
      'dms-handshake-owner-replies',
    ])
      expect(ended.stderr).toContain(words);
    await cloud.idle();
    expect(attached()).toBe(0);
  });

  it('sends nothing without the right of an approver, and does not say that it did', async () => {
    await grant();
    await withoutPolicy('dms-handshake-approver');
    const ended = await close(`--requester ${REQUESTER}`);
    expect(ended).toMatchObject({ code: 1, stderr: expect.stringContaining('dms-handshake-owner') });
    expect(ended.stderr).not.toContain('on the way');
    expect(attached()).toBe(1);
  });

  it('exits 3 with the request ids when a role is not closed in time, and 0 with --wait 0', async () => {
    await grant();
    cloud.owner.mns.topic('dms-handshake-owner').subscriptions.clear();
    const ended = await close(`--requester ${REQUESTER} --access register --wait 1 --json`);
    expect(JSON.parse(ended.stdout)).toEqual({ roles: [{ roleArn: ARN, status: 'pending' }] });
    expect(ended.code).toBe(3);
    expect(ended.stderr).toContain('0 of 1 are closed');
    expect(ended.stderr).toContain(`:register:${REQUESTER}`);
    const sent = await close(`--requester ${REQUESTER} --access register --wait 0 --json`);
    expect(JSON.parse(sent.stdout)).toEqual({ roles: [{ roleArn: ARN, status: 'sent' }] });
    expect(sent).toMatchObject({ code: 0, stderr: expect.stringContaining(`:register:${REQUESTER}`) });
  });

  it('exits 1 for a role that was refused, because it is not ours', async () => {
    await grant();
    await cloud.byHand('UntagResources', {
      ResourceType: 'role',
      ResourceNames: JSON.stringify([ROLE]),
      TagKeys: JSON.stringify(['managed-by']),
    });
    const ended = await close(`--requester ${REQUESTER} --access register --wait 1`);
    expect(ended).toMatchObject({ code: 1, stderr: expect.stringContaining('0 of 1 are closed') });
    expect(ended.stdout).toMatch(/role\/\S+ +failed\n +ownership/);
    expect(attached()).toBe(1);
  });
});

describe('revoke --as-owner --all', () => {
  it('has nothing to do where there is no role', async () => {
    expect(await close('--all --yes')).toMatchObject({
      code: 0,
      stdout: 'no role is there: nothing was closed\n',
    });
    expect(JSON.parse((await close('--all --json')).stdout)).toEqual({ roles: [] });
  });

  it.each([
    ['no', 1, 'nothing was closed', 1],
    ['yes', 0, 'closed', 0],
  ])('shows the roles on a terminal and asks: %s', async (answer, code, words, left) => {
    await grant();
    const command = `exec '${process.execPath}' '${BINARY}' revoke --local --as-owner --all`;
    const ended = await runProgram('script', ['-qec', command, '/dev/null'], {
      env: { DMS_HANDSHAKE_LOCAL: state.file, TERM: 'dumb' },
      input: `${answer}\n`,
    });
    expect(ended.code).toBe(code);
    expect(ended.stdout).toContain(`${ROLE}\r\nClose all 1 of them?`);
    expect(ended.stdout).toContain(words);
    expect(attached()).toBe(left);
  });
});

describe('local --requesters', () => {
  it('has an account for each requester of the file, and keys of an approver', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'dms-handshake-local-'));
    const one = { engines: '*', access: ['register'] };
    const requesters = [
      { ...one, uid: REQUESTER, name: 'a', topics: ['requests-a'] },
      { ...one, uid: '1000000000000003', name: 'b', topics: ['requests-b'] },
    ];
    const file = join(folder, 'requesters.json');
    await writeFile(file, JSON.stringify({ requesters }));
    const env = { DMS_HANDSHAKE_LOCAL: join(folder, 'local.json') };
    const ended = await runCli(['local', '--json', '--requesters', file], {
      env,
      onStart: (child) => child.stdout?.once('data', () => child.kill('SIGTERM')),
    });
    expect(ended).toMatchObject({ code: 0, stderr: '' });
    const ready = JSON.parse(ended.stdout);
    expect(ready).toMatchObject({
      requester: { uid: REQUESTER },
      requesters: [{ uid: '1000000000000003', requestTopic: 'requests-b' }],
      approver: { accessKeyId: expect.any(String) },
      requestTopic: 'requests-a',
      requestersFile: file,
    });
    await writeFile(file, '{"requesters": []}');
    expect(await runCli(['local', '--requesters', file], { env })).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('lists no requester'),
    });
    await rm(folder, { recursive: true });
  });
});
