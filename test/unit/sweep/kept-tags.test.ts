import { beforeEach, describe, expect, it } from 'vitest';
import type { Upkeep } from '../../../events/upkeep.ts';
import { newNotes } from '../../../shared/sweep/new-notes.ts';
import { OWNER, REQUESTER, STRANGER } from '../../kit/accounts.ts';
import { type Direct, direct } from '../../kit/direct.ts';
import { requesterAs } from '../../kit/requester.ts';
import { ROLE, roleOf, VERIFY_ROLE } from '../../kit/roles.ts';
import { send } from '../../kit/send.ts';
import { tagsOfOthers } from '../../kit/sweep-parts.ts';
import { DAY, HOUR, MINUTE, START, at as seconds } from '../../kit/time.ts';

/** What provision writes down of what the sweep and verify say: only what says something new, where it belongs. */
type Tags = Readonly<Record<string, string>>;
const VERDICT = 'dms-verdict';
let at: Direct;
beforeEach(async () => {
  at = await direct();
  await send(at, { requesterUid: REQUESTER, engines: ['redis'] });
  at.clock.advance(HOUR);
  at.writes.length = 0;
});

const tell = async (tags: Tags, roles: readonly string[] = [ROLE]) => {
  const upkeep: Upkeep = { remember: { roles: [...roles], tags: { ...tags } } };
  const { result, writes, problem } = await send(at, { upkeep });
  return { result, writes, problem: problem?.code ?? null };
};
const verdict = (text: string, minutes = 60) => ({ [VERDICT]: text.replace('AT', iso(minutes)) });
const iso = (minutes: number) => new Date(START + minutes * MINUTE).toISOString();
const tag = (key: string, name = ROLE) => roleOf(at, name)?.tags.get(key);
const APPLIED = { result: 'applied', writes: 1, problem: null };
const REPORT = { result: 'report', writes: 0, problem: null };

describe('a verdict', () => {
  it('is written, once, on every role that it names', async () => {
    const first = verdict('failed AT trust-dms');
    expect(await tell(first, [ROLE, ROLE, 'dms-cross-account-9', VERIFY_ROLE, 'admin'])).toEqual(APPLIED);
    expect(tag(VERDICT)).toBe(first[VERDICT]);
    expect(await tell(first)).toEqual(REPORT);
    expect([at.writes.length, tag(VERDICT, VERIFY_ROLE)]).toEqual([1, undefined]);
  });

  const rows: readonly [string, string, number, string, number, boolean][] = [
    ['of the same checks', 'failed AT trust-dms', 30, 'failed AT trust-dms', 60, false],
    ['of other checks', 'failed AT trust-dms', 30, 'failed AT trust-closed', 60, true],
    ['of other checks, of the same time', 'failed AT trust-dms', 60, 'failed AT trust-closed', 60, false],
    ['of other checks, that is older', 'failed AT trust-dms', 60, 'verified AT', 30, false],
    [
      'of one time with more that could not be checked',
      'verified AT',
      60,
      'verified AT unchecked gdb',
      60,
      true,
    ],
    ['of one time with the same', 'verified AT unchecked gdb', 60, 'verified AT unchecked gdb', 60, false],
    [
      'of another time with more that could not be checked',
      'verified AT',
      30,
      'verified AT unchecked gdb',
      60,
      false,
    ],
  ];
  it.each(rows)('%s: "%s" at %i, then "%s" at %i: %s', async (_what, one, then, next, minutes, isNew) => {
    roleOf(at)?.tags.set(VERDICT, verdict(one, then)[VERDICT] ?? '');
    expect(await tell(verdict(next, minutes))).toEqual(isNew ? APPLIED : REPORT);
  });

  it.each([
    [65, true],
    [65 + 1 / MINUTE, false],
  ])('of %d minutes past the start is believed five minutes ahead: %s', async (minutes, isBelieved) => {
    expect((await tell(verdict('verified AT', minutes))).writes).toBe(isBelieved ? 1 : 0);
  });

  it('that cannot be read is passed over, and so is any other tag', async () => {
    expect(
      await tell({ [VERDICT]: 'fine', 'managed-by': 'me', 'dms-engine-gdb': `granted ${iso(0)}` }),
    ).toEqual(REPORT);
    await tell({ ...verdict('verified AT'), 'dms-engine-gdb': `granted ${iso(0)}` });
    expect([tag(VERDICT), tag('dms-engine-gdb')]).toEqual([`verified ${iso(60)}`, undefined]);
  });

  it('is written on no role of another name, whoever gave it our tag', async () => {
    await at.byHand('CreateRole', {
      RoleName: 'somebody',
      AssumeRolePolicyDocument: roleOf(at)?.trust ?? '',
      Tag: JSON.stringify([{ Key: 'managed-by', Value: 'dms-handshake' }]),
    });
    expect(await tell(verdict('verified AT'), ['somebody'])).toEqual(REPORT);
    expect(tag(VERDICT, 'somebody')).toBeUndefined();
  });

  it('that says nothing is not looked for', async () => {
    const ports = at.provisionPorts();
    const ram = { ...ports.ram, roleTags: () => Promise.reject(new Error('a call too many')) };
    for (const roles of [[ROLE], [VERIFY_ROLE]]) {
      const upkeep = { remember: { roles, tags: { 'managed-by': 'me' } } };
      expect((await send(at, { upkeep }, { ports: { ...ports, ram } })).result).toBe('report');
    }
  });

  it('is written on no role that is not ours', async () => {
    roleOf(at)?.tags.delete('managed-by');
    expect(await tell(verdict('verified AT'))).toEqual(REPORT);
  });

  it.each([
    [17, true],
    [18, false],
  ])('beside %i tags of others has room: %s', async (count, hasRoom) => {
    for (const [key, value] of Object.entries(tagsOfOthers(count))) roleOf(at)?.tags.set(key, value);
    expect((await tell(verdict('verified AT'))).writes).toBe(hasRoom ? 1 : 0);
  });

  it('takes the place of the last one where there is room for no other tag', async () => {
    for (const [key, value] of Object.entries(tagsOfOthers(17))) roleOf(at)?.tags.set(key, value);
    roleOf(at)?.tags.set(VERDICT, `verified ${iso(1)}`);
    expect((await tell(verdict('failed AT trust-dms'))).writes).toBe(1);
  });

  it('is written in no other account', async () => {
    const ports = { ...at.provisionPorts(), identity: { accountId: async () => STRANGER } };
    const upkeep = { remember: { roles: [ROLE], tags: verdict('verified AT') } };
    const { result, problem, writes } = await send(at, { upkeep }, { ports });
    expect([result, problem?.code, writes]).toEqual(['rejected', 'wrong-account', 0]);
    expect(problem?.detail).toContain(OWNER);
  });
});

describe('what the role of the verify function remembers', () => {
  const table = { 'dms-roll-0': '', 'dms-roll-1': '', 'dms-roll-2': '' };
  const mark = `from:${START.toString(36)} until:${seconds(9).toString(36)}`;

  it('are names and how far was read, and no table that cannot be read', async () => {
    const tags = { 'dms-strangers': 'a b', 'dms-last-use': mark, ...table, [VERDICT]: `verified ${iso(60)}` };
    expect(await tell(tags, [VERIFY_ROLE])).toEqual(APPLIED);
    expect([tag('dms-strangers', VERIFY_ROLE), tag('dms-last-use', VERIFY_ROLE)]).toEqual(['a b', mark]);
    expect([tag('dms-roll-0', VERIFY_ROLE), tag(VERDICT, VERIFY_ROLE)]).toEqual([undefined, undefined]);
    expect(await tell(tags, [VERIFY_ROLE])).toEqual(REPORT);
    expect(await tell({ ...tags, 'dms-strangers': 'a' }, [VERIFY_ROLE])).toEqual(APPLIED);
  });

  it('are no mark that cannot be read, and nothing where nothing is named', async () => {
    expect(await tell({ 'dms-last-use': 'x', ...table }, [VERIFY_ROLE])).toEqual(REPORT);
    expect(await tell({ 'dms-strangers': '' }, [VERIFY_ROLE])).toEqual(REPORT);
    expect(at.writes).toEqual([]);
  });

  it('stands on no other role', async () => {
    expect(await tell({ 'dms-strangers': 'a b', 'dms-last-use': mark })).toEqual(REPORT);
  });
});

describe('the notes of a role', () => {
  const RULES = { reviewDays: 30, unusedDays: 10 };
  const short = (ms: number) => (START + ms).toString(36);
  const REDIS = { 'managed-by': 'dms-handshake', 'dms-engine-redis': `granted ${iso(0)}` };
  const burnt = {
    ...REDIS,
    'dms-break-glass': `${iso(0)} until ${iso(60)} ${'d'.repeat(43)} it burns`,
  };
  /** The notes after these words, `ms` after the start; null where nothing is new. */
  const notesAfter = (
    word: string,
    ms: number,
    present: Tags = REDIS,
    rules: typeof RULES | null = RULES,
  ) => {
    const now = seconds(ms / 1_000);
    const wanted = new Map([['dms-notes', word]]);
    const listed = rules === null ? undefined : requesterAs({ uid: REQUESTER, ...rules });
    return newNotes(wanted, new Map(Object.entries(present)), now, listed).get('dms-notes') ?? null;
  };
  const noted = (notes: string): Tags => ({ ...REDIS, 'dms-notes': notes });

  const rows: readonly [string, string, number, Tags | undefined, string | null][] = [
    ['up to when it was told of ends', `told:${short(5)}`, 9, undefined, `told:${short(5)}`],
    ['that again', `told:${short(5)}`, 9, noted(`told:${short(5)}`), null],
    ['an earlier one', `told:${short(4)}`, 9, noted(`told:${short(5)}`), null],
    ['a later one', `told:${short(6)}`, 9, noted(`told:${short(5)}`), `told:${short(6)}`],
    [
      'one that is five minutes ahead',
      `told:${short(5 * MINUTE)}`,
      0,
      undefined,
      `told:${short(5 * MINUTE)}`,
    ],
    ['one that is further ahead', `told:${short(5 * MINUTE + 1)}`, 0, undefined, null],
    [
      'up to when it was told of ends, and not that an emergency is over',
      `told:${short(5)}`,
      HOUR,
      burnt,
      `told:${short(5)}`,
    ],
    [
      'up to when it was told of ends, and not that a review is due',
      `told:${short(5)}`,
      30 * DAY,
      undefined,
      `told:${short(5)}`,
    ],
    [
      'what was seen five minutes ahead',
      `seen:v~${short(5 * MINUTE)}`,
      0,
      undefined,
      `seen:v~${short(5 * MINUTE)}`,
    ],
    [
      'the day of a use, and not the hour',
      `used:${short(0)}`,
      DAY,
      undefined,
      `used:${Date.UTC(2026, 10, 23).toString(36)}`,
    ],
    ['what was seen first', `seen:v~${short(5)}`, 9, undefined, `seen:v~${short(5)}`],
    [
      'something else that was seen later',
      `seen:f~${short(6)}`,
      9,
      noted(`seen:v~${short(5)}`),
      `seen:f~${short(6)}`,
    ],
    ['the same, seen later', `seen:v~${short(6)}`, 9, noted(`seen:v~${short(5)}`), null],
    ['something else, seen at the same time', `seen:f~${short(5)}`, 9, noted(`seen:v~${short(5)}`), null],
    ['what was seen ahead of the clock', `seen:v~${short(5 * MINUTE + 1)}`, 0, undefined, null],
    ['that a review is due', `asked:${short(1)}`, 30 * DAY, undefined, `asked:${short(30 * DAY)}`],
    ['that a review is due which is not', `asked:${short(1)}`, 30 * DAY - 1, undefined, null],
    ['that a review is due again', `asked:${short(1)}`, 30 * DAY, noted(`asked:${short(1)}`), null],
    ['that nobody uses it', `idle:${short(1)}`, 10 * DAY, undefined, `idle:${short(10 * DAY)}`],
    ['that nobody uses it where somebody does', `idle:${short(1)}`, 10 * DAY - 1, undefined, null],
    ['that nobody uses it again', `idle:${short(1)}`, 10 * DAY, noted(`idle:${short(1)}`), null],
    ['that an emergency is over', `glass:${short(1)}`, HOUR, burnt, `glass:${short(HOUR)}`],
    ['that an emergency is over which is not', `glass:${short(1)}`, HOUR - 1, burnt, null],
    ['that an emergency is over where none was', `glass:${short(1)}`, HOUR, undefined, null],
    ['nothing of the owner’s', `reviewed:${short(5)} ref:X`, 9, undefined, null],
  ];
  it.each(rows)('%s: "%s" after %i ms', (_what, word, ms, present, notes) => {
    expect(notesAfter(word, ms, present)).toBe(notes);
  });

  it('keep what else stands there', () => {
    const before = noted(`reviewed:${short(1)} ask:x ref:OPS-1`);
    expect(notesAfter(`told:${short(5)}`, 9, before)).toBe(
      `reviewed:${short(1)} told:${short(5)} ask:x ref:OPS-1`,
    );
  });

  it.each(['asked', 'idle'])('say nothing of what no rule says: %s', (key) => {
    expect(notesAfter(`${key}:${short(1)}`, 90 * DAY, REDIS, null)).toBeNull();
  });

  it('need room for their tag', () => {
    const of = (count: number) => notesAfter(`told:${short(5)}`, 9, { ...REDIS, ...tagsOfOthers(count) });
    expect([of(17), of(18)]).toEqual([`told:${short(5)}`, null]);
  });

  it('are written on a role of ours, and with its verdict at once', async () => {
    const told = `told:${short(5)}`;
    expect(await tell({ 'dms-notes': told, ...verdict('verified AT') })).toEqual(APPLIED);
    expect([tag('dms-notes'), tag(VERDICT)]).toEqual([told, `verified ${iso(60)}`]);
    expect(at.writes).toHaveLength(1);
  });
});
