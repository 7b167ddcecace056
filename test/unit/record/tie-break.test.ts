import { expect, it } from 'vitest';
import { applyChange } from '../../../shared/record/apply-change.ts';
import type { Change } from '../../../shared/record/change.ts';
import { formatEntry } from '../../../shared/record/entry.ts';
import { EMPTY_RECORD } from '../../../shared/record/record.ts';
import { millis } from '../../../shared/runtime/millis.ts';

const at = millis(Date.parse('2026-11-23T10:00:00.000Z'));
const STAMP = '2026-11-23T10:00:00.000Z';
const END = '2026-12-23T00:00:00.000Z';

/** A grant of redis: for these instances, all of them where none are named. */
const grant = (on?: readonly string[], until: string | null = null): Change => ({
  action: 'grant',
  ids: ['redis'],
  at,
  until: until === null ? null : millis(Date.parse(until)),
  ...(on === undefined ? {} : { narrowed: new Map([['redis', on]]) }),
});

/** What the record says after two requests of one millisecond. */
function after(first: Change, second: Change): string {
  const { record } = applyChange(applyChange(EMPTY_RECORD, first).record, second);
  const entry = record.entries.get('redis');
  return entry === undefined ? '' : formatEntry(entry);
}

it.each([
  ['the one that ends', grant(), grant(undefined, END), `granted ${STAMP} until ${END}`],
  ['the one for one instance', grant(), grant(['r-1']), `granted ${STAMP} default on r-1`],
  ['the one for fewer instances', grant(['r-1', 'r-2']), grant(['r-3']), `granted ${STAMP} default on r-3`],
  ['the one that only reads', grant(['r-1']), grant([]), `granted ${STAMP} default read-only`],
  ['the first by name of as many', grant(['r-2']), grant(['r-1']), `granted ${STAMP} default on r-1`],
])(
  'of two grants of one millisecond, whichever comes first, what counts is %s',
  (_what, one, other, left) => {
    expect(after(one, other)).toBe(left);
    expect(after(other, one)).toBe(left);
  },
);
