import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { RoleReport } from '../../../events/report.ts';
import { type MswDoor, openMswDoor } from '../../../local/testing/msw-handlers.ts';
import { calls, on } from '../../../local/testing/stub.ts';
import { OWNER, REQUESTER } from '../../kit/accounts.ts';
import { callCli } from '../../kit/cli-in-process.ts';
import { TestClock } from '../../kit/clock.ts';
import {
  addRole,
  addUser,
  everything,
  type Keys,
  type TwoAccounts,
  twoAccounts,
} from '../../kit/two-accounts.ts';

let cloud: TwoAccounts;
let door: MswDoor;
let keys: Keys;
let folder: string;
beforeEach(async () => {
  cloud = twoAccounts(new TestClock(Date.now()));
  door = openMswDoor(cloud.world);
  ({ keys } = addUser(cloud.owner, 'someone', everything));
  folder = await mkdtemp(join(tmpdir(), 'dms-handshake-verify-'));
});
afterEach(async () => {
  door.close();
  await rm(folder, { recursive: true });
});

const ARN = `acs:ram::${OWNER}:role/dms-cross-account-${REQUESTER}`;
const report = (over: Partial<RoleReport>): RoleReport => ({
  roleArn: ARN,
  requesterUid: REQUESTER,
  access: 'register',
  status: 'verified',
  assurance: 'assumed',
  checks: [{ id: 'trust-dms', status: 'pass', detail: 'trusts DMS', fix: null }],
  grants: [],
  lastUsedOn: null,
  ...over,
});
const FAILED = report({
  roleArn: null,
  requesterUid: '3',
  access: 'console',
  status: 'failed',
  assurance: 'structural',
  checks: [
    { id: 'role-exists', status: 'fail', detail: 'there is none', fix: 'ask again' },
    { id: 'trust-dms', status: 'skip', detail: 'no role', fix: null },
  ],
});

/** What the verify function answers. */
const answers = (roles: readonly RoleReport[], unjudged: readonly object[] = []) =>
  on(cloud.world, 'fc', 'InvokeFunction').resolves({
    status: 200,
    headers: {},
    body: JSON.stringify({ roles, unjudged, total: roles.length + unjudged.length, next: null }),
  });
const verify = (line: string) =>
  callCli(['verify', ...line.split(' ')], {
    cwd: folder,
    env: {
      ALIBABA_CLOUD_ACCESS_KEY_ID: keys.accessKeyId,
      ALIBABA_CLOUD_ACCESS_KEY_SECRET: keys.accessKeySecret,
    },
  });

describe('verify in the real cloud', () => {
  it.each([
    ['of no role', [], 0, ['no roles']],
    [
      'of one',
      [report({})],
      0,
      [
        `VERIFIED  ${ARN}`,
        '',
        'check      verdict  evidence',
        'trust-dms  pass     trusts DMS',
        '',
        'assurance  assumed',
      ],
    ],
    [
      'of one that is not there',
      [FAILED],
      1,
      [
        ...['FAILED  no role', '', 'check        verdict  evidence', 'role-exists  FAIL     there is none'],
        ...[
          '                      fix: ask again',
          'trust-dms    skip     no role',
          '',
          'assurance  structural',
        ],
      ],
    ],
    [
      'of several',
      [report({}), FAILED],
      1,
      [
        'requester         access    status    failed  role',
        `${REQUESTER}  register  VERIFIED  0       ${ARN}`,
        '3                 console   FAILED    1       none',
        '',
        ...['FAILED  no role', '', 'check        verdict  evidence', 'role-exists  FAIL     there is none'],
        ...[
          '                      fix: ask again',
          'trust-dms    skip     no role',
          '',
          'assurance  structural',
        ],
        '',
        '2 roles, 1 failed',
      ],
    ],
  ])('%s is shown whole', async (_what, roles, code, lines) => {
    answers(roles);
    expect(await verify('--all')).toEqual({ code, stdout: `${lines.join('\n')}\n`, stderr: '' });
    const json = await verify('--all --json');
    expect(json).toEqual({ code, stdout: `${JSON.stringify({ roles })}\n`, stderr: '' });
  });

  it('names what could not be looked at, and fails for it', async () => {
    answers([report({})], [{ role: 'dms-cross-account-4', reason: 'no\u0007 answer' }]);
    expect(await verify('--all --json --html page.html')).toEqual({
      code: 1,
      stdout: `${JSON.stringify({ roles: [report({})] })}\n`,
      stderr: 'role dms-cross-account-4 was not verified: no\\u0007 answer\nwrote page.html\n',
    });
    const page = await readFile(join(folder, 'page.html'), 'utf8');
    expect(page).toContain('<dt>not verified</dt><dd>1</dd>');
  });

  it('of a fleet enters each account by its role, at its own address', async () => {
    const trusting = {
      Version: '1',
      Statement: [
        { Action: 'sts:AssumeRole', Effect: 'Allow', Principal: { RAM: [`acs:ram::${OWNER}:root`] } },
      ],
    };
    for (const account of [cloud.owner, cloud.requester]) addRole(account, 'fleet', trusting, everything);
    const accounts = [OWNER, REQUESTER].map((uid) => ({ uid, roleArn: `acs:ram::${uid}:role/fleet` }));
    await writeFile(join(folder, 'fleet.json'), JSON.stringify({ accounts }));
    answers([report({})]);
    const roles = [report({}), report({})];
    expect(await verify('--all --json --accounts fleet.json')).toEqual({
      code: 0,
      stdout: `${JSON.stringify({ roles })}\n`,
      stderr: '',
    });
    expect(
      calls(cloud.world, 'fc', 'InvokeFunction')
        .map(({ accountId }) => accountId)
        .sort(),
    ).toEqual([REQUESTER, OWNER]);
  });
});
