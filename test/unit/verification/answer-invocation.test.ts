import { describe, expect, it } from 'vitest';
import { TerminalError } from '../../../shared/runtime/errors.ts';
import { millis } from '../../../shared/runtime/millis.ts';
import { type AnswerPorts, answerInvocation } from '../../../shared/verification/answer-invocation.ts';
import type { Looked } from '../../../shared/verification/last-look.ts';
import { OWNER, REQUESTER } from '../../kit/accounts.ts';
import { type Direct, direct, REQUESTERS } from '../../kit/direct.ts';
import { roleOf } from '../../kit/roles.ts';
import { send } from '../../kit/send.ts';
import { sweeper } from '../../kit/sweeper.ts';
import { DAY } from '../../kit/time.ts';

const OTHER = REQUESTERS[1] ?? '';
const ROLE = `dms-cross-account-${REQUESTER}`;
const GRANT = { requesterUid: REQUESTER, engines: ['redis', 'rds'], reference: 'DBA-1' };

describe('who invokes verify is answered', () => {
  const ask = (
    at: Direct,
    wish: Parameters<typeof answerInvocation>[0],
    heard?: AnswerPorts['heard'],
    over: Partial<AnswerPorts> = {},
  ) =>
    answerInvocation(wish, at.settings, {
      ...at.verifyPorts(),
      ...(heard === undefined ? {} : { heard }),
      lister: at.lister(),
      deadline: millis(at.clock.now() + DAY),
      ...over,
    });

  it('about both roles of a requester, or one of them, or that there is none', async () => {
    const at = await direct();
    await send(at, GRANT);
    await send(at, { requesterUid: REQUESTER, access: 'console', users: ['alice'] });
    const seen = async (wish: Parameters<typeof answerInvocation>[0]) =>
      (await ask(at, wish)).roles.map(({ access, status, assurance }) => [access, status, assurance]);
    const both = [
      ['register', 'verified', 'assumed'],
      ['console', 'verified', 'assumed'],
    ];
    expect(await seen({ requesterUid: REQUESTER })).toEqual(both);
    expect(await seen({ requesterUid: REQUESTER, access: 'console' })).toEqual([both[1]]);
    expect(await seen({ requesterUid: OTHER })).toEqual([['register', 'failed', 'structural']]);
  });

  it('about all roles, in order, a closed one among them, from one on', async () => {
    const at = await direct();
    for (const uid of REQUESTERS) await sweeper(at).request({ requesterUid: uid, engines: ['redis'] });
    at.clock.advance(60_000);
    await send(at, { requesterUid: REQUESTER, action: 'revoke' });
    at.clock.advance(60_000);
    const all = await ask(at, {});
    expect([all.total, all.next]).toEqual([3, null]);
    expect(all.roles.map(({ requesterUid, status }) => [requesterUid, status])).toEqual(
      REQUESTERS.map((uid) => [uid, uid === REQUESTER ? 'revoked' : 'verified']),
    );
    const after = await ask(at, { after: ROLE, access: 'register' });
    expect([after.total, after.roles.length]).toEqual([3, 2]);
    expect((await ask(at, { access: 'console' })).roles).toEqual([]);
  });

  it('with what is known of a role: its grants, its last use, an emergency, and the evidence', async () => {
    const at = await direct();
    await send(at, { ...GRANT, expiresAt: '2026-12-01T00:00:00Z' });
    const now = at.clock.now();
    const [used, digest] = [millis(Math.floor(now / DAY) * DAY - DAY), 'd'.repeat(43)];
    const [since, until] = [now - 1_000, now + DAY].map((time) => new Date(time).toISOString());
    roleOf(at)?.tags.set('dms-notes', `used:${used.toString(36)}`);
    roleOf(at)?.tags.set('dms-break-glass', `${since} until ${until} ${digest} it burns`);
    const looks: Looked[] = [];
    const asked = { requesterUid: REQUESTER, access: 'register' } as const;
    const [report] = (await ask(at, asked, (one) => void looks.push(one))).roles;
    const end = { expiresAt: '2026-12-01T00:00:00.000Z', instances: null, readOnly: false };
    expect(report).toMatchObject({
      roleArn: `acs:ram::${OWNER}:role/${ROLE}`,
      requesterUid: REQUESTER,
      access: 'register',
      status: 'verified',
      assurance: 'assumed',
      grants: [
        { id: 'rds', ...end },
        { id: 'redis', ...end },
      ],
      breakGlass: { reason: 'it burns', since, until, confirmed: false },
      lastUsedOn: '2026-11-22',
    });
    expect(report?.checks.map(({ id }) => id).slice(-2)).toEqual(['engine:rds', 'engine:redis']);
    expect(looks).toMatchObject([
      { role: { access: 'register', requesterUid: REQUESTER }, status: 'verified', asked: true },
    ]);
  });

  it('that a role is broken, and what of it could not be tried', async () => {
    const at = await direct();
    await send(at, GRANT);
    const { ram, assumer } = at.verifyPorts();
    const attachedPolicies = async () => [];
    const broken = await ask(at, { requesterUid: REQUESTER }, undefined, {
      ram: { ...ram, attachedPolicies },
    });
    expect(broken.roles).toMatchObject([{ status: 'failed', assurance: 'assumed', lastUsedOn: null }]);
    expect([broken.total, broken.next, broken.unjudged]).toEqual([1, null, []]);
    const assume: typeof assumer.assume = async (asked) =>
      asked.externalId === null ? assumer.assume(asked) : { kind: 'unknown', detail: 'why' };
    const untried = await ask(at, { requesterUid: REQUESTER }, undefined, { assumer: { assume } });
    expect(untried.roles).toMatchObject([{ status: 'verified', assurance: 'structural' }]);
  });

  it('that there is no role, which grants nothing', async () => {
    const at = await direct();
    const { roles, total } = await ask(at, { requesterUid: OTHER });
    expect(roles).toMatchObject([
      { roleArn: null, requesterUid: OTHER, access: 'register', grants: [], lastUsedOn: null },
    ]);
    expect(total).toBe(1);
    const tags = new Map([
      ...(roleOf(at)?.tags ?? []),
      ['dms-engine-redis', 'granted 2026-11-23T09:00:00.000Z'] as const,
    ]);
    const roleTags = async () => tags;
    const gone = await ask(at, { requesterUid: OTHER }, undefined, {
      ram: { ...at.verifyPorts().ram, roleTags },
    });
    expect(gone.roles).toMatchObject([{ roleArn: null, grants: [] }]);
    const console = await ask(at, { requesterUid: OTHER, access: 'console' });
    expect(console.roles).toMatchObject([{ roleArn: null, access: 'console' }]);
    const nobody = await ask(at, {});
    expect(nobody).toEqual({ roles: [], unjudged: [], total: 0, next: null });
  });

  it('nothing about roles whose names only begin like ours', async () => {
    const at = await direct();
    await send(at, GRANT);
    const lister = at.lister();
    async function* roles() {
      for await (const one of lister.roles()) {
        yield { ...one, name: 'dms-handshake-verify' };
        yield one;
      }
    }
    const found = await ask(at, {}, undefined, { lister: { ...lister, roles } });
    expect([found.total, found.roles.length]).toEqual([1, 1]);
  });

  it('about all others where one cannot be looked at, which is named with what may be told of the reason', async () => {
    const at = await direct();
    for (const uid of REQUESTERS) await sweeper(at).request({ requesterUid: uid, engines: ['redis'] });
    const { ram, ...ports } = at.verifyPorts();
    const [, refused = '', broken = ''] = REQUESTERS.map((uid) => `dms-cross-account-${uid}`);
    const role = async (name: string) => {
      if (name === refused) throw new TerminalError('internal', 'RAM GetRole: it said no');
      if (name === broken) throw new TypeError('who knows what this says');
      return ram.role(name);
    };
    const found = await answerInvocation({}, at.settings, {
      ...ports,
      ram: { ...ram, role },
      lister: at.lister(),
      deadline: millis(at.clock.now() + DAY),
    });
    expect(found.roles.map(({ requesterUid, status }) => [requesterUid, status])).toEqual([
      [REQUESTERS[0], 'verified'],
    ]);
    expect(found.unjudged).toEqual([
      { role: refused, reason: 'RAM GetRole: it said no' },
      { role: broken, reason: 'TypeError' },
    ]);
    expect([found.total, found.next]).toEqual([3, null]);
  });

  it('a page at a time where it takes long, and goes on after the last that was seen', async () => {
    const at = await direct();
    for (const uid of REQUESTERS) await sweeper(at).request({ requesterUid: uid, engines: ['redis'] });
    const [lister, ports] = [at.lister(), at.verifyPorts()];
    let each = 2_000;
    const role = (name: string) => {
      at.clock.advance(each);
      return ports.ram.role(name);
    };
    // More of them than are looked at side by side, and in no order.
    async function* roles() {
      for await (const one of lister.roles()) {
        yield one;
        yield { ...one, name: one.name.replace(/0(\d{3})$/, '9$1') };
      }
    }
    const page = (after?: string) =>
      answerInvocation(after === undefined ? {} : { after }, at.settings, {
        ...ports,
        ram: { ...ports.ram, role },
        lister: { ...lister, roles },
        deadline: millis(at.clock.now() + DAY),
      });
    const first = await page();
    expect(first.next).toBe(
      first.roles.map(({ requesterUid }) => `dms-cross-account-${requesterUid}`).at(-1),
    );
    expect([first.total, first.roles.length]).toEqual([6, 5]);
    const rest = await page(first.next ?? '');
    expect([rest.total, rest.roles.length, rest.next]).toEqual([6, 1, null]);
    const seen = [...first.roles, ...rest.roles].map(({ requesterUid }) => requesterUid);
    expect(seen).toEqual([...seen].sort());
    expect(new Set(seen).size).toBe(6);
    each = 1_999;
    const all = await page();
    expect([all.roles.length, all.next]).toEqual([6, null]);
  });
});
