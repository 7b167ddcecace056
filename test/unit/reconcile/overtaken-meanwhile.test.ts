import { describe, expect, it } from 'vitest';
import { RecentWrites } from '../../../shared/reconcile/recent-writes.ts';
import type { Change } from '../../../shared/record/change.ts';
import { NO_END_RULES } from '../../../shared/record/ends.ts';
import { formatEntry } from '../../../shared/record/entry.ts';
import type { Gate } from '../../../shared/requests/gate.ts';
import { millis } from '../../../shared/runtime/millis.ts';
import { direct } from '../../kit/direct.ts';
import { ADMIN, asks, attached, closed, grant, make, NAME, tag } from '../../kit/reconciling.ts';
import { HOUR, MINUTE } from '../../kit/time.ts';

/** Where ends have rules the time of a late word is kept. */
const ends = { ...NO_END_RULES, defaultEnd: (at: number) => millis(at + HOUR) };

describe('a word that is overtaken', () => {
  it.each<[what: string, late: (now: number) => Change]>([
    [
      'a grant with a reason',
      (now) => grant(now - MINUTE, { reference: 'OPS-1', until: millis(now + HOUR), ends }),
    ],
    ['a revoke', (now) => ({ action: 'revoke', ids: ['redis'], at: millis(now - MINUTE), ends })],
  ])('leaves its time, and neither its reason nor anything else: %s', async (_what, late) => {
    const at = await closed();
    await make(at, grant(at.clock.now()));
    at.writes.length = 0;
    await at.byHand('AttachPolicyToRole', ADMIN);
    const made = await make(at, late(at.clock.now()));
    expect([made.refusal?.code, at.writes]).toEqual(['superseded', ['TagResources']]);
    expect(attached(at)).toContain(ADMIN.PolicyName);
    expect(at.owner.ram.findRole(NAME)?.tags.get('dms-notes')).toBeUndefined();
  });

  it('writes nothing again of what was written here, where RAM does not show that yet', async () => {
    const at = await direct();
    await make(at, grant(at.clock.now()));
    at.clock.advance(2 * MINUTE);
    const before = new Map(at.owner.ram.findRole(NAME)?.tags);
    const memory = new RecentWrites();
    const revoke: Change = { action: 'revoke', ids: ['redis'], at: at.clock.now() };
    await make(at, revoke, at.provisionPorts(undefined, memory));
    at.writes.length = 0;
    const ports = at.provisionPorts(undefined, memory);
    const ram = { ...ports.ram, roleTags: async () => before };
    const made = await make(at, grant(at.clock.now() - MINUTE), { ...ports, ram });
    expect([made.refusal?.code, at.writes]).toEqual(['superseded', []]);
  });

  it('after the role was opened goes on until the role is what its record says', async () => {
    const at = await closed();
    const started = at.clock.now();
    const ports = at.provisionPorts(async ({ action }) => {
      if (action !== 'AttachPolicyToRole') return undefined;
      const newer = { state: 'revoked', at: millis(started + 1), until: null } as const;
      return () => tag(at, 'dms-engine-redis', formatEntry(newer));
    });
    await make(at, grant(started), ports);
    expect(attached(at)).toEqual([]);
  });

  it('after its end alone was written is told as overtaken', async () => {
    const at = await direct();
    const started = at.clock.now();
    await make(at, grant(started));
    at.clock.advance(2 * MINUTE);
    const newer = { state: 'granted', at: millis(at.clock.now() + 1), until: null } as const;
    const ports = at.provisionPorts(async ({ action }) =>
      action === 'TagResources' ? () => tag(at, 'dms-engine-redis', formatEntry(newer)) : undefined,
    );
    const made = await make(at, grant(at.clock.now(), { until: millis(at.clock.now() + HOUR) }), ports);
    expect(made.refusal?.code).toBe('superseded');
  });

  it('after the owner approved it is told as overtaken, and not as one that does not wait', async () => {
    const at = await closed();
    const started = at.clock.now();
    const asked = asks(started);
    await make(at, grant(started), {}, asked);
    at.clock.advance(2 * MINUTE);
    const newer = { state: 'revoked', at: millis(started + 1), until: null } as const;
    const ports = at.provisionPorts(async ({ action }) =>
      action === 'AttachPolicyToRole' ? () => tag(at, 'dms-engine-redis', formatEntry(newer)) : undefined,
    );
    const approved: Gate = { kind: 'approved', asked: asked.asked, action: 'grant' };
    const made = await make(at, grant(started), ports, approved);
    expect([made.refusal, made.superseded, attached(at)]).toEqual([null, ['redis'], []]);
  });
});

describe('a request that waits for approval', () => {
  it('writes what waits, and nothing else of a role that is there', async () => {
    const at = await closed();
    await at.byHand('AttachPolicyToRole', ADMIN);
    const made = await make(at, grant(at.clock.now()), {}, asks(at.clock.now()));
    expect([made.refusal, made.pending?.requestId, at.writes]).toEqual([null, 'r-1', ['TagResources']]);
    expect(attached(at)).toEqual([ADMIN.PolicyName]);
  });

  it('waits also where only its end counts still, as a newer one has decided about its scope', async () => {
    const at = await closed();
    await make(at, grant(at.clock.now(), { until: null }));
    const then = at.clock.now() - MINUTE;
    const narrowed = new Map([['redis', ['r-abc123']]] as const);
    const late = grant(then, { narrowed, until: millis(then + HOUR) });
    const made = await make(at, late, {}, asks(then));
    expect([made.refusal, made.pending?.requestId]).toEqual([null, 'r-1']);
  });

  it('is refused where the tags of others leave no room to note it', async () => {
    const at = await closed();
    for (let more = at.owner.ram.findRole(NAME)?.tags.size ?? 0; more < 20; more += 1)
      tag(at, `team-${more}`, 'x');
    const made = await make(at, grant(at.clock.now()), {}, asks(at.clock.now()));
    expect([made.refusal?.code, at.writes]).toEqual(['quota-exceeded', []]);
    expect(made.refusal?.detail).toMatch(/21.*20/);
  });
});
