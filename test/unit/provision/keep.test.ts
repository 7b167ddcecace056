import { beforeEach, expect, it } from 'vitest';
import { provision } from '../../../functions/provision/provision.ts';
import { readNotes } from '../../../shared/record/notes.ts';
import { verify } from '../../../shared/verification/verify.ts';
import { REQUESTER } from '../../kit/accounts.ts';
import { approving } from '../../kit/approval.ts';
import { type Direct, direct, laneTopic } from '../../kit/direct.ts';
import { ROLE, roleOf } from '../../kit/roles.ts';
import { envelopeOf, pairOf } from '../../kit/signing-keys.ts';
import { SENDER } from '../../kit/sweeper.ts';
import { HOUR, MINUTE } from '../../kit/time.ts';

let at: Direct;
let messages = 0;

beforeEach(async () => {
  at = await direct();
});

const send = (body: object, publishedAt = at.clock.now(), over = {}) => {
  messages += 1;
  const messageId = `message-${messages}`;
  const delivery = {
    body: JSON.stringify(body),
    messageId,
    publishedAt,
    topic: laneTopic(body, REQUESTER),
    ...over,
  };
  return provision(delivery, at.settings, at.provisionPorts());
};
const granted = async () => {
  await send({ requesterUid: REQUESTER, engines: ['redis'], reference: 'OPS-42' });
  at.clock.advance(HOUR);
};
const KEEP = { owner: { keep: { requesterUid: REQUESTER, access: 'register', requestId: 'keep-1' } } };
const tags = () => new Map(roleOf(at)?.tags);
const noted = () => readNotes(tags());

it('a role that the owner keeps has the time of that word, and all else as it was', async () => {
  await granted();
  const before = tags();
  const outcome = await send(KEEP);
  expect(outcome).toMatchObject({ result: 'report', writes: 1, to: [REQUESTER, 'owner'], problem: null });
  expect(noted()).toMatchObject({ reviewedAt: at.clock.now(), reference: 'OPS-42' });
  before.delete('dms-notes');
  const after = tags();
  after.delete('dms-notes');
  expect(after).toEqual(before);
  const reply = await verify(outcome, at.settings, SENDER, at.verifyPorts());
  expect(reply?.data).toMatchObject({ status: 'verified', requestId: 'keep-1', engines: ['redis'] });
});

it('of two confirmations the later one counts, in whatever order they arrive, and copies write nothing', async () => {
  await granted();
  const early = at.clock.now();
  at.clock.advance(HOUR);
  const last = at.clock.now();
  await send(KEEP);
  expect((await send(KEEP, early)).writes).toBe(0);
  expect((await send(KEEP, last)).writes).toBe(0);
  expect(noted().reviewedAt).toBe(last);
});

it('a role that grants nothing, is not ours, or has no room is not kept, and the owner is told', async () => {
  const code = async () => (await send(KEEP)).problem?.code;
  expect(await code()).toBe('invalid-request');
  await granted();
  const role = roleOf(at);
  role?.tags.delete('managed-by');
  expect(await code()).toBe('role-not-owned');
  role?.tags.set('managed-by', 'dms-handshake');
  role?.tags.delete('dms-notes');
  for (let n = 0; (role?.tags.size ?? 20) < 20; n += 1) role?.tags.set(`of-people-${n}`, 'x');
  expect(await code()).toBe('quota-exceeded');
  await send({ requesterUid: REQUESTER, action: 'revoke' });
  expect(await code()).toBe('invalid-request');
  expect(roleOf(at, ROLE)?.tags.has('dms-notes')).toBe(false);
});

it('where approvers are listed one of them has to sign, and only the owner is told otherwise', async () => {
  const approvers = [{ name: 'ada', publicKey: pairOf(5).publicKey }];
  at = await direct(true, approving({}, { approvers }, { approval: undefined }));
  await send({ requesterUid: REQUESTER, engines: ['redis'] });
  const timestamp = String(Math.floor(at.clock.now() / 1_000));
  const signed = (seed: number) => envelopeOf(JSON.stringify(KEEP), { seed, timestamp });
  const owner = { topic: at.settings.ownerTopic };
  for (const body of [KEEP, signed(6)]) {
    const { problem, to, writes } = await send(body, at.clock.now(), owner);
    expect([problem?.code, to, writes]).toEqual(['signature-invalid', ['owner'], 0]);
  }
  expect(await send(signed(5), at.clock.now(), owner)).toMatchObject({ writes: 1, approvedBy: 'ada' });
  expect(noted().reviewedAt).toBe(at.clock.now());
});

it('a signed word that is published again counts from its signature, and in its own account alone', async () => {
  const approvers = [{ name: 'ada', publicKey: pairOf(5).publicKey }];
  at = await direct(true, approving({}, { approvers }, { approval: undefined }));
  await send({ requesterUid: REQUESTER, engines: ['redis'] });
  const owner = { topic: at.settings.ownerTopic };
  const timestamp = String(Math.floor(at.clock.now() / 1_000));
  const signed = envelopeOf(JSON.stringify(KEEP), { seed: 5, timestamp });
  at.clock.advance(4 * MINUTE);
  await send(signed, at.clock.now(), owner);
  expect(noted().reviewedAt).toBe(Number(timestamp) * 1_000 + 999);
  const { keep } = KEEP.owner;
  const foreign = { owner: { keep: { ...keep, ownerUid: '2000000000000009' } } };
  const now = String(Math.floor(at.clock.now() / 1_000));
  const other = envelopeOf(JSON.stringify(foreign), { seed: 5, timestamp: now });
  expect(await send(other, at.clock.now(), owner)).toMatchObject({
    problem: { code: 'wrong-account' },
    to: ['owner'],
    writes: 0,
  });
});

it('a word to keep a role counts on the topic of the owner alone', async () => {
  await granted();
  for (const topic of [at.settings.upkeepTopic, `requests-${REQUESTER}`])
    expect((await send(KEEP, at.clock.now(), { topic })).writes).toBe(0);
  expect(noted().reviewedAt).toBeNull();
});
