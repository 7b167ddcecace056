import { describe, expect, it } from 'vitest';
import { optionWords } from '../../cli/option-words.ts';
import { checkRequest } from '../../client/check-request.ts';
import { OWNER, REQUESTER } from '../kit/accounts.ts';
import { runCli } from '../kit/cli.ts';
import { door, problemOf } from '../kit/intake.ts';
import { NOW } from '../kit/signing-keys.ts';

const detailOf = async (body: object): Promise<string> => {
  const answered = await door().post({ requesterUid: REQUESTER, engines: ['redis'], ...body });
  expect(answered.answer.statusCode).toBe(400);
  return problemOf(answered).detail;
};

describe('a refusal over HTTP speaks of fields', () => {
  it.each([
    [{ expires: '30d' }, '"expires" ("30d") is no field of a request; the nearest is "expiresAt"'],
    [{ engine: 'redis' }, '"engine" ("redis") is no field of a request; the nearest is "engines"'],
    [{ requester: '1' }, '"requester" ("1") is no field of a request; the nearest is "requesterUid"'],
    [{ readonly: true }, 'the nearest is "readOnly"'],
    [{ request_id: 'x' }, 'the nearest is "requestId"'],
    [{ engines: ['polardb'] }, 'it could be "polardb-mysql", "polardb-oracle", "polardb-postgresql"'],
    [{ engines: ['rediss'] }, 'the nearest is "redis"'],
    [{ engines: ['click house'] }, 'the nearest is "clickhouse"'],
    [{ users: ['alice'] }, '"users" goes with "access": "console" only'],
    [{ expiresAt: '30d' }, 'expiresAt is "30d": expected a time in ISO 8601 with a zone'],
    [{ instances: { redis: ['r-1'] }, readOnly: true }, 'leave "instances" or "readOnly" out'],
  ])('%j', async (body, words) => {
    expect(await detailOf(body)).toContain(words);
  });

  it.each([
    { zzz: 1 },
    { priority: 'high' },
    { comment: 'x' },
    { 'x-y-z': 1 },
    { engines: ['foo'] },
    { engines: ['mongodb'] },
    { engines: ['elasticsearch'] },
    { engines: ['kafka'] },
    { engines: ['q'] },
    { engines: [''] },
  ])('with no name where none is near: %j', async (body) => {
    expect(await detailOf(body)).not.toMatch(/nearest|could be/);
  });
});

describe('a refusal on the command line speaks of options', () => {
  it.each([
    [{ users: ['alice'] }, '--users goes with --access console only'],
    [{ access: 'console' }, 'leave --engines out'],
    [{ access: 'console', engines: undefined, connections: ['vpc'] }, 'leave --connections out'],
    [{ action: 'revoke', readOnly: true }, 'leave --read-only out'],
    [{ action: 'extend' }, '--expires is missing: expected the new end'],
    [{ instances: { redis: ['r-1'] }, readOnly: true }, 'leave --instances or --read-only out'],
    [{ reference: 'x'.repeat(257) }, '--reference is'],
    [{ users: Array.from({ length: 15 }, () => 'a'), access: 'console' }, 'leave --users out'],
    [{ instances: { gdb: ['g-1'] } }, '--instances'],
    [{ requesterUid: OWNER }, `--requester is ${OWNER}`],
    [{ requestId: 'a b' }, '--request-id is "a b"'],
    [{ connections: ['vpn'] }, '--connections is "vpn"'],
  ])('%j', (body, words) => {
    const text = JSON.stringify({ requesterUid: REQUESTER, engines: ['redis'], ...body });
    let told = '';
    try {
      checkRequest(text, OWNER, NOW);
    } catch (error) {
      told = optionWords(error instanceof Error ? error.message : '');
    }
    expect(told).toContain(words);
    expect(told).not.toMatch(/"(users|engines|connections|readOnly|instances|expiresAt|access|requestId)"/);
  });

  it.each([
    [['request', '--engines', 'rediss'], `"rediss" is no engine; the nearest is "redis"`],
    [['request', '--engines', 'redis', '--expires', '2027-02-30T00:00Z'], 'there is no 30 February 2027'],
  ])('%j, through the binary, with status 2', async (words, told) => {
    const ended = await runCli(words);
    expect([ended.code, ended.stdout]).toEqual([2, '']);
    expect(ended.stderr).toContain(told);
  });
});
