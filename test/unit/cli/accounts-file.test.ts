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
});

it.each([
  ['no JSON', '{', /is not JSON: /],
  ['a text', '"x"', /the file is "x": expected an object with "accounts"/],
  ['nothing', '{}', /accounts is missing: expected a list of accounts/],
  ['no list', '{"accounts":{}}', /accounts is an object: expected a list of accounts/],
  [
    'another key',
    '{"accounts":[],"acounts":[]}',
    /acounts is no field; the nearest is "accounts"; all are accounts/,
  ],
  ['no accounts', [], /accounts is an empty list: expected at least one account/],
  ['no account', [null], /accounts\[0\] is null: expected an account/],
  ['a UID as a number', [{ ...good, uid: 2 }], /accounts\[0\]\.uid is 2: expected a UID as a string/],
  [
    'a UID that is none',
    [{ ...good, uid: '0' }],
    /accounts\[0\]\.uid is "0": expected a UID, 1 to 16 digits/,
  ],
  ['an unknown key', [{ ...good, role: 'x' }], /accounts\[0\]\.role is no field; the nearest is "roleArn"/],
  [
    'an ARN that is none',
    [{ ...good, roleArn: 'x' }],
    /accounts\[0\]\.roleArn is "x": expected acs:ram::<uid>:role/,
  ],
  [
    'a region that is none',
    [{ ...good, region: 'Hangzhou' }],
    /accounts\[0\]\.region is "Hangzhou": expected a region/,
  ],
  [
    'a role of another account',
    [{ ...good, roleArn: arnOf('3') }],
    /accounts\[0\]\.roleArn is "acs:ram::3:role.*": it is no role of account 2000000000000002/,
  ],
  ['an account twice', [good, good], /accounts\[1\]\.uid is "2000000000000002": it stands there twice/],
])('refuses a file with %s', async (_what, accounts, message) => {
  await expect(read(accounts)).rejects.toMatchObject({
    message: expect.stringMatching(message),
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
