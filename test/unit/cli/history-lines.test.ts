import { describe, expect, it } from 'vitest';
import { type Asked, eventsOf } from '../../../cli/history/events.ts';
import { grantedAt, inOrder, spansOf } from '../../../cli/history/timeline.ts';
import { type HistoryLine, outcomeLineSchema, type WriteLine } from '../../../events/history.ts';
import { sample } from '../../kit/samples.ts';
import { START } from '../../kit/time.ts';

const iso = (ms: number): string => new Date(START + ms).toISOString();
const NOW = new Map([['1 register', ['as it is now']]]);
const eventsIn = (lines: readonly HistoryLine[], asked: Partial<Asked> = {}) =>
  eventsOf(lines, { since: 0, now: NOW, ...asked });

/** What provision wrote down so many ms after the start, before it made `after` of `before`. */
const write = (ms: number, before: string[], after: string[], over: Partial<WriteLine> = {}): WriteLine => ({
  ...{ event: 'record-write', at: iso(ms), requestId: `w-${ms}`, requesterUid: '1', access: 'register' },
  ...{ before, after },
  ...over,
});
const told = (ms: number, over: object = {}) =>
  outcomeLineSchema.parse({ ...sample('history-outcome'), at: iso(ms), requesterUid: '1', ...over });

describe('a write that nobody answered for', () => {
  const REST = { status: 'unanswered', changes: [], reference: null, approvedBy: null, problem: null };

  it('has after it what the next look found, and at the end what the role grants today', () => {
    const { event: _, ...first } = write(0, ['redis'], ['gdb']);
    const { event: __, ...second } = write(5, ['found'], ['rds']);
    expect(eventsIn([write(5, ['found'], ['rds']), write(0, ['redis'], ['gdb'])])).toEqual([
      { ...first, after: ['found'], ...REST },
      { ...second, after: ['as it is now'], ...REST },
    ]);
    expect(eventsIn([write(0, ['redis'], [])], { now: new Map() })).toMatchObject([{ after: [] }]);
  });

  it.each([
    ['looked and found all as it should be', [write(0, ['a', 'b'], ['a', 'b'])]],
    ['was looked after and found in order', [write(0, [], ['a']), write(5, ['a'], ['a'])]],
    ['said that nothing was left', [write(0, ['a'], ['a cut'], { settled: true })]],
  ])('is not what %s', (_what, lines) => {
    expect(eventsIn(lines)).toEqual([]);
  });

  it('of another role says nothing about this one', () => {
    const other = write(5, ['a'], ['a'], { access: 'console' });
    expect(eventsIn([write(0, [], ['a']), other]).map(({ after }) => after)).toEqual([['as it is now']]);
  });
});

describe('the events', () => {
  it('of lines that were written twice are one each, the oldest first', () => {
    const lines = [told(9, { requestId: 'r-9' }), told(3, { requestId: 'r-3' }), write(5, [], ['a'])];
    const other = told(1, { requestId: 'r-1', requesterUid: '2' });
    const found = eventsIn([...lines, other, ...lines]);
    expect(found.map(({ requestId }) => requestId)).toEqual(['r-1', 'r-3', 'w-5', 'r-9']);
  });

  it.each<[what: string, asked: Partial<Asked>, ids: readonly string[]]>([
    ['all', {}, ['w-0', 'w-5', 'w-9']],
    ['those of a time, its beginning with it', { since: START + 5 }, ['w-5', 'w-9']],
    ['those of a requester', { requester: '2' }, ['w-9']],
    ['those that took an engine', { engine: 'redis' }, ['w-0']],
    ['those that gave one', { engine: 'rds' }, ['w-5']],
    ['none of an engine that only begins alike', { engine: 'red' }, []],
  ])('are %s', (_what, asked, ids) => {
    const lines = [
      write(0, ['redis until x'], []),
      write(5, [], []),
      write(9, [], ['a'], { requesterUid: '2' }),
    ];
    const now = new Map([['1 register', ['rds read-only']]]);
    const settledNever = lines.map((line) => ({ ...line, after: [...line.after, 'never'] }));
    expect(eventsIn(settledNever, { now, ...asked }).map(({ requestId }) => requestId)).toEqual(ids);
  });
});

describe('an outcome', () => {
  const GRANTS = ['gdb', 'redis read-only'];
  const outcome = told(0, { requestId: 'r', before: [], after: GRANTS, approvedBy: 'ada' });
  const { event: _, ...line } = outcome;

  it.each([0, 60_000])('that provision confirms after %d ms is shown whole', (ms) => {
    const seen = write(ms, ['gdb', 'redis on r-1'], ['x'], { requestId: 'r', settled: true });
    expect(eventsIn([outcome, seen])).toEqual([line]);
  });

  it('that provision confirms without saying how far a grant goes is shown whole', () => {
    expect(eventsIn([outcome, write(1, ['gdb', 'redis'], [], { requestId: 'r', settled: true })])).toEqual([
      line,
    ]);
  });

  it.each([
    ['earlier', write(-1, GRANTS, GRANTS, { requestId: 'r' })],
    ['too late', write(60_001, GRANTS, GRANTS, { requestId: 'r' })],
    ['of another request', write(0, GRANTS, GRANTS, { requestId: 'other' })],
    ['of other ids', write(0, ['gdb', 'rds'], ['gdb', 'rds'], { requestId: 'r' })],
    ['of other ends', write(0, ['gdb until x', 'redis'], ['gdb until x', 'redis'], { requestId: 'r' })],
  ])('that provision confirms %s says nothing of grants', (_what, seen) => {
    expect(eventsIn([outcome, seen])).toEqual([
      { ...line, before: null, after: null, changes: [], approvedBy: null },
    ]);
  });

  it('that looked at no role stays as it is, whatever was written', () => {
    const none = told(0, { requestId: 'r', before: null, after: null });
    const seen = write(0, [], [], { requestId: 'r' });
    expect(eventsIn([none, seen])).toMatchObject([{ before: null, after: null, approvedBy: null }]);
    expect(eventsIn([none, seen], { engine: 'redis' })).toEqual([]);
  });
});

describe('what a role granted', () => {
  const lines = [told(1), write(9, ['c until x'], ['d']), write(0, ['a'], ['b'])];

  it('is what the next line found, then what it grants today, or the last word', () => {
    const first = { from: START, grants: ['c until x'] };
    expect(spansOf(lines, ['now'])).toEqual([first, { from: START + 9, grants: ['now'] }]);
    expect(spansOf(lines, null)).toEqual([first, { from: START + 9, grants: ['d'] }]);
    const settled = write(10, ['e'], ['e cut'], { settled: true });
    expect(spansOf([...lines, settled], null).at(-1)).toEqual({ from: START + 10, grants: ['e'] });
  });

  it('at a moment is sorted, from the moment of the line on, without what has ended', () => {
    const spans = [{ from: 10, grants: ['redis', `gdb until ${new Date(50).toISOString()} on r-1`] }];
    expect([9, 10, 49, 50].map((at) => grantedAt(spans, at))).toEqual([
      [],
      ['gdb', 'redis'],
      ['gdb', 'redis'],
      ['redis'],
    ]);
    expect(grantedAt([...spans, { from: 20, grants: ['rds'] }], 20)).toEqual(['rds']);
  });

  it('is read from lines in the order of their times, those of one time as they stand', () => {
    const same = [
      write(5, [], [], { requestId: 'a' }),
      write(5, [], [], { requestId: 'b' }),
      write(1, [], []),
    ];
    expect(inOrder(same).map(({ requestId }) => requestId)).toEqual(['w-1', 'a', 'b']);
  });
});
