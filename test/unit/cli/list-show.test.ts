import { expect, it } from 'vitest';
import { showRows } from '../../../cli/list-roles.ts';
import { terminal } from '../../../cli/ui/terminal.ts';
import { millis } from '../../../shared/runtime/millis.ts';

const row = (reference: string) => ({
  roleArn: 'acs:ram::2:role/dms-cross-account-1',
  requesterUid: '1',
  access: 'register' as const,
  engines: ['redis'],
  expiresAt: null,
  grants: [{ id: 'redis', expiresAt: null, instances: null, readOnly: false }],
  reference,
  lastVerdict: null,
  verifiedAt: null,
  lastUsedOn: null as string | null,
  what: 'redis',
  failed: [],
});

it('list cuts a long reference for people, and says nothing less of a short one', () => {
  const to = terminal({}, {});
  expect(showRows([row('OPS-7')], null, to)).toContain('for: OPS-7\n');
  const shown = showRows([row(`OPS-7 ${'x'.repeat(240)}`)], null, to);
  expect(shown).toContain(`for: OPS-7 ${'x'.repeat(53)}…\n`);
  expect(shown).not.toContain('x'.repeat(54));
});

it('list says that access was taken in an emergency, why, and whether that is to be confirmed', () => {
  const breakGlass = {
    reason: 'the orders are\u001b[2J gone',
    since: '2026-11-23T08:00:00.000Z',
    until: '2026-11-23T12:00:00.000Z',
    confirmed: false,
  };
  const to = terminal({}, {});
  const words = 'emergency until 2026-11-23 12:00, to be confirmed: the orders are\\u001b[2J gone';
  expect(showRows([{ ...row('OPS-7'), breakGlass }], null, to)).toContain(words);
  expect(
    showRows([{ ...row('OPS-7'), breakGlass: { ...breakGlass, confirmed: true } }], null, to),
  ).not.toContain('to be');
});

it('list shows the day of the last use, and since when uses are watched for, or what is missing', () => {
  const to = terminal({}, {});
  const at = (iso: string) => millis(Date.parse(iso));
  const mark = { from: at('2026-11-01T10:00:00Z'), until: at('2026-11-23T09:30:00Z'), fault: null };
  const flat = (text: string) => text.replaceAll(/\s+/g, ' ');
  const rows = [{ ...row('x'), lastUsedOn: '2026-11-20' }];
  const shown = flat(showRows(rows, mark, to));
  expect(shown).toContain('2026-11-20');
  expect(shown).toContain('read from 2026-11-01 10:00 to 2026-11-23 09:30.');
  expect(showRows(rows, null, to)).toContain('no sweep has read ActionTrail yet');
  expect(showRows(rows, { ...mark, fault: 'denied' }, to)).toContain(
    'dms-handshake-verify lacks actiontrail:LookupEvents; npx dms-handshake bootstrap gives it',
  );
  expect(showRows(rows, { ...mark, fault: 'throttled' }, to)).toContain('ActionTrail (throttled)');
});
