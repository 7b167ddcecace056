import { InvalidArgumentError } from 'commander';
import { describe, expect, it } from 'vitest';
import {
  parseAccess,
  parseConnections,
  parseDescriptor,
  parseEngine,
  parseEngines,
  parseFile,
  parseKeep,
  parseName,
  parsePort,
  parseReason,
  parseRegion,
  parseRequestId,
  parseRole,
  parseRoleArn,
  parseSeconds,
  parseSince,
  parseUid,
  parseUsers,
} from '../../../cli/usage.ts';
import { ALL_ENGINES } from '../../../shared/catalogue/catalogue.ts';

const KNOWN = ALL_ENGINES.join(', ');
const UID = 'expected the UID of an Alibaba Cloud account: 1 to 16 digits.';
const REGION = 'expected the id of a region, such as cn-hangzhou.';
const NAME = 'expected 1 to 32 letters, digits and hyphens.';
const KEEP = 'expected a number from 1 to 999999999.';
const PORT = 'expected a port, 0 to 65533; 0 takes free ones.';
const SECONDS = 'expected whole seconds, 0 to 3600.';
const DESCRIPTOR = 'expected the number of an open file descriptor, such as 3.';
const REQUEST_ID = 'expected 1 to 128 of letters, digits, ".", "_", ":", "-".';
const ARN =
  'expected the ARN of a role, such as acs:ram::2000000000000002:role/dms-cross-account-1000000000000001.';
const ROLE =
  'expected the name or ARN of a role that is made here, such as dms-cross-account-1000000000000001.';
const COMMA = 'there is a comma with no engine beside it.';
const SINCE = `expected a time in ISO 8601 with a zone, such as "2027-01-31T00:00:00Z", or one ago such as 12h, 30d or 4w.`;

const PARSERS = {
  parseUid,
  parseEngines,
  parseConnections,
  parseAccess,
  parseFile,
  parsePort,
  parseName,
  parseKeep,
  parseRegion,
  parseSeconds,
  parseSince,
  parseEngine,
  parseUsers,
  parseReason,
  parseRequestId,
  parseRoleArn,
  parseRole,
  parseDescriptor,
};
type Parse = keyof typeof PARSERS;

/** What a value of an option comes to, or the refusal. */
function read(parse: Parse, value: string): unknown {
  try {
    return PARSERS[parse](value);
  } catch (error) {
    if (error instanceof InvalidArgumentError) return error.message;
    throw error;
  }
}

const many = (length: number) => 'r'.repeat(length);

describe('a value of an option', () => {
  const TAKEN: readonly (readonly [Parse, string, unknown])[] = [
    ['parseUid', '1', '1'],
    ['parseEngines', ' ALL ', ALL_ENGINES],
    ['parseEngines', 'Tair, PolarDB-X 2.0', ['redis', 'polardbx2']],
    ['parseConnections', 'VPC, dedicated-line', ['vpc', 'dedicated-line']],
    ['parseAccess', 'console', 'console'],
    ['parseFile', 'a', 'a'],
    ['parsePort', '0', 0],
    ['parsePort', '65533', 65_533],
    ['parseName', 'ci-2', 'ci-2'],
    ['parseKeep', '1', 1],
    ['parseKeep', '999999999', 999_999_999],
    ['parseRegion', 'cn-hangzhou', 'cn-hangzhou'],
    ['parseRegion', 'ap-southeast-1', 'ap-southeast-1'],
    ['parseSeconds', '0', 0],
    ['parseSeconds', '3600', 3_600],
    ['parseEngine', 'Tair', 'redis'],
    ['parseUsers', 'alice, bob.B_1-x', ['alice', 'bob.B_1-x']],
    ['parseUsers', many(64), [many(64)]],
    ['parseReason', many(256), many(256)],
    ['parseRequestId', 'TICKET-42:1', 'TICKET-42:1'],
    ['parseRoleArn', `acs:ram::2:role/${many(64)}`, `acs:ram::2:role/${many(64)}`],
    ['parseRoleArn', 'acs:ram::2000000000000002:role/Dms.x-1', 'acs:ram::2000000000000002:role/Dms.x-1'],
    ['parseRole', 'acs:ram::2000000000000002:role/dms-console-access-1', 'dms-console-access-1'],
    ['parseRole', 'dms-cross-account-1', 'dms-cross-account-1'],
    ['parseDescriptor', '3', 3],
    ['parseDescriptor', '1023', 1_023],
  ];
  it.each(TAKEN)('%s takes %j', (parse, value, expected) => {
    expect(read(parse, value)).toEqual(expected);
  });

  const REFUSED: readonly (readonly [Parse, string, readonly string[]])[] = [
    ['parseUid', UID, ['', '0', '12x', '12345678901234567']],
    ['parseEngines', COMMA, ['', 'redis,', ',redis', 'redis, ,gdb']],
    ['parseEngines', `"redsi" is no engine; the nearest is "redis". Known: ${KNOWN}.`, ['redis,redsi']],
    ['parseConnections', '"vpn" is no connection. Known: dedicated-line, vpc.', ['vpc,vpn']],
    ['parseAccess', 'expected one of register, console.', ['', 'Register']],
    ['parseFile', 'expected the name of a file.', ['']],
    ['parsePort', PORT, ['', '-1', '1.5', 'x', '1e3', '0x10', '65534']],
    ['parseName', NAME, ['', '-a', 'a b', many(33)]],
    ['parseKeep', KEEP, ['0', '01', '1.5', ' 1', '1 ', '1000000000']],
    ['parseRegion', REGION, ['', 'Hangzhou', 'cn-h', 'xcn-hangzhou', 'cn-hangzhou!', `cn-${many(31)}`]],
    ['parseSeconds', SECONDS, ['', '-1', '1.5', '3601', 'x', '1e3', '0x10']],
    ['parseEngine', 'expected one engine.', ['redis,gdb']],
    ['parseUsers', '"" is no RAM user name.', ['', 'alice,,bob']],
    ['parseUsers', '"a b" is no RAM user name.', ['a b']],
    ['parseUsers', '"!a" is no RAM user name.', ['!a']],
    ['parseUsers', `"${many(65)}" is no RAM user name.`, [many(65)]],
    ['parseReason', 'It has 257 characters; a reason has at most 256.', [many(257)]],
    ['parseRequestId', REQUEST_ID, ['', 'a b', many(129)]],
    ['parseRoleArn', ARN, ['', 'acs:ram::2:user/x', 'acs:ram::0:role/x', 'acs:ram::2:role/']],
    ['parseRoleArn', ARN, ['xacs:ram::2:role/x', 'acs:ram::2:role/x_y', `acs:ram::2:role/${many(65)}`]],
    ['parseRoleArn', ARN, ['acs:ram::2222222222222222x:role/x', 'acs:ram::12345678901234567:role/x']],
    ['parseRole', ROLE, ['', 'other', 'acs:ram::0:role/dms-cross-account-1', 'x/dms-cross-account-1']],
    ['parseRole', ROLE, ['xacs:ram::2:role/dms-cross-account-1', 'acs:ram::2x:role/dms-cross-account-1']],
    ['parseDescriptor', DESCRIPTOR, ['', '-1', '1.5', 'x3', '3x', '12345']],
    ['parseSince', SINCE, ['', '0d', '1', '1m', 'x1d', '1dx', '100000d', 'tomorrow', '2026-01-31']],
    ['parseSince', 'it is in the future; expected a time in the past.', ['9999-01-01T00:00:00Z']],
  ];
  it.each(REFUSED)('%s refuses: %s', (parse, message, values) => {
    expect(values.map((value) => read(parse, value))).toEqual(values.map(() => message));
  });
});
