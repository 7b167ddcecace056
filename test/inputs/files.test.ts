import { describe, expect, it } from 'vitest';
import { parseAccounts } from '../../cli/fleet/accounts-file.ts';
import { parseInstance } from '../../cli/register/instance-file.ts';
import { parseRequestersFile } from '../../cli/requesters-file.ts';
import { OWNER, REQUESTER } from '../kit/accounts.ts';

const requester = { uid: REQUESTER, name: '数据库', engines: '*', access: ['register'], maxDays: null };
const account = { uid: OWNER, roleArn: `acs:ram::${OWNER}:role/fleet`, name: '数据库', region: null };
const YAML =
  'Host: h\nPort: 6379\nInstanceType: redis\nInstanceAlias: 数据库\nEnvType: dev\nDatabaseUser: u\nSid:\n';

/** Each file that people write, with its reader and what it has for a name. */
const FILES: readonly (readonly [string, string, (bytes: Uint8Array) => string | undefined])[] = [
  [
    'requesters.json',
    JSON.stringify({ requesters: [requester], clients: [] }),
    (bytes) => parseRequestersFile(bytes, 'the-file').requesters[0]?.name,
  ],
  ['accounts', JSON.stringify({ accounts: [account] }), (bytes) => parseAccounts(bytes, 'the-file')[0]?.name],
  ['instance', YAML, (bytes) => parseInstance(bytes, 'the-file').InstanceAlias],
];
/** The same text with its Chinese in GBK, as an editor on Windows may keep it. */
const gbk = (text: string): Buffer => {
  const [before = '', after = ''] = text.split('数据库');
  return Buffer.concat([
    Buffer.from(before),
    Buffer.from([0xca, 0xfd, 0xbe, 0xdd, 0xbf, 0xe2]),
    Buffer.from(after),
  ]);
};

describe.each(FILES)('the bytes of a file of %s', (_what, text, read) => {
  it.each([
    ['as they are', Buffer.from(text)],
    ['after a byte order mark', Buffer.from(`\ufeff${text}`)],
    ['with line ends of Windows', Buffer.from(`${text.replaceAll('\n', '\r\n')}\r\n`)],
  ])('%s are read, and null is as if left out', (_how, bytes) => {
    expect(read(bytes)).toBe('数据库');
  });

  it.each([
    ['GBK', gbk(text), /^the-file:? .*is not UTF-8: byte 0xca at line \d, column \d+/],
    ['UTF-16', Buffer.from(`\ufeff${text}`, 'utf16le'), /^the-file:? .*is UTF-16 \(little-endian\)/],
    ['nothing', Buffer.from(''), /^the-file:? .*line 1, column 1/],
    ['a list', Buffer.from('[]'), /^the-file:? .*line 1, column 1/],
  ])('of %s are refused with the place', (_how, bytes, why) => {
    expect(() => read(bytes)).toThrow(why);
    expect(() => read(bytes)).not.toThrow(/[\ufffd\ufeff]/);
  });
});
