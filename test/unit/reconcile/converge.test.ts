import { describe, expect, it } from 'vitest';
import type { RecordWrite } from '../../../shared/reconcile/reconciled.ts';
import { RETENTION_MS } from '../../../shared/record/retention.ts';
import { millis } from '../../../shared/runtime/millis.ts';
import { REQUESTER } from '../../kit/accounts.ts';
import { direct } from '../../kit/direct.ts';
import { ADMIN, attached, closed, grant, make, NAME, ROLE, tag } from '../../kit/reconciling.ts';
import { HOUR } from '../../kit/time.ts';

/** Answers the first readings with what was there before, and the others with what is. */
const firstOld = <T>(times: number, old: T, read: (name: string) => Promise<T>) => {
  let looked = 0;
  return async (name: string) => {
    looked += 1;
    return looked > times ? read(name) : old;
  };
};

describe('what a change came to', () => {
  it('is the record as it was found and as it is, and each write', async () => {
    const at = await closed();
    const notes: RecordWrite[] = [];
    let asked = 0;
    const identity = {
      accountId: async () => {
        asked += 1;
        return at.settings.ownerUid;
      },
    };
    const note = (write: RecordWrite) => notes.push(write);
    const made = await make(at, grant(at.clock.now()), { note, identity });
    expect([made.refusal, made.writes, made.lastWriteAt]).toEqual([null, at.writes.length, at.clock.now()]);
    expect([made.before, made.record].map(({ entries }) => entries.get('redis')?.state)).toEqual([
      'revoked',
      'granted',
    ]);
    expect(made.changes.some(({ asked: isAsked }) => isAsked)).toBe(true);
    expect(notes).toEqual([{ ...ROLE, before: made.before, after: made.record }]);
    // Whose account it is does not change within an invocation.
    expect(asked).toBe(1);
  });

  it('of a copy that finds a stranger’s policy: nothing of the record is told to the history', async () => {
    const at = await direct();
    const first = grant(at.clock.now());
    await make(at, first);
    await at.byHand('AttachPolicyToRole', ADMIN);
    const notes: RecordWrite[] = [];
    const made = await make(at, first, { note: (write) => notes.push(write) });
    expect([made.writes, notes]).toEqual([1, []]);
  });

  it('of a revoke of what the record never spoke of: somebody else made what it takes away', async () => {
    const at = await closed();
    await make(at, grant(at.clock.now(), { ids: ['gdb', 'lindorm'] }));
    await make(at, { action: 'revoke', ids: ['lindorm'], at: millis(at.clock.now() + 1) });
    at.owner.ram.findRole(NAME)?.tags.delete('dms-engine-gdb');
    const made = await make(at, { action: 'revoke', ids: ['gdb'], at: millis(at.clock.now() + 2) });
    const gone = made.changes.find(({ after }) => after === 'detach-policy DmsCrossAccountPolicy-gdb');
    expect(gone).toMatchObject({ asked: false });
  });

  it('that is refused is what was found, and changed nothing', async () => {
    const at = await direct();
    const until = millis(at.clock.now() + HOUR);
    await make(at, grant(at.clock.now(), { until }));
    at.clock.advance(1);
    const identity = { accountId: async () => REQUESTER };
    const made = await make(at, grant(at.clock.now(), { until: null }), { identity });
    expect(made).toMatchObject({
      refusal: { code: expect.any(String) },
      superseded: [],
      changes: [],
      writes: 0,
    });
    expect([...made.before.entries.keys()]).toEqual(['redis']);
  });

  it('on a role that somebody else made names the role', async () => {
    const at = await direct();
    await make(at, grant(at.clock.now()));
    at.owner.ram.findRole(NAME)?.tags.delete('managed-by');
    at.clock.advance(HOUR);
    const made = await make(at, grant(at.clock.now()));
    expect(made.refusal?.detail).toContain(`the role ${NAME} `);
  });
});

it.each([
  ['a grant', { action: 'grant', ids: ['redis'], until: 'never' }, true],
  ['an extension', { action: 'extend', ids: 'all', until: 'never' }, true],
  ['a revoke', { action: 'revoke', ids: 'all' }, false],
] as const)(
  '%s that comes after all of its record may be gone: refused, or not',
  async (_what, change, refused) => {
    const at = await direct();
    const made = await make(at, { ...change, at: millis(at.clock.now() - RETENTION_MS) });
    expect([made.refusal !== null, at.writes.length === 0]).toEqual([refused, refused]);
    // Nobody has to look at the role for that.
    expect(made.notes === null).toBe(refused);
  },
);

describe('a role that RAM does not show as it was written', () => {
  it.each([
    ['is read eight times at least', 0, 8],
    ['is read no more once every reading shows what was written', 17_500, 8],
    ['is read again until then', 17_501, 9],
  ])('%s', async (_what, patienceMs, readings) => {
    const at = await direct();
    const { ram } = at.provisionPorts();
    const blind = { ...ram, role: async () => null, roleTags: async () => new Map<string, string>() };
    await expect(
      make(at, grant(at.clock.now()), { ram: blind }, undefined, { patienceMs }),
    ).rejects.toMatchObject({
      code: 'internal',
      message: expect.stringContaining(`did not show ${NAME} as it was written within ${readings} readings;`),
    });
  });

  it('is waited for where what was read is no longer true, and after each further write', async () => {
    const at = await closed();
    const { ram } = at.provisionPorts();
    const late = { ...ram, role: firstOld(1, null, ram.role) };
    const started = at.clock.now();
    await make(at, grant(started), { ram: late });
    expect([at.clock.now() - started, attached(at)]).toEqual([750, ['DmsCrossAccountPolicy-redis']]);
  });

  it('is ours from the moment on that we made it, whatever its tags say yet', async () => {
    const at = await direct(false);
    const { ram } = at.provisionPorts();
    const roleTags = firstOld<ReadonlyMap<string, string>>(3, new Map(), ram.roleTags);
    expect((await make(at, grant(at.clock.now()), { ram: { ...ram, roleTags } })).refusal).toBeNull();
  });

  it('that somebody deleted a moment ago is made anew: neither its grants nor its notes come back', async () => {
    const at = await direct();
    const { memory } = at.provisionPorts();
    await make(at, grant(at.clock.now()), { memory });
    tag(at, 'dms-notes', 'reviewed:mwt3h340');
    at.clock.advance(1);
    await make(at, grant(at.clock.now(), { reference: 'OPS-1' }), { memory });
    at.owner.ram.roles.delete(NAME);
    at.clock.advance(1);
    const made = await make(at, grant(at.clock.now(), { ids: ['gdb'], reference: 'OPS-2' }), { memory });
    expect([...made.record.entries.keys()]).toEqual(['gdb']);
    expect(at.owner.ram.findRole(NAME)?.tags.get('dms-notes')).toBe('ref:OPS-2');
  });
});
