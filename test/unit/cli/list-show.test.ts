import { expect, it } from 'vitest';
import { showRows } from '../../../cli/list-roles.ts';
import { terminal } from '../../../cli/ui/terminal.ts';

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
  what: 'redis',
  failed: [],
});

it('list cuts a long reference for people, and says nothing less of a short one', () => {
  const to = terminal({}, {});
  expect(showRows([row('OPS-7')], to)).toContain('for: OPS-7\n');
  const shown = showRows([row(`OPS-7 ${'x'.repeat(240)}`)], to);
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
  expect(showRows([{ ...row('OPS-7'), breakGlass }], to)).toContain(words);
  expect(showRows([{ ...row('OPS-7'), breakGlass: { ...breakGlass, confirmed: true } }], to)).not.toContain(
    'to be',
  );
});
