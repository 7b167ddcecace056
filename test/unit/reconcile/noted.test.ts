import { describe, expect, it } from 'vitest';
import type { Ruling } from '../../../shared/reconcile/approval-gate.ts';
import { notedFor, notesBehind } from '../../../shared/reconcile/noted.ts';
import type { Change } from '../../../shared/record/change.ts';
import { NO_NOTES, NOTES_TAG } from '../../../shared/record/notes.ts';
import { EMPTY_RECORD } from '../../../shared/record/record.ts';
import { MAX_TAGS } from '../../../shared/record/tag-budget.ts';
import { millis } from '../../../shared/runtime/millis.ts';

const GRANT: Change = { action: 'grant', ids: ['redis'], at: millis(1), until: 'never', reference: 'OPS-2' };
const BARE: Change = { action: 'grant', ids: ['redis'], at: millis(1), until: 'never' };
const REVOKE: Change = { action: 'revoke', ids: 'all', at: millis(1) };
const none = new Map<string, string>();
const noted = new Map([[NOTES_TAG, 'ref:OPS-1']]);
/** `managed-by`, and as many tags of others: with a note there would be one too many. */
const full = new Map(Array.from({ length: MAX_TAGS - 1 }, (_, at) => [`team-${at}`, 'x']));

describe('the reason of a grant', () => {
  it.each<[what: string, change: Change, tags: ReadonlyMap<string, string>, changed: boolean, note: unknown]>(
    [
      ['that changed something, on a role without notes', GRANT, none, true, 'ref:OPS-2'],
      ['that changed something, in the place of the one before', GRANT, noted, true, 'ref:OPS-2'],
      ['that changed nothing, where none is noted', GRANT, none, false, 'ref:OPS-2'],
      ['that changed nothing, where one is noted', GRANT, noted, false, null],
      ['that names none', BARE, noted, true, null],
      ['that is a revoke', REVOKE, noted, true, null],
      ['where the tags of others leave no room', GRANT, full, true, null],
    ],
  )('%s', (_what, change, tags, changed, note) => {
    expect(notedFor(change, tags, EMPTY_RECORD, changed)).toBe(note);
  });
});

describe('behind the gate', () => {
  const word = { record: EMPTY_RECORD, ids: [], superseded: [], missing: [], over: [], fixed: [] };
  const free: Ruling = {
    refusal: null,
    word,
    notes: null,
    reason: true,
    pending: null,
    left: null,
    approved: false,
  };
  const asks = { ...NO_NOTES, further: new Map([['ask', 'r-1']]) };

  it.each<[what: string, ruling: Partial<Ruling>, tags: ReadonlyMap<string, string>, note: unknown]>([
    ['the reason is noted where the gate has nothing to say', {}, none, 'ref:OPS-2'],
    ['nothing is noted where the request holds for nothing', { reason: false }, none, null],
    ['what waits is noted, without its reason', { notes: asks, reason: false }, none, 'ask:r-1'],
    ['what the gate says stands there with the reason', { notes: asks }, none, 'ask:r-1 ref:OPS-2'],
    ['a mark stands where nothing is noted any more', { notes: NO_NOTES, reason: false }, noted, '-'],
    ['nothing is noted where the tags of others leave no room', { notes: asks }, full, null],
  ])('%s', (_what, ruling, tags, note) => {
    expect(notesBehind({ ...free, ...ruling }, GRANT, tags, EMPTY_RECORD, true)).toBe(note);
  });
});
