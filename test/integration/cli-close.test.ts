import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ramByHand } from '../../local/ram-by-hand.ts';
import { BINARY, runProgram, stateFile } from '../kit/cli.ts';
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
const MAY_ASK = `account ${REQUESTER} may ask again until it is taken out of requesters.json and the functions are deployed with that\n`;
/** What stands on standard error about these roles; a run has an id of its own. */
const told = ({ stderr }: { readonly stderr: string }): string =>
  stderr.replaceAll(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, 'RUN');
const sentOf = (...kinds: readonly string[]): string =>
  `sent, or on the way: ${kinds.map((kind) => `RUN:${kind}:${REQUESTER}`).join(', ')}. Look with "npx dms-handshake verify --requester ${REQUESTER} --local"; the replies with these request ids are in the queue dms-handshake-owner-replies of account B, and what dms-handshake-provision or dms-handshake-verify could not do at all is in dms-handshake-dead-letters\n`;
const attached = () => cloud.owner.ram.findRole(ROLE)?.attachments.length;
const withoutPolicy = (PolicyName: string) =>
  ramByHand(cloud.world, cloud.owner, 'DetachPolicyFromUser', {
    PolicyName,
    PolicyType: 'Custom',
    UserName: 'approver',
  });

describe('revoke --as-owner', () => {
  it('of one access leaves the other', async () => {
    await grant();
    await cloud.ask({ requesterUid: REQUESTER, access: 'console' });
    const ended = await close(`--requester ${REQUESTER} --access console --json`);
    expect(JSON.parse(ended.stdout)).toEqual({
      roles: [{ roleArn: expect.stringContaining('dms-console-access'), status: 'closed' }],
    });
    expect(ended).toMatchObject({ code: 0, stderr: MAY_ASK });
    expect(attached()).toBe(1);
    const { code, stdout, stderr } = await close(`--requester ${REQUESTER} --access register`);
    expect({ code, stdout, stderr }).toEqual({
      code: 0,
      stdout: `requester         access    ${'role'.padEnd(ARN.length)}  status
${REQUESTER}  register  ${ARN}  closed
${MAY_ASK}`,
      stderr: '',
    });
  });

  it('closes a role also while verify cannot be asked, and says what it sent and how to look', async () => {
    await grant();
    await withoutPolicy('dms-handshake-operator');
    const ended = await close(`--requester ${REQUESTER}`);
    expect(ended).toMatchObject({ code: 1, stdout: '' });
    expect(told(ended)).toMatch(
      /^dms-handshake: Function Compute InvokeFunction .*: AccessDenied \(HTTP 403\)/,
    );
    expect(told(ended).split('; ').slice(-2).join('; ')).toBe(sentOf('register', 'console'));
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
    const open = `${MAY_ASK}dms-handshake: 0 of 1 are closed; ${sentOf('register')}`;
    expect(told(ended)).toBe(open);
    const sent = await close(`--requester ${REQUESTER} --access register --wait 0 --json`);
    expect(JSON.parse(sent.stdout)).toEqual({ roles: [{ roleArn: ARN, status: 'sent' }] });
    expect([sent.code, told(sent)]).toEqual([0, open]);
  });

  it('exits 1 for a role that was refused, because it is not ours', async () => {
    await grant();
    await cloud.byHand('UntagResources', {
      ResourceType: 'role',
      ResourceNames: JSON.stringify([ROLE]),
      TagKeys: JSON.stringify(['managed-by']),
    });
    const ended = await close(`--requester ${REQUESTER} --access register --wait 1`);
    expect([ended.code, told(ended)]).toEqual([1, `dms-handshake: 0 of 1 are closed; ${sentOf('register')}`]);
    expect(ended.stdout).toMatch(/role\/\S+ +failed\n +ownership/);
    expect(attached()).toBe(1);
  });
});

describe('revoke --as-owner --all', () => {
  it('has nothing to do where there is no role', async () => {
    expect(await close('--all --yes')).toEqual({
      code: 0,
      stdout: 'no role is there: nothing was closed\n',
      stderr: '',
    });
    expect(JSON.parse((await close('--all --json')).stdout)).toEqual({ roles: [] });
  });

  it('closes those of one access, or all, in the order of their names', async () => {
    await grant();
    await cloud.ask({ requesterUid: REQUESTER, access: 'console' });
    const closed = async (line: string) =>
      JSON.parse((await close(`--all --yes --json${line}`)).stdout).roles.map(
        ({ roleArn }: { roleArn: string }) => roleArn.split('/')[1],
      );
    expect(await closed(' --access register')).toEqual([ROLE]);
    expect(await closed('')).toEqual([`dms-console-access-${REQUESTER}`, ROLE]);
  });

  it('asks nobody where there is no terminal, and closes nothing', async () => {
    await grant();
    expect(await close('--all')).toEqual({
      code: 2,
      stdout: '',
      stderr:
        'dms-handshake: nothing was closed: there is no terminal to ask on; see with "npx dms-handshake list" what would be, then say --yes\n',
    });
    expect(attached()).toBe(1);
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
    expect(ended.stdout).toContain(
      `${ROLE}\r\nClose all 1 of them? Nobody can use DMS or the console through them then. Type yes: `,
    );
    expect(ended.stdout).toContain(words);
    expect(attached()).toBe(left);
  });
});
