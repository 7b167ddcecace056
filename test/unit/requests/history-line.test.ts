import { describe, expect, it } from 'vitest';
import { readRecord } from '../../../shared/record/record.ts';
import { outcomeLine, writeLine } from '../../../shared/requests/history-line.ts';
import { outcome } from '../../../shared/requests/outcome.ts';
import { at } from '../../kit/time.ts';

const HEAD = {
  requestId: 'x'.repeat(128),
  fingerprint: 'f',
  requesterUid: '1000000000000001',
  to: ['1000000000000001'],
  reference: 'Größe '.repeat(42),
  action: 'grant',
  access: 'register',
} as const;
const ENDS = '2026-12-29T00:00:00.000Z';
const bytes = (line: object) => Buffer.byteLength(JSON.stringify(line));
const many = (count: number, rest: string) => Array.from({ length: count }, (_, n) => `engine-${n}${rest}`);

describe('the line of an outcome', () => {
  it('says all of it where there is room', () => {
    const changes = [{ check: 'trust-dms', before: 'no', after: 'update-role', asked: true }];
    const done = outcome({ ...HEAD, to: ['owner'], reference: 'OPS-7' }, 'applied', {
      at: at(5),
      before: [],
      after: ['redis'],
      changes,
    });
    expect(outcomeLine(done, { status: 'verified', problem: null }, at(9))).toMatchObject({
      at: new Date(at(5)).toISOString(),
      before: [],
      after: ['redis'],
      changes,
      reference: 'OPS-7',
      approvedBy: null,
    });
  });

  it.each([
    ['changes and instances', 13, ` until ${ENDS} on ${many(9, '').join(' ')}`],
    ['names of users', 14, `${'u'.repeat(60)} until ${ENDS}`],
  ])('holds at most 1,900 bytes, whatever its %s, and every id with its end', (_what, count, rest) => {
    const changes = Array.from({ length: 20 }, () => ({
      check: 'c',
      before: '"'.repeat(300),
      after: 'a',
      asked: true,
    }));
    const grants = many(count, rest);
    const done = outcome({ ...HEAD, to: ['owner'] }, 'applied', {
      at: at(1),
      before: grants,
      after: grants,
      changes,
    });
    const line = outcomeLine(done, { status: 'verified', problem: null }, at(1));
    expect(bytes(line)).toBeLessThanOrEqual(1_900);
    const start = (text: string) => text.split(' on ')[0];
    expect(line.after?.map(start)).toEqual(grants.map(start));
  });

  it('is of the moment that verify knows, where provision never answered', () => {
    const failed = outcome({ ...HEAD, to: ['owner'] }, 'failed');
    expect(outcomeLine(failed, { status: 'failed', problem: null }, at(9))).toMatchObject({
      at: new Date(at(9)).toISOString(),
      before: null,
      after: null,
    });
  });
});

describe('the line of a write', () => {
  it('has what was found, and what will be there, without what is closed', () => {
    const record = (tags: Record<string, string>) => readRecord(new Map(Object.entries(tags)), at(60));
    const granted = (seconds: number) => `granted ${new Date(at(seconds)).toISOString()}`;
    const before = record({
      'dms-engine-redis': granted(1),
      'dms-engine-gdb': `${granted(9)} until ${ENDS}`,
    });
    const after = record({ 'dms-engine-redis': granted(1), 'dms-closed': new Date(at(20)).toISOString() });
    expect(writeLine({ requesterUid: '1', access: 'register', before, after }, 'm', at(30))).toEqual({
      event: 'record-write',
      at: new Date(at(30)).toISOString(),
      requestId: 'm',
      requesterUid: '1',
      access: 'register',
      before: [`gdb until ${ENDS}`, 'redis'],
      after: [],
    });
  });
});
