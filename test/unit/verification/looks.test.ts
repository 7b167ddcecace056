import { describe, expect, it } from 'vitest';
import type { Check } from '../../../events/check.ts';
import type { Upkeep } from '../../../events/upkeep.ts';
import { millis } from '../../../shared/runtime/millis.ts';
import { isNews, type Looked, lastLook, looked, noteLooks } from '../../../shared/verification/last-look.ts';
import { VERDICT_TAG } from '../../../shared/verification/verdict.ts';
import { REQUESTER } from '../../kit/accounts.ts';
import { at, START } from '../../kit/time.ts';

const OURS = ['managed-by', 'dms-handshake'] as const;
const LATER = '2026-11-23T10:00:30.000Z';
const seen = (letter: 'v' | 'f', seconds: number) =>
  ['dms-notes', `seen:${letter}~${at(seconds).toString(36)}`] as const;
const verdict = (text: string) => [VERDICT_TAG, text] as const;
const ROLE = { access: 'register', requesterUid: REQUESTER } as const;
const check = (status: Check['status']): Check => ({ id: 'trust-dms', status, detail: 'd', fix: null });
const role = { name: 'r', arn: 'a', trust: '{}', createdAt: START };
const tags = new Map([OURS]);

describe('what was found last', () => {
  const rows: readonly [what: string, tags: readonly (readonly [string, string])[], found: unknown][] = [
    ['nothing', [], null],
    ['what the sweep found', [verdict(`verified ${LATER}`)], { status: 'verified', at: at(30), checks: [] }],
    ['what verify found', [seen('f', 10)], { status: 'failed', at: at(10), checks: [] }],
    [
      'the sweep later',
      [verdict(`failed ${LATER} trust-dms`), seen('v', 29)],
      { status: 'failed', at: at(30), checks: ['trust-dms'] },
    ],
    [
      'both at once, of which the sweep knows more',
      [verdict(`failed ${LATER} trust-dms`), seen('v', 30)],
      { status: 'failed', at: at(30), checks: ['trust-dms'] },
    ],
    [
      'verify later, the same',
      [verdict(`failed ${LATER} trust-dms`), seen('f', 31)],
      { status: 'failed', at: at(31), checks: ['trust-dms'] },
    ],
    [
      'verify later, something else',
      [verdict(`failed ${LATER} trust-dms`), seen('v', 31)],
      { status: 'verified', at: at(31), checks: [] },
    ],
  ];
  it.each(rows)('%s', (_what, list, found) => {
    expect(lastLook(new Map(list))).toEqual(found);
  });
});

describe('a look', () => {
  it.each([
    ['verified', [check('pass'), check('skip')]],
    ['failed', [check('pass'), check('fail')]],
  ] as const)('is %s by its checks', (status, checks) => {
    expect(looked(ROLE, { role, tags, checks })).toEqual({ role: ROLE, tags, status, asked: true });
  });

  it('is of no tags where there is no role, and not asked for after a change', () => {
    expect(looked(ROLE, { role: null, tags, checks: [] }, 'grant')).toMatchObject({
      tags: new Map(),
      asked: false,
    });
    expect(looked(ROLE, { role, tags, checks: [] }, 'verify').asked).toBe(true);
  });

  const known = new Map([OURS, seen('f', 10)]);
  const rows: readonly [what: string, of: Omit<Looked, 'role'>, isNew: boolean][] = [
    ['of a role that is not ours', { tags: new Map(), status: 'failed', asked: true }, false],
    ['that was asked for, the first of all', { tags, status: 'verified', asked: true }, true],
    ['that was asked for, the first of all, of a fault', { tags, status: 'failed', asked: true }, true],
    ['at what was just made', { tags, status: 'verified', asked: false }, false],
    ['at what was just made, of a fault', { tags, status: 'failed', asked: false }, true],
    ['that finds what is known', { tags: known, status: 'failed', asked: false }, false],
    ['that finds something else', { tags: known, status: 'verified', asked: false }, true],
    ['that was asked for, and finds what is known', { tags: known, status: 'failed', asked: true }, false],
  ];
  it.each(rows)('%s is noted or not: %j', (_what, one, isNew) => {
    expect(isNews({ role: ROLE, ...one })).toBe(isNew);
  });
});

describe('what is noted', () => {
  const of = (uid: number, status: Looked['status'], ours = true): Looked => ({
    role: { access: 'console', requesterUid: String(uid) },
    tags: ours ? tags : new Map(),
    status,
    asked: true,
  });
  const asked = async (all: readonly Looked[]) => {
    const messages: Upkeep[] = [];
    const now = millis(START + 0.75);
    await noteLooks(all, { ask: async (one) => void messages.push(one) }, now);
    return messages;
  };
  const remember = (letter: 'v' | 'f', uids: readonly number[]) => ({
    remember: {
      roles: uids.map((uid) => `dms-console-access-${uid}`),
      tags: { 'dms-notes': `seen:${letter}~${START.toString(36)}` },
    },
  });

  it('is what is new: the good ones together, then the bad ones', async () => {
    const all = [of(1, 'failed'), of(2, 'verified'), of(3, 'verified', false), of(4, 'verified')];
    expect(await asked(all)).toEqual([remember('v', [2, 4]), remember('f', [1])]);
    expect(await asked([of(1, 'failed')])).toEqual([remember('f', [1])]);
    expect(await asked([])).toEqual([]);
  });

  it.each([
    [50, [50]],
    [51, [50, 1]],
    [101, [50, 50, 1]],
  ])('of %i roles goes out in messages of %j', async (count, sizes) => {
    const uids = Array.from({ length: count }, (_, n) => 1_000 + n);
    const messages = await asked(uids.map((uid) => of(uid, 'verified')));
    let from = 0;
    expect(messages).toEqual(
      sizes.map((size) => {
        from += size;
        return remember('v', uids.slice(from - size, from));
      }),
    );
  });
});
