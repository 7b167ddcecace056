import { beforeEach, expect, it } from 'vitest';
import type { Outcome } from '../../../events/outcome.ts';
import { provision } from '../../../functions/provision/provision.ts';
import { RecentWrites } from '../../../shared/reconcile/recent-writes.ts';
import { readNotes } from '../../../shared/record/notes.ts';
import { REQUESTER } from '../../kit/accounts.ts';
import { type Direct, direct, laneTopic } from '../../kit/direct.ts';
import { ROLE, roleOf } from '../../kit/roles.ts';
import { DAY, HOUR, MINUTE } from '../../kit/time.ts';

let at: Direct;
let memory: RecentWrites;
let messages = 0;

beforeEach(async () => {
  at = await direct(false);
  memory = new RecentWrites();
  await send({ requesterUid: REQUESTER, engines: ['redis'], reference: 'OPS-42' });
  at.clock.advance(HOUR);
});

const send = (body: object): Promise<Outcome> => {
  messages += 1;
  const delivery = {
    body: JSON.stringify(body),
    messageId: `message-${messages}`,
    publishedAt: at.clock.now(),
    topic: laneTopic(body, REQUESTER),
  };
  return provision(delivery, at.settings, at.provisionPorts(undefined, memory));
};
const notes = () => readNotes(roleOf(at)?.tags ?? new Map());
const told = (time: number, further = '', role = ROLE) =>
  send({
    upkeep: { remember: { roles: [role], tags: { 'dms-notes': `told:${time.toString(36)}${further}` } } },
  });

it('what was told is noted by provision, forward only, and never ahead of its clock', async () => {
  const now = at.clock.now();
  expect((await told(now - DAY)).writes).toBe(1);
  expect((await told(now - DAY)).writes).toBe(0);
  expect((await told(now - 2 * DAY)).writes).toBe(0);
  expect((await told(now + 6 * MINUTE)).writes).toBe(0);
  expect(notes()).toMatchObject({ toldAt: now - DAY, reference: 'OPS-42' });
});

it('nothing else of such a message is noted, and nothing of a message that says nothing', async () => {
  const now = at.clock.now();
  await told(now - DAY, ` reviewed:${now.toString(36)} asked:${now.toString(36)} digest:x ref:mine`);
  expect(notes()).toEqual({
    reviewedAt: null,
    askedAt: null,
    toldAt: now - DAY,
    seen: null,
    usedAt: null,
    idleAt: null,
    further: new Map(),
    reference: 'OPS-42',
  });
  const before = [...(roleOf(at)?.tags ?? [])];
  for (const value of ['', 'told:', 'told:-', 'ref:mine'])
    await send({ upkeep: { remember: { roles: [ROLE], tags: { 'dms-notes': value } } } });
  expect([...(roleOf(at)?.tags ?? [])]).toEqual(before);
});

it('nothing is noted on a role that is not ours, that has another name, or without room', async () => {
  const now = at.clock.now();
  expect((await told(now, '', 'dms-handshake-verify')).writes).toBe(0);
  const role = roleOf(at);
  role?.tags.delete('managed-by');
  expect((await told(now)).writes).toBe(0);
  role?.tags.set('managed-by', 'dms-handshake');
  role?.tags.delete('dms-notes');
  for (let n = 0; (role?.tags.size ?? 20) < 20; n += 1) role?.tags.set(`of-people-${n}`, 'x');
  expect((await told(now)).writes).toBe(0);
  expect(role?.tags.has('dms-notes')).toBe(false);
});

it('a reading that is too old takes no note away that was written within the minute', async () => {
  const old = roleOf(at)?.tags.get('dms-notes') ?? '';
  const now = at.clock.now();
  await send({ requesterUid: REQUESTER, engines: ['gdb'], reference: 'OPS-43' });
  roleOf(at)?.tags.set('dms-notes', old);
  await told(now - HOUR);
  expect(notes()).toMatchObject({ toldAt: now - HOUR, reference: 'OPS-43' });
  roleOf(at)?.tags.set('dms-notes', old);
  await send({ requesterUid: REQUESTER, engines: ['lindorm'], reference: 'OPS-44' });
  expect(notes()).toMatchObject({ toldAt: now - HOUR, reference: 'OPS-44' });
});
