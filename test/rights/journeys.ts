import assert from 'node:assert/strict';
import type { Reply } from '../../events/reply.ts';
import { assumeAsService } from '../../local/cloud/sts/index.ts';
import { readNotes } from '../../shared/record/notes.ts';
import { attach } from '../kit/by-hand.ts';
import { attachedTo, CONSOLE_ROLE, policyOf, ROLE, roleOf } from '../kit/roles.ts';
import { DAY, HOUR } from '../kit/time.ts';
import { type Ground, REQUESTER } from './ground.ts';

/** A short way through the installation, which ends as it must or throws. Each begins in a world without grants. */
export interface Journey {
  readonly name: string;
  run(at: Ground): Promise<void>;
}

const attached = (at: Ground, name = ROLE) => [...attachedTo(at, name)].sort();

/** A reply about a role that is right. Where something is granted everything could be found out about it, too. */
function sound({ data }: Reply, status: 'verified' | 'revoked'): void {
  assert.equal(data.status, status);
  const good = status === 'verified' ? ['pass'] : ['pass', 'skip'];
  for (const check of data.checks) assert.ok(good.includes(check.status), check.id);
}

const grant = (at: Ground, engines: readonly string[], more: object = {}) =>
  at.ask({ requesterUid: REQUESTER, engines, ...more });

export const JOURNEYS: readonly Journey[] = [
  {
    name: 'grant',
    async run(at) {
      const reply = await grant(at, ['redis', 'lindorm']);
      sound(reply, 'verified');
      assert.equal(reply.data.assurance, 'assumed');
    },
  },
  {
    name: 'people told of a reply',
    async run(at) {
      const before = at.told();
      await grant(at, ['redis']);
      assert.equal(at.told(), before + 1);
    },
  },
  {
    name: 'request over HTTP, and lines of every function in the logstore',
    async run(at) {
      const names = ['intake', 'provision', 'verify', 'notify'].map((name) => `dms-handshake-${name}`);
      const before = names.map(at.linesOf);
      const body = JSON.stringify({ requesterUid: REQUESTER, engines: ['gdb'] });
      const headers = { 'content-type': 'application/json', authorization: `Bearer ${at.httpToken}` };
      await at.clock.during(fetch(`${at.ready.http}/requests`, { method: 'POST', headers, body }));
      await at.settle();
      const after = names.map(at.linesOf);
      for (const [index, name] of names.entries())
        assert.ok((after[index] ?? 0) > (before[index] ?? 0), name);
    },
  },
  {
    name: 'change',
    async run(at) {
      await grant(at, ['redis', 'lindorm']);
      sound(await at.ask({ requesterUid: REQUESTER, action: 'revoke', engines: ['redis'] }), 'revoked');
      assert.deepEqual(attached(at), ['DmsCrossAccountPolicy-lindorm']);
    },
  },
  {
    name: 'close',
    async run(at) {
      await grant(at, ['redis']);
      sound(await at.ask({ requesterUid: REQUESTER, action: 'revoke' }), 'revoked');
      assert.deepEqual(attached(at), []);
      assert.doesNotMatch(roleOf(at)?.trust ?? '', /dms\.aliyuncs\.com/);
    },
  },
  {
    name: 'console access and its end',
    async run(at) {
      sound(await at.ask({ requesterUid: REQUESTER, access: 'console', users: ['alice'] }), 'verified');
      sound(await at.ask({ requesterUid: REQUESTER, access: 'console', action: 'revoke' }), 'revoked');
      assert.deepEqual(attached(at, CONSOLE_ROLE), []);
    },
  },
  {
    name: 'new users in the room of those revoked a day ago',
    async run(at) {
      const users = Array.from({ length: 14 }, (_, n) => `user-${n}`);
      const ask = (more: object) => at.ask({ requesterUid: REQUESTER, access: 'console', ...more });
      sound(await ask({ users }), 'verified');
      await ask({ action: 'revoke', users: users.slice(1) });
      await at.clock.advance(DAY + HOUR);
      sound(await ask({ users: ['new-1', 'new-2'] }), 'verified');
    },
  },
  {
    name: 'request over HTTP',
    async run(at) {
      const body = JSON.stringify({ requesterUid: REQUESTER, engines: ['gdb'] });
      const headers = { 'content-type': 'application/json', authorization: `Bearer ${at.httpToken}` };
      const posted = fetch(`${at.ready.http}/requests`, { method: 'POST', headers, body });
      assert.equal((await at.clock.during(posted)).status, 202);
      const [reply] = await at.settle();
      assert.equal(reply?.data.status, 'verified');
    },
  },
  {
    name: 'report to the command line',
    async run(at) {
      await grant(at, ['gdb']);
      const { roles } = await at.invokeVerify();
      assert.deepEqual(
        roles.map(({ status }) => status),
        ['verified'],
      );
    },
  },
  {
    name: 'repair of a changed policy',
    async run(at) {
      await grant(at, ['gdb']);
      const PolicyDocument = '{"Version":"1","Statement":[{"Effect":"Allow","Action":"x:y","Resource":"*"}]}';
      const PolicyName = 'DmsCrossAccountPolicy-gdb';
      await at.byHand('CreatePolicyVersion', { PolicyName, PolicyDocument, SetAsDefault: 'true' });
      sound(await grant(at, ['gdb']), 'verified');
    },
  },
  {
    name: 'removal of what others attached',
    async run(at) {
      await grant(at, ['gdb']);
      const PolicyDocument = '{"Version":"1","Statement":[{"Effect":"Allow","Action":"x:y","Resource":"*"}]}';
      if (policyOf(at, 'payroll') === undefined)
        await at.byHand('CreatePolicy', { PolicyName: 'payroll', PolicyDocument });
      await attach(at, ROLE, 'payroll', 'Custom');
      await attach(at, ROLE, 'ReadOnlyAccess');
      sound(await grant(at, ['gdb']), 'verified');
    },
  },
  {
    name: 'end of a grant, by the timer',
    async run(at) {
      await grant(at, ['redis'], { expiresAt: new Date(at.clock.now() + 2 * HOUR).toISOString() });
      await at.clock.advance(3 * HOUR);
      const replies = await at.sweep();
      assert.deepEqual(
        replies.map(({ data }) => [data.status, data.problem?.code]),
        [['revoked', 'expired']],
      );
      assert.deepEqual(attached(at), []);
    },
  },
  {
    name: 'deletion of a closed role and its policy, by the timer',
    async run(at) {
      await grant(at, ['redis']);
      await at.byHand('CreatePolicyVersion', {
        PolicyName: 'DmsCrossAccountPolicy-redis',
        PolicyDocument: '{"Version":"1","Statement":[{"Effect":"Allow","Action":"x:y","Resource":"*"}]}',
      });
      await at.ask({ requesterUid: REQUESTER, action: 'revoke' });
      await at.ask({ requesterUid: REQUESTER, access: 'console', action: 'revoke' });
      await at.clock.advance(DAY + HOUR);
      await at.sweep();
      assert.deepEqual([roleOf(at), roleOf(at, CONSOLE_ROLE)], [undefined, undefined]);
      await at.clock.advance(DAY + HOUR);
      await at.sweep();
      assert.equal(policyOf(at, 'DmsCrossAccountPolicy-redis'), undefined);
    },
  },
  {
    name: 'last use of a role, by the timer',
    async run(at) {
      await grant(at, ['redis']);
      const service = `${REQUESTER}@dms.aliyuncs.com`;
      const roleArn = roleOf(at)?.arn ?? '';
      assumeAsService(at.world, { service, roleArn, sessionName: 'dms', durationSeconds: 900 });
      await at.sweep();
      assert.notEqual(readNotes(roleOf(at)?.tags ?? new Map()).usedAt, null);
    },
  },
  {
    name: 'dead letter',
    async run(at) {
      await at.withoutReplies(() => assert.rejects(grant(at, ['redis']), /no reply/));
      assert.equal(at.deadLetters(), 1);
      sound(await grant(at, ['redis']), 'verified');
    },
  },
];
