import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { readAccounts } from '../../../cli/fleet/accounts-file.ts';
import { OWNER } from '../../kit/accounts.ts';

const arnOf = (uid: string) => `acs:ram::${uid}:role/dms-handshake-fleet`;
const good = { uid: OWNER, roleArn: arnOf(OWNER), name: 'shop', region: 'cn-hangzhou' };

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'dms-handshake-accounts-'));
});
afterAll(() => rm(folder, { recursive: true }));

const read = async (accounts: unknown) => {
  const file = join(folder, 'fleet.json');
  await writeFile(file, typeof accounts === 'string' ? accounts : JSON.stringify({ accounts }));
  return readAccounts(file);
};

it('reads the accounts of a file, in their order', async () => {
  const other = { uid: '3', roleArn: arnOf('3') };
  expect(await read([good, other])).toEqual([good, other]);
  expect(await read([{ ...other, name: null, region: null }])).toEqual([other]);
});

const NO_ARN = 'expected acs:ram::<uid>:role/<name>';
const OTHER = `it is no role of account ${OWNER}`;
const NO_REGION = 'expected a region, such as cn-hangzhou';
const arn = (roleArn: string, ...faults: readonly string[]) =>
  [
    [{ ...good, roleArn }],
    faults.map((fault) => `line 1, column 40: accounts[0].roleArn is "${roleArn}": ${fault}`).join('; '),
  ] as const;
const region = (name: string) =>
  [[{ ...good, region: name }], `line 1, column 117: accounts[0].region is "${name}": ${NO_REGION}`] as const;

it.each<readonly [what: string, accounts: unknown, faults: string]>([
  ['no JSON', '{', 'line 1, column 2: the file is not JSON: expected "}"'],
  [
    'two lines that are none',
    '{"accounts" 1\n,,}',
    'line 1, column 13: the file is not JSON: expected ":" between the name and its value; line 2, column 2: the file is not JSON: expected a name in double quotes; after the last entry stands no comma',
  ],
  ['a text', '"x"', 'line 1, column 1: the file is "x": expected an object with "accounts"'],
  ['nothing', '{}', 'line 1, column 1: accounts is missing: expected a list of accounts'],
  ['no list', '{"accounts":{}}', 'line 1, column 2: accounts is an object: expected a list of accounts'],
  [
    'another key',
    '{"accounts":[],"acounts":[]}',
    'line 1, column 2: accounts is an empty list: expected at least one account; line 1, column 16: acounts is no field; the nearest is "accounts"; all are accounts',
  ],
  [
    'a key twice',
    `{"accounts":[],"accounts":[${JSON.stringify(good)}]}`,
    'line 1, column 16: "accounts" stands there already, at line 1; keep one',
  ],
  ['no accounts', [], 'line 1, column 2: accounts is an empty list: expected at least one account'],
  [
    'no account',
    [null],
    'line 1, column 14: accounts[0] is null: expected an account, with "uid" and "roleArn"',
  ],
  [
    'a UID as a number',
    [{ ...good, uid: 2 }],
    'line 1, column 15: accounts[0].uid is 2: expected a UID as a string',
  ],
  [
    'a UID that is none',
    [{ ...good, uid: '0' }],
    'line 1, column 15: accounts[0].uid is "0": expected a UID, 1 to 16 digits',
  ],
  [
    'an unknown key',
    [{ ...good, role: 'x' }],
    'line 1, column 140: accounts[0].role is no field; the nearest is "roleArn"; all are uid, roleArn, region, name',
  ],
  [
    'no ARN',
    [{ uid: OWNER }],
    'line 1, column 14: accounts[0].roleArn is missing: expected the ARN of a role',
  ],
  ['an ARN that is none', ...arn('x', NO_ARN, OTHER)],
  ['an ARN with more before it', ...arn(`x${arnOf(OWNER)}`, NO_ARN, OTHER)],
  ['an ARN with more behind it', ...arn(`${arnOf(OWNER)}/x`, NO_ARN)],
  ['an ARN of a user', ...arn(`acs:ram::${OWNER}:user/x`, NO_ARN)],
  ['an ARN of no account', ...arn('acs:ram::x:role/x', NO_ARN, OTHER)],
  ['an ARN without a name', ...arn(`acs:ram::${OWNER}:role/`, NO_ARN)],
  ['a role of another account', ...arn(arnOf('3'), OTHER)],
  ['a region that is none', ...region('Hangzhou')],
  ['a region with more before it', ...region('xcn-hangzhou')],
  ['a region with more behind it', ...region('cn-hangzhou!')],
  ['the beginning of a region', ...region('cn-')],
  [
    'an account twice',
    [good, good],
    'line 1, column 142: accounts[1].uid is "2000000000000002": it stands there twice',
  ],
])('refuses a file with %s', async (_what, accounts, faults) => {
  await expect(read(accounts)).rejects.toMatchObject({
    message: `${join(folder, 'fleet.json')} is refused: ${faults}`,
    exitCode: 2,
  });
});

it('says of a file that is not there how to name another', async () => {
  const file = join(folder, 'none.json');
  await expect(readAccounts(file)).rejects.toMatchObject({
    message: `${file} cannot be read (ENOENT); name the file of owner accounts with --accounts`,
    exitCode: 2,
  });
});

it.each(['2000000\u00a0000002', '2000000\ufeff000002', '\u202e2000000', '2\u001b[2J'])(
  'shows a UID of %j as what it is in every sentence, and says once what is wrong with it',
  async (uid) => {
    const error: unknown = await read([{ ...good, uid }]).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ message: expect.stringContaining('expected a UID, 1 to 16 digits') });
    expect(String(error)).not.toMatch(/[\p{Cc}\p{Cf}\u00a0]/u);
    expect(String(error)).not.toContain('it is no role of account');
  },
);
