import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { OWNER, REQUESTER } from '../../kit/accounts.ts';
import { callCli } from '../../kit/cli-in-process.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'dms-handshake-usage-'));
  const listed = { uid: REQUESTER, name: 'dba', engines: ['redis'], access: ['register'], topics: ['t'] };
  await writeFile(join(folder, 'who.json'), JSON.stringify({ requesters: [listed] }));
  await writeFile(join(folder, 'bad.json'), '{"requesters":1}');
});
afterAll(() => rm(folder, { recursive: true }));
afterEach(() => {
  Reflect.deleteProperty(process.stderr, 'isTTY');
});

const run = (line: string) => callCli(line.split(' '), { cwd: folder });

describe('what is wrong with a command line, and the way out:', () => {
  it.each([
    ['request', "required option '--engines <list>' not specified"],
    ['policy', "required option '--engines <list>' not specified"],
    [
      'policy --engines redis --format terraform',
      '--format terraform needs --requester <uid>: the role is named after it',
    ],
    [
      'policy --engines redis --probe assume',
      '--probe assume needs --owner <uid>: the role of verify is in that account',
    ],
    [
      'policy --engines redis --requester 1 --instances redis=r-1 --format ros',
      '--instances needs --owner <uid>: the instances are in that account',
    ],
    [
      'policy --engines redis --requesters who.json',
      '--requesters needs --requester <uid>: the file says what each account may ask for',
    ],
    [
      'policy --engines redis --access console',
      'engines is a list: console access knows no engines; leave "engines" out',
    ],
    [
      'policy --engines selectdb --instances selectdb=s-1',
      'instances.selectdb: the vendor authorises selectdb:ModifySecurityIPList for all instances or for none; leave selectdb out, or ask for it with "readOnly": true.',
    ],
    [
      `policy --engines gdb --requester ${REQUESTER} --requesters who.json`,
      `account ${REQUESTER} may not ask for gdb, only for redis; leave it out, or the owner widens "engines" in requesters.json and deploys again.`,
    ],
    [
      `policy --engines redis --requester ${REQUESTER} --owner ${REQUESTER} --requesters who.json`,
      `requesterUid is ${REQUESTER}, the owner's own account, in which DMS needs no role, and RAM would rewrite the trust to plain dms.aliyuncs.com; give the UID of the account that runs DMS.`,
    ],
    ['verify', 'give either --requester <uid> or --all'],
    ['verify --all --requester 1', 'give either --requester <uid> or --all'],
    ['verify --all --accounts f --owner 2', '--accounts goes with --all, and names the owners itself'],
    ['verify --requester 1 --accounts f', '--accounts goes with --all, and names the owners itself'],
    ['revoke --all', '--all goes with --as-owner'],
    ['revoke --yes', '--yes goes with --as-owner'],
    ['revoke --as-owner', 'with --as-owner give either --requester <uid> or --all'],
    ['revoke --as-owner --all --requester 1', 'with --as-owner give either --requester <uid> or --all'],
    ['revoke --as-owner --all --engines redis', '--engines does not go with --as-owner'],
    ['revoke --as-owner --all --users a', '--users does not go with --as-owner'],
    ['revoke --as-owner --all --reference a', '--reference does not go with --as-owner'],
    ['revoke --as-owner --all --request-id x', '--request-id does not go with --as-owner'],
    ['revoke --as-owner --all --queue x', '--queue does not go with --as-owner'],
  ])('%s', async (line, words) => {
    expect(await run(line)).toEqual({
      code: 2,
      stdout: '',
      stderr: `error: ${words}\n(add --help for the options)\n`,
    });
  });

  it.each([
    [
      'policy --engines redis --requester 1 --requesters none.json',
      'none.json cannot be read (ENOENT); name the file that says who may ask with --requesters',
    ],
    [
      'policy --engines redis --requester 1 --requesters bad.json',
      'bad.json: requesters.json is refused: line 1, column 2: requesters is 1: expected a list of requesters',
    ],
    ['request --engines redis', 'account B is not known: give its UID with --owner, or set OWNER_UID'],
  ])('%s, which a look at it shows', async (line, words) => {
    expect(await run(line)).toEqual({ code: 2, stdout: '', stderr: `dms-handshake: ${words}\n` });
  });
});

describe('the documents of policy', () => {
  const DMS = {
    Action: 'sts:AssumeRole',
    Effect: 'Allow',
    Principal: { Service: [`${REQUESTER}@dms.aliyuncs.com`] },
  };
  const VERIFY = {
    Action: 'sts:AssumeRole',
    Condition: { StringEquals: { 'sts:ExternalId': [`dms-handshake:${REQUESTER}`] } },
    Effect: 'Allow',
    Principal: { RAM: [`acs:ram::${OWNER}:role/dms-handshake-verify`] },
  };
  const account = (uid: string) => ({
    Action: 'sts:AssumeRole',
    Effect: 'Allow',
    Principal: { RAM: [`acs:ram::${uid}:root`] },
  });
  it.each([
    [`--engines redis --requester ${REQUESTER} --requesters who.json`, [DMS], 1],
    [
      `--engines redis --connections vpc --requester ${REQUESTER} --owner ${OWNER} --probe assume`,
      [DMS, VERIFY],
      2,
    ],
    [`--access console --requester ${REQUESTER}`, [account(REQUESTER)], 0],
    ['--access console', [account('<UID of account A>')], 0],
  ])('%s', async (line, trust, statements) => {
    const ended = await run(`policy ${line} --json`);
    expect(ended).toMatchObject({ code: 0, stderr: '' });
    const found = JSON.parse(ended.stdout);
    expect(ended.stdout).toBe(`${JSON.stringify(found)}\n`);
    expect(found.trust).toEqual({ Statement: trust, Version: '1' });
    expect(found.permission?.Statement.length ?? 0).toBe(statements);
    expect((await run(`policy ${line}`)).stdout).toBe(`${JSON.stringify(found, null, 2)}\n`);
  });

  const WITHOUT =
    'the trust is without the statement for the test of verify, which provision adds unless PROBE=structural (--probe assume shows it)';
  it.each([
    ['--engines redis', WITHOUT],
    ['--access console', `${WITHOUT}; AliyunDMSLoginConsoleAccess is attached to a console role`],
    [`--engines redis --owner ${OWNER} --probe assume`, 'the trust has the statement for the test of verify'],
  ])('%s: a person reads in what they are not the whole', async (line, words) => {
    Object.defineProperty(process.stderr, 'isTTY', { value: true, configurable: true });
    expect((await run(`policy ${line}`)).stderr).toBe(`${words}\n`);
  });
});
