import { expect, it } from 'vitest';
import { showRows } from '../../../cli/list-roles.ts';
import { terminal } from '../../../cli/ui/terminal.ts';
import { useWords } from '../../../cli/use-words.ts';
import { millis } from '../../../shared/runtime/millis.ts';

const PIPE = terminal({}, {});
type Row = Parameters<typeof showRows>[0][number];
const row = (over: Partial<Row>): Row => ({
  roleArn: 'acs:ram::2:role/dms-cross-account-1',
  requesterUid: '1',
  access: 'register',
  engines: ['redis'],
  expiresAt: null,
  grants: [{ id: 'redis', expiresAt: null, instances: null, readOnly: false }],
  reference: null,
  lastVerdict: null,
  verifiedAt: null,
  lastUsedOn: null,
  what: 'redis',
  failed: [],
  ...over,
});

const at = (iso: string) => millis(Date.parse(iso));
const MARK = { from: at('2026-11-01T10:00:00Z'), until: at('2026-11-23T09:30:00Z'), fault: null };
const READ = 'read from 2026-11-01 10:00 to 2026-11-23 09:30';
const emergency = {
  reason: 'the orders are\u001b[2J gone',
  since: '2026-11-23T08:00:00.000Z',
  until: '2026-11-23T12:00:00.000Z',
  confirmed: false,
};

it('list shows what each role grants, for what, until when, what was found last, and what is to be known', () => {
  const rows = [
    row({ reference: 'OPS-7' }),
    row({
      requesterUid: '22',
      access: 'console',
      lastVerdict: 'verified',
      verifiedAt: '2026-11-20T08:07:12.000Z',
      expiresAt: '2027-01-31T00:00:00.000Z',
      lastUsedOn: '2026-11-20',
      what: 'account',
      breakGlass: emergency,
    }),
    row({
      what: '',
      lastVerdict: 'failed',
      failed: ['trust-dms', 'ownership'],
      breakGlass: { ...emergency, confirmed: true },
    }),
    row({ reference: `OPS-7 ${'x'.repeat(240)}` }),
  ];
  expect(showRows(rows, MARK, PIPE).split('\n')).toEqual([
    'requester  access    verdict   since (UTC)       expires (UTC)     used (UTC)  grants',
    '1          register  -         -                 -                 -           redis',
    '                                                                               for: OPS-7',
    '22         console   verified  2026-11-20 08:07  2027-01-31 00:00  2026-11-20  account',
    '                                                                               emergency until 2026-11-23 12:00, to be confirmed: the orders are\\u001b[2J gone',
    '1          register  failed    -                 -                 -           nothing: closed',
    '                                                                               emergency until 2026-11-23 12:00: the orders are\\u001b[2J gone',
    '                                                                               failed: trust-dms, ownership',
    '1          register  -         -                 -                 -           redis',
    `                                                                               for: OPS-7 ${'x'.repeat(53)}…`,
    '',
    'verdict: what was found last, by the hourly sweep or by whoever asked verify. verified: the role grants what its record',
    'says; failed: it does not (why: npx dms-handshake verify); -: nobody has looked yet. since: how long that has been so.',
    'expires: the earliest end.',
    `used: the last day on which DMS assumed the role, by ActionTrail, ${READ}.`,
  ]);
});

it('list paints verdicts on a terminal, and says how to get a first role', () => {
  const to = { ...terminal({ isTTY: true, columns: 200 }, {}), width: null };
  const shown = showRows([row({ lastVerdict: 'verified' }), row({ lastVerdict: 'failed' })], null, to);
  expect(shown).toContain(to.colors.green('verified'));
  expect(shown).toContain(to.colors.red('failed'));
  expect(shown).toContain(to.colors.dim('expires: the earliest end.'));
  expect(showRows([], MARK, PIPE)).toBe(
    'no roles yet: account A asks for one with "npx dms-handshake request"',
  );
});

it.each([
  [null, 'used: the last day on which DMS assumed the role; no sweep has read ActionTrail yet.'],
  [
    'denied',
    'used: ActionTrail is not read, as dms-handshake-verify lacks actiontrail:LookupEvents; npx dms-handshake bootstrap gives it.',
  ],
  ['throttled', `used: the last sweep could not read ActionTrail (throttled); it was ${READ}.`],
])('the days of last use, where reading them failed with %s', (fault, words) => {
  expect(useWords(fault === null ? null : { ...MARK, fault })).toBe(words);
});
