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
