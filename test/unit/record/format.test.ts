import { expect, it } from 'vitest';
import { STATE_FORMAT } from '../../../shared/record/format.ts';
import { readRecord, recordTags } from '../../../shared/record/record.ts';
import { START } from '../../kit/time.ts';

/** The forms that versions of this have written, each with a tag that came with it. */
const short = (minutes: number) => (START + minutes * 60_000).toString(36);
const FORMS = {
  1: 'granted 2026-11-23T10:00:00.000Z until 2026-12-23T10:00:00.000Z',
  2: `granted ${short(0)} u:${short(600)} s:${short(-5)}`,
  3: `granted ${short(0)} b:${short(60)}`,
};

it('this version says that it reads the forms of all before, and so it does; it writes the last', () => {
  expect(STATE_FORMAT).toEqual({ writes: 3, reads: Object.keys(FORMS).map(Number) });
  for (const [form, value] of Object.entries(FORMS)) {
    const tags = new Map([['dms-engine-redis', value]]);
    const record = readRecord(tags, START);
    expect([form, record.unreadable, recordTags(record)]).toEqual([form, [], tags]);
  }
});
