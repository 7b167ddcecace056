import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { outcomeSchema } from '../../../events/outcome.ts';
import { problem } from '../../../events/problem.ts';
import { fitsRecord, fitted } from '../../../shared/requests/outcome-size.ts';
import { sample } from '../../kit/samples.ts';

const outcome = outcomeSchema.parse(sample('outcome'));
const told = (detail: string) => ({ ...outcome, problem: problem('invalid-request', detail) });
const change = (before: string) => ({ check: 'trust-dms', before, after: 'update-trust r', asked: false });
const KB = 1_024;

/** What the dead letter of an event and its answer weighs, without what stands around them. */
const weight = (event: string, answer: string): number =>
  Buffer.byteLength(JSON.stringify(JSON.stringify({ requestPayload: event, responsePayload: answer })));

describe('a record of an event and its answer', () => {
  it('fits up to 52 KB, however often its text is quoted', () => {
    const last = 52 * KB - weight('', '');
    expect([fitsRecord('x'.repeat(last), ''), fitsRecord('x'.repeat(last + 1), '')]).toEqual([true, false]);
    expect([fitsRecord('', 'x'.repeat(last)), fitsRecord('', 'x'.repeat(last + 1))]).toEqual([true, false]);
    expect([fitsRecord('"'.repeat(last / 4), ''), fitsRecord('"'.repeat(last / 4 + 1), '')]).toEqual([
      true,
      false,
    ]);
  });

  it('counts bytes, not characters', () => {
    expect(fitsRecord('日'.repeat(20 * KB), '')).toBe(false);
  });
});

describe('an outcome', () => {
  it('stays as it is where it fits', () => {
    expect(fitted(outcome)).toEqual(outcome);
    expect(fitted(told('x'.repeat(4_000))).problem?.detail).toBe('x'.repeat(4_000));
  });

  it('has its detail cut, and says by how much', () => {
    expect(fitted(told('x'.repeat(4_001))).problem?.detail).toBe(
      `${'x'.repeat(4_000)}... and 1 characters more`,
    );
  });

  it('has its detail cut shorter where its changes take the room', () => {
    const large = { ...told('x'.repeat(5_000)), changes: Array(21).fill(change('\u0001'.repeat(248))) };
    expect(fitted(large).problem?.detail).toBe(`${'x'.repeat(1_000)}... and 4000 characters more`);
    expect(fitted(large).changes).toEqual(large.changes);
  });

  it('has its detail cut where it is a byte too large with it', () => {
    const of = (fill: string) => ({ ...told('y'.repeat(3_000)), record: { redis: fill } });
    const last = 'x'.repeat(52 * KB - weight('', JSON.stringify([of('')])));
    expect(fitted(of(last)).problem?.detail).toBe('y'.repeat(3_000));
    expect(fitted(of(`${last}x`)).problem?.detail).toBe(`${'y'.repeat(1_000)}... and 2000 characters more`);
  });

  it('has neither changes nor a reference where even short ones take too much room', () => {
    const large = {
      ...told('d'.repeat(300)),
      changes: Array(60).fill(change('\u0001'.repeat(300))),
      reference: 'r',
    };
    const detail = `${'d'.repeat(200)}... and 100 characters more`;
    expect(fitted(large)).toEqual({ ...told(detail), changes: [], reference: null });
  });

  it('fits whatever it holds, and keeps whom it is for', () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 300 }),
      fc.constantFrom('"', '\\', '\u0001', '日', '\ud800').map((one) => one.repeat(70 * KB)),
    );
    fc.assert(
      fc.property(text, text, fc.constantFrom('"', 'x', '\u0001'), (detail, before, fill) => {
        const large = {
          ...told(detail),
          changes: Array(21).fill(change(before)),
          reference: fill.repeat(256),
        };
        const small = fitted(large);
        expect(weight('', JSON.stringify([small]))).toBeLessThanOrEqual(52 * KB);
        expect([small.requestId, small.to, small.fingerprint]).toEqual([
          large.requestId,
          large.to,
          large.fingerprint,
        ]);
      }),
      { numRuns: 60 },
    );
  });
});
