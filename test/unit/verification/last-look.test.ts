import { beforeEach, expect, it } from 'vitest';
import type { Upkeep } from '../../../events/upkeep.ts';
import { provision } from '../../../functions/provision/provision.ts';
import { type Looked, lastLook, noteLooks } from '../../../shared/verification/last-look.ts';
import { verify } from '../../../shared/verification/verify.ts';
import { REQUESTER } from '../../kit/accounts.ts';
import { type Direct, direct, laneTopic } from '../../kit/direct.ts';
import { roleOf } from '../../kit/roles.ts';
import { SENDER, type Sweeper, sweeper } from '../../kit/sweeper.ts';
import { HOUR } from '../../kit/time.ts';

let at: Direct;
let sweeping: Sweeper;
let messages = 0;

beforeEach(async () => {
  at = await direct(true, { heal: false });
  sweeping = sweeper(at);
});

/** Sends a request, and answers what verify had noted of the role. */
const send = async (body: object): Promise<readonly Upkeep[]> => {
  messages += 1;
  at.clock.advance(HOUR);
  const delivery = {
    body: JSON.stringify(body),
    messageId: `message-${messages}`,
    publishedAt: at.clock.now(),
    topic: laneTopic(body, REQUESTER),
  };
  const outcome = await provision(delivery, at.settings, at.provisionPorts());
  const looks: Looked[] = [];
  await verify(outcome, at.settings, SENDER, { ...at.verifyPorts(), heard: (one) => looks.push(one) });
  await noteLooks(looks, { ask: async (one) => void sweeping.asked.push(one) }, at.clock.now());
  const asked = [...sweeping.asked];
  await sweeping.deliver();
  return asked;
};
const GRANT = { requesterUid: REQUESTER, engines: ['redis'] };
const VERIFY = { requesterUid: REQUESTER, action: 'verify' };
const tags = () => new Map(roleOf(at)?.tags);
const last = () => lastLook(tags())?.status;
const verdict = () => tags().get('dms-verdict');
const breakIt = () => {
  const role = roleOf(at);
  if (role !== undefined) role.attachments = [];
};

it('a grant that came out right is not noted; who asks for a verify finds it in the list', async () => {
  expect(await send(GRANT)).toEqual([]);
  expect(last()).toBeUndefined();
  await send(VERIFY);
  expect(last()).toBe('verified');
  expect(await send(VERIFY)).toEqual([]);
});

it('what verify finds is noted apart, and the sweep tells what it would have told', async () => {
  await send(GRANT);
  await sweeping.runAndDeliver();
  const before = verdict();
  breakIt();
  await send(VERIFY);
  expect([last(), verdict()]).toEqual(['failed', before]);
  await sweeping.runAndDeliver();
  expect(sweeping.replies.map(({ data }) => data.status)).toEqual(['changed']);
  expect(verdict()).toMatch(/^failed /);
});

it('what the sweep finds later counts, also where that is what it remembers', async () => {
  await send(GRANT);
  await sweeping.runAndDeliver();
  const before = verdict();
  breakIt();
  await send(VERIFY);
  await at.byHand('AttachPolicyToRole', {
    PolicyName: 'DmsCrossAccountPolicy-redis',
    PolicyType: 'Custom',
    RoleName: roleOf(at)?.name ?? '',
  });
  at.clock.advance(HOUR);
  await sweeping.runAndDeliver();
  expect([last(), verdict()]).toEqual(['verified', before]);
  expect(sweeping.replies).toEqual([]);
  await sweeping.run();
  expect(sweeping.asked).toEqual([]);
});

it.each([
  ['from the future', { seen: `v~${(2_000_000_000_000).toString(36)}` }],
  ['of another form', { seen: 'yes' }],
  ['older than what was found since', { seen: 'f~mt000000' }],
])('a look %s is not noted', async (_what, { seen }) => {
  await send(GRANT);
  await send(VERIFY);
  const role = roleOf(at)?.name ?? '';
  sweeping.asked.push({ remember: { roles: [role], tags: { 'dms-notes': `seen:${seen}` } } });
  const before = tags();
  await sweeping.deliver();
  expect(tags()).toEqual(before);
});

it('a note that is refused is told to whoever has it noted', async () => {
  const role = { requesterUid: REQUESTER, access: 'register' } as const;
  const one: Looked = {
    role,
    tags: new Map([['managed-by', 'dms-handshake']]),
    status: 'failed',
    asked: true,
  };
  const refusing = { ask: () => Promise.reject(new Error('refused')) };
  await expect(noteLooks([one], refusing, at.clock.now())).rejects.toThrow('refused');
});
