import { describe, expect, it } from 'vitest';
import { TerminalError } from '../../../shared/runtime/errors.ts';
import { millis } from '../../../shared/runtime/millis.ts';
import { answerInvocation } from '../../../shared/verification/answer-invocation.ts';
import { REQUESTER } from '../../kit/accounts.ts';
import { type Direct, direct, REQUESTERS } from '../../kit/direct.ts';
import { send } from '../../kit/send.ts';
import { sweeper } from '../../kit/sweeper.ts';
import { DAY } from '../../kit/time.ts';

const OTHER = REQUESTERS[1] ?? '';
const ROLE = `dms-cross-account-${REQUESTER}`;
const GRANT = { requesterUid: REQUESTER, engines: ['redis', 'rds'], reference: 'DBA-1' };

describe('who invokes verify is answered', () => {
  const ask = (at: Direct, wish: Parameters<typeof answerInvocation>[0]) =>
    answerInvocation(wish, at.settings, {
      ...at.verifyPorts(),
      lister: at.lister(),
      deadline: millis(at.clock.now() + DAY),
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
    const role = (name: string) => {
      at.clock.advance(11_000);
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
    expect([first.total, first.roles.length]).toEqual([6, 5]);
    const rest = await page(first.next ?? '');
    expect([rest.total, rest.roles.length, rest.next]).toEqual([6, 1, null]);
    const seen = [...first.roles, ...rest.roles].map(({ requesterUid }) => requesterUid);
    expect(seen).toEqual([...seen].sort());
    expect(new Set(seen).size).toBe(6);
  });
});
