import fc from 'fast-check';
import { expect, it } from 'vitest';
import { readAskings, withAsked, withAskings } from '../../../shared/record/asked.ts';
import { withEmergencyTold } from '../../../shared/record/emergency.ts';
import { formatNotes, NO_NOTES, NOTES_TAG, readNotes } from '../../../shared/record/notes.ts';
import { millis } from '../../../shared/runtime/millis.ts';
import { HOUR, START } from '../../kit/time.ts';

const asked = (id: string, n: number) => ({
  at: millis(START + n * HOUR),
  digest: id.padEnd(43, 'd').slice(0, 43),
  requestId: id,
  state: 'waits' as const,
});

it('whatever waits, was replaced or refused: all that may be noted later has room beside it', () => {
  const steps = fc.array(fc.record({ length: fc.integer({ min: 1, max: 128 }), refuse: fc.boolean() }), {
    minLength: 1,
    maxLength: 14,
  });
  fc.assert(
    fc.property(steps, (all) => {
      let notes = NO_NOTES;
      for (const [n, { length, refuse }] of all.entries()) {
        const now = millis(START + n * HOUR);
        notes = withAsked(notes, asked(`${n}`.padStart(length, 'x').slice(-length), n), now) ?? notes;
        const before = readAskings(notes);
        const last = before.asked;
        if (refuse && last !== null)
          notes = withAskings(notes, { ...before, asked: { ...last, state: 'over' } });
        const later = { reviewedAt: now, askedAt: now, toldAt: now };
        const value = formatNotes(withEmergencyTold({ ...notes, ...later }, now));
        expect(value.length).toBeLessThanOrEqual(256);
        expect(readAskings(readNotes(new Map([[NOTES_TAG, value]])))).toEqual(readAskings(notes));
      }
    }),
    { numRuns: 100 },
  );
});

it('what an earlier version noted without that room gives way, and never what waits', () => {
  const further = new Map([
    ['ask', `${START.toString(36)}~${'d'.repeat(43)}~${'r'.repeat(128)}`],
    ['was', `${START.toString(36)}~${'e'.repeat(43)}~w-1`],
  ]);
  const value = formatNotes({ ...NO_NOTES, further, askedAt: START, reviewedAt: START });
  expect(value.length).toBeLessThanOrEqual(256);
  const { askedAt, reviewedAt, further: kept } = readNotes(new Map([[NOTES_TAG, value]]));
  expect({ askedAt, reviewedAt, keys: [...kept.keys()] }).toEqual({
    askedAt: START,
    reviewedAt: START,
    keys: ['ask'],
  });
});
