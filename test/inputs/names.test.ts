import { describe, expect, it } from 'vitest';
import { parseAccounts } from '../../cli/fleet/accounts-file.ts';
import { parseInstance } from '../../cli/register/instance-file.ts';
import { readRequesters } from '../../shared/admission/requesters.ts';
import { OWNER, REQUESTER } from '../kit/accounts.ts';

/** The name comes out as it went in, through each file in which people name things. */
const FILES: readonly (readonly [string, (name: string) => unknown])[] = [
  ['a requester', (name) => readRequesters(requesters(name)).requesters.map((one) => one.name)],
  ['a client', (name) => readRequesters(requesters('a', name)).clients.map((one) => one.name)],
  ['an account', (name) => parseAccounts(Buffer.from(accounts(name)), 'fleet.json').map((one) => one.name)],
  [
    'an instance',
    (name) => [
      parseInstance(Buffer.from(JSON.stringify({ ...INSTANCE, InstanceAlias: name })), 'i').InstanceAlias,
    ],
  ],
];
const requesters = (name: string, client = 'jira'): string =>
  JSON.stringify({
    requesters: [{ uid: REQUESTER, name, engines: '*', access: ['register'] }],
    clients: [{ name: client, requesters: [REQUESTER], auth: { type: 'bearer', secretEnv: 'TOKEN' } }],
  });
const accounts = (name: string): string =>
  JSON.stringify({ accounts: [{ uid: OWNER, roleArn: `acs:ram::${OWNER}:role/fleet`, name }] });
const INSTANCE = { Host: 'h', Port: 6379, InstanceType: 'redis', EnvType: 'dev', DatabaseUser: 'u' };

describe.each(FILES)('the name of %s', (_what, read) => {
  it.each([
    'dba-platform',
    '数据库平台组',
    'Команда данных',
    'فريق البيانات',
    'データ基盤',
    "Équipe d'été (paiements)",
    'ทีมข้อมูล',
    '👩‍💻 on call',
    '7',
    'a\u3000b',
    '𠮷野家',
    '名'.repeat(64),
  ])('%j is taken as it stands', (name) => {
    expect(read(name)).toEqual([name]);
  });

  it.each([
    ['', /""|is empty|expected/],
    ['a\u0000b', /\\u0000/],
    ['a\u001b[31mb', /\\u001b/],
    ['a\tb', /\\t|\\u0009/],
    ['a\nb', /\\n|\\u000a/],
    ['a\u00a0b', /\\u00a0/],
    ['a\u200bb', /\\u200b/],
    ['a\u202eb', /\\u202e/],
    ['a\u2028b', /\\u2028/],
    ['a\ufeffb', /\\ufeff/],
    ['a\ud83d', /\\ud83d/],
  ])('%j is refused, and what cannot be seen is written out', (name, shown) => {
    expect(() => read(name)).toThrow(shown);
    expect(() => read(name)).not.toThrow(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\u00a0]/u);
  });
});

describe('a name of who asks', () => {
  it('of 65 characters is refused, and of 64 outside of the first plane taken', () => {
    expect(() => readRequesters(requesters('名'.repeat(65)))).toThrow(
      /requesters\[0\]\.name .*1 to 64 characters/,
    );
    expect(readRequesters(requesters('𠮷'.repeat(64))).requesters).toHaveLength(1);
  });
});
