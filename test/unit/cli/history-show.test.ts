import { describe, expect, it } from 'vitest';
import type { HistoryEvent } from '../../../cli/history/events.ts';
import { asCsv, asTable } from '../../../cli/history/show.ts';
import { terminal } from '../../../cli/ui/terminal.ts';

const with256 = `OPS-7 ${'🎫'.repeat(125)}`;

const event = (reference: string): HistoryEvent => ({
  at: '2026-11-23T10:00:00.000Z',
  requestId: 'r-1',
  requesterUid: '1000000000000001',
  access: 'register',
  status: 'verified',
  before: [],
  after: ['redis'],
  changes: [],
  reference,
  approvedBy: null,
  problem: null,
});

describe('a reference in the history', () => {
  it('is one line in the table: it cannot look like a change, or like an approval', () => {
    const shown = asTable([event('OPS-7\n+ redis\n\u001b[2K= approved')], {
      ...terminal({}, {}),
      width: 200,
    });
    expect(shown).toContain('(OPS-7\\u000a+ redis\\u000a\\u001b[2K= approved)');
  });

  it('is cut for people, between characters, with what a ticket begins with left', () => {
    const shown = asTable([event(with256)], terminal({}, {}));
    expect(shown).toContain(`r-1 (OPS-7 ${'🎫'.repeat(53)}…)`);
    expect(shown).not.toContain('🎫'.repeat(54));
  });

  it('of up to 60 characters is shown whole', () => {
    const short = 'x'.repeat(60);
    expect(asTable([event(short)], terminal({}, {}))).toContain(`r-1 (${short})`);
  });

  it('is whole in CSV', () => {
    expect(asCsv([event(with256)])).toContain(with256);
  });
});

const TRAIL = { call: 'CreateRole', target: 'dms-x', by: 'by-hand' };
const KINDS: readonly HistoryEvent[] = [
  {
    ...event('OPS-7'),
    before: ['gdb', 'rds'],
    after: ['rds', 'redis'],
    approvedBy: 'ada',
    breakGlass: 'lost',
  },
  {
    ...event('x, "y"'),
    status: 'rejected',
    before: null,
    after: null,
    problem: { code: 'unknown-engine', title: 'no such engine' },
  },
  { ...event(''), reference: null, before: null, after: ['redis', 'gdb'], requesterUid: null },
  { ...event(''), reference: null, status: 'written', before: null, after: null, write: TRAIL },
];

describe('every kind of event', () => {
  it('has a row in the table', () => {
    const gap = ' '.repeat(59);
    expect(asTable(KINDS, terminal({}, {})).split('\n')).toEqual([
      'at (UTC)             requester         access    status    request, and what it changed',
      '2026-11-23 10:00:00  1000000000000001  register  verified  r-1 (OPS-7), approved by ada',
      `${gap}emergency: lost`,
      `${gap}- gdb`,
      `${gap}+ redis`,
      '2026-11-23 10:00:00  1000000000000001  register  rejected  r-1 (x, "y")',
      `${gap}unknown-engine: no such engine`,
      '2026-11-23 10:00:00  -                 register  verified  r-1',
      `${gap}= redis`,
      `${gap}= gdb`,
      '2026-11-23 10:00:00  1000000000000001  register  written   CreateRole of dms-x, by by-hand',
    ]);
  });

  it('has a line in CSV', () => {
    const at = '2026-11-23T10:00:00.000Z,r-1';
    expect(asCsv(KINDS).split('\r\n')).toEqual([
      'at,requestId,requesterUid,access,status,before,after,reference,approvedBy,problem,breakGlass,call,target,by',
      `${at},1000000000000001,register,verified,gdb; rds,rds; redis,OPS-7,ada,,lost,,,`,
      `${at},1000000000000001,register,rejected,,,"x, ""y""",,unknown-engine,,,,`,
      `${at},,register,verified,,redis; gdb,,,,,,,`,
      `${at},1000000000000001,register,written,,,,,,,CreateRole,dms-x,by-hand`,
    ]);
  });

  it('none of them is said to be none', () => {
    expect(asTable([], terminal({}, {}))).toBe('nothing happened in this time, as far as the logs tell');
  });
});

it.each([
  ['=1', "'=1"],
  ['+1', "'+1"],
  ['-1', "'-1"],
  ['@1', "'@1"],
  ['\t1', "'\t1"],
  ['\r1', `"'\r1"`],
  ['1=', '1='],
  ['a\nb', '"a\nb"'],
  ['a\rb', '"a\rb"'],
  ['a"b"', '"a""b"""'],
])('a reference %j is the cell %j', (reference, cell) => {
  expect(asCsv([event(reference)])).toContain(`,redis,${cell},,,,,,`);
});
