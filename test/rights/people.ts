import assert from 'node:assert/strict';
import { findPending } from '../../cli/approval/find-pending.ts';
import { askVerify } from '../../cli/ask-verify.ts';
import { applyPlan } from '../../cli/bootstrap/carry-out.ts';
import { groundOf } from '../../cli/bootstrap/ground.ts';
import { removalSteps } from '../../cli/bootstrap/removal.ts';
import { takeLetters } from '../../cli/dead-letters/letters.ts';
import { runLive, STEPS } from '../../cli/doctor/live/run.ts';
import type { Step } from '../../cli/doctor/live/step.ts';
import { ownerChecks } from '../../cli/doctor/owner.ts';
import { historyOf } from '../../cli/history/history.ts';
import { apiOf, mnsOf, patienceOf, trailOf } from '../../cli/site.ts';
import { invokeSweep } from '../../cli/sweep/sweep-now.ts';
import { localOptions } from '../../client/local-options.ts';
import { createRequester } from '../../client/requester.ts';
import type { Check } from '../../events/check.ts';
import { ApiError } from '../../local/cloud/error.ts';
import type { WeatherCall } from '../../local/cloud/weather/fault.ts';
import { readRequesters } from '../../shared/admission/requesters.ts';
import { queue } from '../../shared/alicloud/queue.ts';
import { ramLister } from '../../shared/alicloud/ram-lister.ts';
import { ramReader } from '../../shared/alicloud/ram-reader.ts';
import { topic } from '../../shared/alicloud/topic.ts';
import { heardTopics } from '../../shared/installation/installation.ts';
import { preview } from '../../shared/reconcile/preview.ts';
import { millis } from '../../shared/runtime/millis.ts';
import { shown } from '../kit/approval.ts';
import { AT } from './at.ts';
import { DEPLOYMENT_ERRANDS } from './deployment.ts';
import { ADMINISTRATOR, bootstrap, type Errand, siteFor } from './errand.ts';
import { REQUESTER } from './ground.ts';
import { stripInstallation } from './strip.ts';

const NOBODY = JSON.stringify({
  Statement: [{ Action: 'sts:AssumeRole', Effect: 'Allow', Principal: { RAM: ['acs:ram::3:root'] } }],
  Version: '1',
});

/** Steps of a live run, with a person's keys in one account and an administrator's in the other. */
const liveAs =
  (side: 'owner' | 'requester', ...names: readonly string[]): Errand['run'] =>
  async (cloud, person) => {
    const owner = siteFor(cloud, side === 'owner' ? person : ADMINISTRATOR(cloud));
    const requester = {
      ...siteFor(cloud, side === 'requester' ? person : cloud.ready.requester),
      accountId: cloud.requester.uid,
      endpoint: cloud.ready.requester.endpoint,
    };
    const run = (steps: readonly Step[]) =>
      runLive({
        owner,
        requester,
        requesterUid: REQUESTER,
        patienceMs: 0,
        signal: new AbortController().signal,
        say: () => undefined,
        log: null,
        steps,
      });
    const failed = (checks: readonly Check[]) =>
      checks.filter(({ status }) => status === 'fail').map(({ id }) => id);
    assert.deepEqual(failed(await run(STEPS.filter(({ name }) => names.includes(name)))), []);
    if (!names.includes('structural')) return;
    // A run that cannot close its roles takes them away all the same.
    const refused = new ApiError(400, 'MalformedPolicyDocument', 'No.');
    const matches = ({ operation, accessKeyId }: WeatherCall) =>
      /^(UpdateRole|DetachPolicyFromRole)$/.test(operation) && accessKeyId.startsWith('STS.');
    const times = Number.POSITIVE_INFINITY;
    cloud.world.weather.faults.push({ matches, at: 'before', error: refused, times });
    const ofRam = STEPS.filter(({ name }) => ['roles', 'grant', 'revoke', 'structural'].includes(name));
    assert.deepEqual(failed(await run(ofRam)), ['live:revoke', 'belief:closed-trust']);
    cloud.world.weather.reset();
  };

export const ERRANDS: readonly Errand[] = [
  ...DEPLOYMENT_ERRANDS,
  {
    person: 'dms-handshake-live',
    name: 'doctor --live',
    repeatable: false,
    run: liveAs(
      'owner',
      'roles',
      'grant',
      'revoke',
      'structural',
      'oddities',
      'requests',
      'replies',
      'lindorm',
    ),
  },
  {
    person: 'dms-handshake-live',
    name: 'doctor --live, of functions',
    repeatable: false,
    about: /^(fc:|ram:PassRole|mns:(CreateQueue|DeleteQueue|GetQueueAttributes|ReceiveMessage))/,
    run: liveAs('owner', 'functions'),
  },
  {
    person: 'dms-handshake-live-requester',
    name: 'doctor --live, in account A',
    repeatable: false,
    run: liveAs('requester', 'roles', 'requests', 'replies'),
  },
  {
    person: 'dms-handshake-live-requester',
    name: 'doctor --live, of DMS',
    repeatable: false,
    about: /^dms:/,
    run: liveAs('requester', 'dms', 'registration'),
  },
  {
    person: 'dms-handshake-deployer',
    name: 'bootstrap, first and again after drift',
    repeatable: false,
    prepare: stripInstallation,
    async run(cloud, person) {
      assert.ok((await bootstrap(cloud, person)).length > 10);
      assert.deepEqual(await bootstrap(cloud, person), []);
      await cloud.byHand('UpdateRole', {
        RoleName: 'dms-handshake-provision',
        NewAssumeRolePolicyDocument: NOBODY,
      });
      await cloud.byHand('CreatePolicyVersion', {
        PolicyName: 'dms-handshake-intake',
        PolicyDocument: '{"Version":"1","Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}',
        SetAsDefault: 'true',
      });
      const subscription = cloud.owner.mns
        .topic(cloud.ready.replyTopic)
        .subscriptions.get(`requester-${REQUESTER}`);
      assert.ok(subscription);
      Object.assign(subscription.attributes, { endpoint: 'acs:mns:cn-hangzhou:3:queues/elsewhere' });
      await bootstrap(cloud, person);
      assert.deepEqual(await bootstrap(cloud, person), []);
    },
  },
  {
    person: 'dms-handshake-remover',
    name: 'bootstrap --remove',
    repeatable: false,
    async prepare(cloud) {
      await stripInstallation(cloud);
      await bootstrap(cloud, ADMINISTRATOR(cloud));
      const PolicyDocument = '{"Version":"1","Statement":[{"Effect":"Allow","Action":"x:y","Resource":"*"}]}';
      await cloud.byHand('CreatePolicyVersion', { PolicyName: 'dms-handshake-intake', PolicyDocument });
    },
    async run(cloud, person) {
      const { steps, conflicts } = await removalSteps(AT, 'owner', groundOf(siteFor(cloud, person), 10_000));
      assert.deepEqual(conflicts, []);
      await applyPlan(steps, () => undefined);
      const { ram, mns } = cloud.owner;
      assert.deepEqual(
        [...ram.roles.values()].map(({ name }) => name).filter((name) => name.startsWith('dms-handshake-')),
        [],
      );
      assert.deepEqual([[...mns.topics.keys()], [...mns.queues.keys()]], [heardTopics(AT), []]);
    },
  },
  {
    person: 'dms-handshake-operator',
    name: 'list, plan, verify, history, sweep, dead-letters, doctor',
    repeatable: true,
    async prepare(cloud) {
      await cloud.ask({ requesterUid: REQUESTER, engines: ['redis', 'lindorm'] });
      // As if the owner had to approve it: what provision notes, and what verify tells.
      const { request, digest } = shown({ requesterUid: REQUESTER, engines: ['gdb'] }, 'waits-1');
      const role = cloud.owner.ram.findRole(`dms-cross-account-${REQUESTER}`);
      role?.tags.set(
        'dms-notes',
        `ask:${Math.floor(cloud.world.clock.now()).toString(36)}~${digest}~waits-1`,
      );
      const told = { data: { status: 'pending', request } };
      cloud.owner.mns.queue(AT.ownerReplies).send({ body: JSON.stringify(told) });
    },
    async run(cloud, person) {
      const site = siteFor(cloud, person);
      const listed: string[] = [];
      for await (const { name } of ramLister(apiOf(site)).roles()) listed.push(name);
      assert.deepEqual(listed, [`dms-cross-account-${REQUESTER}`]);
      const settings = {
        region: site.region,
        ownerUid: site.ownerUid,
        verifyRoleArn: `acs:ram::${site.ownerUid}:role/dms-handshake-verify`,
        verifyRole: 'dms-handshake-verify',
        patienceMs: 0,
        heal: false,
        requesters: readRequesters(
          JSON.stringify({
            requesters: [{ uid: REQUESTER, name: 'one', engines: '*', access: ['register', 'console'] }],
          }),
        ),
      };
      for (const access of ['register', 'console'] as const) {
        const engines = access === 'register' ? { engines: ['redis', 'lindorm'] } : {};
        const body = JSON.stringify({ requesterUid: REQUESTER, access, ...engines });
        const planned = await preview(body, site.clock.now(), settings, ramReader(apiOf(site)));
        assert.equal(planned.refusal, null);
      }
      const { roles, unjudged } = await askVerify(site, {});
      assert.deepEqual(unjudged, []);
      assert.deepEqual(
        roles.map(({ status }) => status),
        ['verified'],
      );
      const waiting = await findPending(site);
      assert.deepEqual(
        waiting.map(({ requestId, request }) => [requestId, request === null]),
        [['waits-1', false]],
      );
      const [first] = await historyOf(site, { requester: REQUESTER });
      assert.equal(first?.status, 'verified');
      // The same where the functions write no logs.
      const now = site.clock.now();
      const search = { name: 'CreateRole', from: now, to: now, until: millis(now + 10_000) };
      assert.equal((await trailOf(site).read(search, () => undefined)).fault, null);
      const { failed } = await invokeSweep(site);
      assert.equal(failed, 0);
      const dead = cloud.owner.mns.queue(AT.deadLetters);
      const { id } = dead.send({ body: 'of nobody' });
      const letters = queue(AT.deadLetters, mnsOf(site), patienceOf(site));
      const { held } = await takeLetters(letters, (one) => one === id);
      const one = held.find(({ letter }) => letter.id === id);
      assert.ok(one);
      await letters.remove(await letters.hold(one.receiptHandle, 60));
      assert.ok(dead.messages.every((message) => message.id !== id));
      // With the requester of the local cloud, whom doctor would find in the file of an installation.
      const checks = (await Promise.all(ownerChecks({ ...site, local: cloud.ready }))).flat();
      const wrong = checks.filter(({ id, status }) => id !== 'requesters' && status !== 'pass');
      assert.deepEqual(wrong, []);
    },
  },
  {
    person: 'dms-handshake-approver',
    name: 'close of a role',
    repeatable: false,
    prepare: async (cloud) => void (await cloud.ask({ requesterUid: REQUESTER, engines: ['redis'] })),
    async run(cloud, person) {
      const site = siteFor(cloud, person);
      const body = JSON.stringify({ owner: { close: { requesterUid: REQUESTER, access: 'register' } } });
      await topic(AT.ownerTopic, mnsOf(site), patienceOf(site)).publish(body);
      const replies = await cloud.replies();
      assert.deepEqual([...new Set(replies.map(({ data }) => data.status))], ['revoked']);
    },
  },
  {
    person: 'dms-handshake-asker',
    name: 'request and its reply, among the replies of others',
    repeatable: false,
    async run(cloud, person) {
      const { requester, ready } = cloud;
      const options = localOptions({ ...ready, requester: { ...ready.requester, ...person } });
      const reply = await createRequester(options).request({ engines: ['redis'] }, { waitMs: 5_000 });
      assert.equal(reply.data.status, 'verified');
      requester.mns.queue(ready.replyQueue.name).send({ body: 'of somebody else' });
      const site = {
        ...siteFor(cloud, person),
        accountId: requester.uid,
        endpoint: ready.requester.endpoint,
      };
      const replies = queue(ready.replyQueue.name, mnsOf(site), patienceOf(site));
      const received = await replies.receive(0);
      assert.ok(received);
      await replies.release(received.receiptHandle, 1);
    },
  },
];
