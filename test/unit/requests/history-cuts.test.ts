import { describe, expect, it } from 'vitest';
import type { HistoryLine } from '../../../events/history.ts';
import type { Outcome } from '../../../events/outcome.ts';
import { problem } from '../../../events/problem.ts';
import { EMPTY_RECORD } from '../../../shared/record/record.ts';
import { outcomeLine, seenLine, writeLine } from '../../../shared/requests/history-line.ts';
import { outcome, type RequestHead } from '../../../shared/requests/outcome.ts';
import { REQUESTER } from '../../kit/accounts.ts';
import { at } from '../../kit/time.ts';

const AT = new Date(at(5)).toISOString();
const HEAD: RequestHead & { readonly requesterUid: string } = {
  requestId: 'r-1',
  fingerprint: 'f',
  requesterUid: REQUESTER,
  to: [REQUESTER],
  reference: 'OPS-7',
  action: 'grant',
  access: 'register',
};
const LINE = { event: 'record-write', at: AT, requestId: 'r-1', requesterUid: REQUESTER, access: 'register' };
const bytes = (line: HistoryLine) => Buffer.byteLength(JSON.stringify(line));
const lineOf = (rest: Partial<Outcome>, given: Partial<Outcome> = {}) =>
  outcomeLine({ ...outcome(HEAD, 'applied', rest), ...given }, { status: 'verified', problem: null }, at(5));
const change = (before: string) => ({ check: 'c', before, after: 'a', asked: true });
/** A text that makes the JSON of a line so many bytes long. */
const filledTo = (length: number, make: (fill: string) => HistoryLine) =>
  make('x'.repeat(length - bytes(make(''))));

describe('a line of the log', () => {
  it('of an outcome says what it came to, and not the detail of a problem', () => {
    const refused = outcome(HEAD, 'rejected', { approvedBy: 'ada' });
    const why = problem('expired', 'a long story.');
    expect(outcomeLine(refused, { status: 'rejected', problem: why }, at(5))).toStrictEqual({
      event: 'record-outcome',
      at: AT,
      requestId: 'r-1',
      requesterUid: REQUESTER,
      access: 'register',
      status: 'rejected',
      before: null,
      after: null,
      changes: [],
      reference: 'OPS-7',
      approvedBy: 'ada',
      problem: { code: 'expired', title: why.title },
    });
  });

  it('of an emergency has its reason', () => {
    expect(lineOf({}, { breakGlass: 'orders are lost' })).toMatchObject({ breakGlass: 'orders are lost' });
  });

  it('of what is as it should be says so', () => {
    expect(seenLine(HEAD, ['redis'], at(5))).toStrictEqual({
      ...LINE,
      before: ['redis'],
      after: ['redis'],
      settled: true,
    });
  });

  it('of a write says what was granted before and what is after', () => {
    const entries = new Map([['redis', { state: 'granted', at: at(1), until: null }]] as const);
    const after = { ...EMPTY_RECORD, entries };
    const write = { requesterUid: REQUESTER, access: 'register', before: EMPTY_RECORD, after } as const;
    expect(writeLine(write, 'r-1', at(5))).toStrictEqual({ ...LINE, before: [], after: ['redis'] });
  });
});

describe('of a line that is too long', () => {
  it('nothing goes up to 1,900 bytes', () => {
    const make = (fill: string) =>
      lineOf({ changes: [1, 2, 3, 4].map(() => change('b')) }, { reference: fill });
    const whole = filledTo(1_900, make);
    expect([bytes(whole), whole]).toEqual([
      1_900,
      expect.objectContaining({ changes: [1, 2, 3, 4].map(() => change('b')) }),
    ]);
    // One byte more, and the fourth of its changes goes.
    const longer = make(`${'x'.repeat(String(Reflect.get(whole, 'reference')).length)}x`);
    expect(longer).toMatchObject({ changes: [1, 2, 3].map(() => change('b')) });
  });

  it('goes first what the reply has, then instances, what was before, and the reference', () => {
    const grants = Array.from({ length: 6 }, (_, n) => `engine-${n} on ${'a'.repeat(20)} ${'b'.repeat(20)}`);
    const counted = grants.map((_, n) => `engine-${n} on 2 instances`);
    const [reference, breakGlass] = ['r'.repeat(256), 'g'.repeat(256)];
    const many = (count: number, length: number) =>
      Array.from({ length: count }, () => change('b'.repeat(length)));
    const parts = (rest: Partial<Outcome>, given: Partial<Outcome> = {}) => {
      const {
        before,
        after,
        changes,
        reference: ref,
        breakGlass: why,
      } = lineOf(rest, { reference, ...given });
      return { before, after, changes: changes.length, reference: ref?.length ?? null, why: why?.length };
    };
    const both = { before: grants, after: grants };
    expect(parts({ changes: many(5, 300) })).toMatchObject({ changes: 3, reference: 256 });
    expect(parts({ changes: many(3, 600) })).toMatchObject({ changes: 0, reference: 256 });
    expect(parts({ ...both, changes: many(1, 900) }, { breakGlass })).toEqual({
      ...both,
      changes: 0,
      reference: 256,
      why: 256,
    });
    const wide = [...grants, ...grants];
    expect(parts({ before: wide, after: wide }, { breakGlass, requestId: 'i'.repeat(128) })).toEqual({
      before: wide,
      after: wide,
      changes: 0,
      reference: 60,
      why: 60,
    });
    const [more, fewer] = [grants, counted].map((texts) => [...texts, ...texts, ...texts]);
    expect(parts({ before: more ?? [], after: more ?? [] }, { breakGlass })).toEqual({
      before: fewer,
      after: fewer,
      changes: 0,
      reference: 60,
      why: 60,
    });
    const names = Array.from({ length: 14 }, (_, n) => `user:${n}${'u'.repeat(70)}`);
    expect(parts({ before: names, after: names })).toEqual({
      before: null,
      after: names,
      changes: 0,
      reference: 60,
      why: undefined,
    });
    const longest = Array.from({ length: 20 }, (_, n) => `user:${n}${'u'.repeat(78)}`);
    expect(parts({ before: null, after: longest }, { reference: null })).toEqual({
      before: null,
      after: longest,
      changes: 0,
      reference: null,
      why: undefined,
    });
    expect(parts({ before: null, after: longest.slice(0, 19) })).toMatchObject({
      before: null,
      reference: null,
    });
  });

  it('of a write the old stays, and the next line shows the new', () => {
    const names = Array.from({ length: 14 }, (_, n) => `user:${n}${'u'.repeat(70)}`);
    expect(seenLine(HEAD, names, at(5))).toStrictEqual({ ...LINE, before: names, after: [], settled: true });
    const longest = Array.from({ length: 40 }, (_, n) => `user:${n}${'u'.repeat(70)}`);
    expect(seenLine(HEAD, longest, at(5))).toStrictEqual({
      ...LINE,
      before: longest,
      after: [],
      settled: true,
    });
    const narrow = Array.from({ length: 10 }, (_, n) => `engine-${n} on ${'a'.repeat(60)} ${'b'.repeat(60)}`);
    const short = narrow.map((_, n) => `engine-${n} on 2 instances`);
    expect(seenLine(HEAD, narrow, at(5))).toStrictEqual({
      ...LINE,
      before: short,
      after: short,
      settled: true,
    });
  });
});
