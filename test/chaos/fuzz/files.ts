import { CliError } from '../../../cli/failure.ts';
import { parseAccounts } from '../../../cli/fleet/accounts-file.ts';
import { parseInstance } from '../../../cli/register/instance-file.ts';
import { parseRequestersFile } from '../../../cli/requesters-file.ts';
import type { Dice } from '../dice.ts';

/** The files that people write and name on the command line, each with its reader and with good ones to begin from. */
export const FILES = {
  instance: {
    parse: (bytes: Uint8Array) => void parseInstance(bytes, NAME),
    seeds: [
      'Host: r-bp1.redis.rds.aliyuncs.com\nPort: 6379\nInstanceType: redis\nInstanceAlias: orders\nEnvType: product\nDatabaseUser: reader\n',
      '{"Host":"h","Port":1,"InstanceType":"gdb","InstanceAlias":"订单缓存","EnvType":"dev","DatabaseUser":"u","DbaId":270001}',
    ],
  },
  requesters: {
    parse: (bytes: Uint8Array) => void parseRequestersFile(bytes, NAME),
    seeds: [
      '{\n  "requesters": [\n    {"uid": "1000000000000001", "name": "数据库", "engines": "*", "access": ["register"], "maxDays": null}\n  ],\n  "clients": [{"name": "jira", "requesters": ["1000000000000001"], "auth": {"type": "bearer", "secretEnv": "JIRA_TOKEN"}}]\n}\n',
      '{"requesters":[],"clients":[]}',
    ],
  },
  accounts: {
    parse: (bytes: Uint8Array) => void parseAccounts(bytes, NAME),
    seeds: [
      '{"accounts": [\n  {"uid": "2000000000000002", "roleArn": "acs:ram::2000000000000002:role/fleet", "region": "cn-hangzhou", "name": "shop"}\n]}\n',
    ],
  },
} as const;

export type FileKind = keyof typeof FILES;

/** The name that every message has to hold. */
const NAME = 'the-file.yaml';

const PIECES: readonly [string, ...string[]] = [
  ...([
    '\t',
    '\u0000',
    '\u001b[2J',
    '\r',
    '\u00a0',
    '\u200b',
    '\u202e',
    '\ufeff',
    '\ud83d',
    '🙂',
    '"',
    "'",
  ] as const),
  ...[
    '{',
    '}',
    '[',
    ']',
    ':',
    ': ',
    ',',
    '\n',
    '\n\n',
    '- ',
    '# ',
    '&a ',
    '*a',
    '!!',
    '|',
    '>',
    '%',
    '@',
    '`',
  ],
  ...[
    'null',
    'true',
    '1e400',
    '0x1F',
    '-0',
    '007',
    '__proto__',
    'uid',
    'Host',
    '"uid": 1,',
    'Port: x\n',
    '\\u00',
    '\\',
  ],
];

/** A file with one to eight things wrong with its bytes, its characters or its encoding. */
export function fuzzedFile(dice: Dice, kind: FileKind): Buffer {
  const seeds: readonly string[] = FILES[kind].seeds;
  let text = seeds[dice.int(0, seeds.length - 1)] ?? '';
  for (let times = dice.pick([1, 1, 2, 4, 8]); times > 0; times -= 1) {
    const at = dice.int(0, text.length);
    const cut = dice.pick([0, 0, 1, 3, 20]);
    const put = dice.chance(0.2) ? text.slice(at, at + dice.int(1, 40)) : dice.pick(PIECES);
    text = text.slice(0, at) + put + text.slice(at + cut);
  }
  if (dice.chance(0.03))
    text = `${dice.pick(['[', '{"a":', '- '])}`.repeat(dice.int(1, dice.pick([3_000, 30_000])));
  if (dice.chance(0.03)) return Buffer.from(`\ufeff${text}`, 'utf16le');
  const bytes = Buffer.from(dice.chance(0.1) ? `\ufeff${text}` : text);
  if (bytes.length > 0 && dice.chance(0.15)) bytes[dice.int(0, bytes.length - 1)] = dice.int(0x80, 0xff);
  return bytes;
}

/** What is wrong with how a file was refused; null where it was taken. */
export function judgeFile(kind: FileKind, bytes: Uint8Array): readonly string[] | null {
  try {
    FILES[kind].parse(bytes);
    return null;
  } catch (error) {
    if (!(error instanceof CliError)) return [`it crashed: ${error instanceof Error ? error.stack : error}`];
    const { message, exitCode } = error;
    return [
      ...(exitCode === 2 ? [] : [`exit status ${exitCode}`]),
      ...(message.includes(NAME) ? [] : ['the file is not named']),
      ...(/line \d+, column \d+|from its first byte on/.test(message) ? [] : ['no place is named']),
      ...(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\u00a0]/u.test(message)
        ? ['a character that cannot be seen is raw']
        : []),
    ].map((what) => `${what}: ${JSON.stringify(message.slice(0, 600))}`);
  }
}
