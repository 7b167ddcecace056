import { mnsEndpoint } from '../../../shared/alicloud/account-hosts.ts';
import type { Credentials } from '../../../shared/alicloud/credentials.ts';
import { mnsAdmin } from '../../../shared/alicloud/mns-admin.ts';
import { mnsOpen } from '../../../shared/alicloud/mns-open.ts';
import { queue } from '../../../shared/alicloud/queue.ts';
import { openSession } from '../../../shared/alicloud/session.ts';
import { topic } from '../../../shared/alicloud/topic.ts';
import { queueArn } from '../../../shared/installation/document-parts.ts';
import { standardNames } from '../../../shared/installation/installation.ts';
import { replySubscription, replySubscriptionName } from '../../../shared/installation/reply-subscription.ts';
import {
  replyQueueRole,
  senderRole,
  senderRoleName,
} from '../../../shared/installation/requester-permissions.ts';
import { roleArn } from '../../../shared/runtime/arn.ts';
import { CliError } from '../../failure.ts';
import { apiOf, mnsOf, patienceOf, type Site } from '../../site.ts';
import { makeRole } from './roles.ts';
import type { LiveGround, Step } from './step.ts';

/** A topic of account B, as a session may publish to it. */
const published = ({ owner }: LiveGround, name: string, credentials: Credentials) =>
  topic(
    name,
    {
      accountId: owner.accountId,
      endpoint: owner.endpoint ?? mnsEndpoint(owner.accountId, owner.region),
      credentials,
    },
    patienceOf(owner),
  );

async function makeTopic({ owner, names, removals }: LiveGround, plain: string): Promise<string> {
  const name = names.name(plain);
  const admin = () => mnsAdmin(mnsOf(owner), patienceOf(owner));
  removals.add('topic', name, owner.accountId, () => admin().deleteTopic(name));
  await admin().createTopic(name);
  return name;
}

function requesterOf({ requester }: LiveGround): Site {
  if (requester === null) throw new CliError('there are no keys of account A');
  return requester;
}

/** A reply topic that pushes into a queue of account A under a role, and lets only the requester's tag through. */
export const replies: Step = {
  name: 'replies',
  what: 'a message from account B into a queue of account A',
  beliefs: ['push-with-role', 'filter-by-tag', 'mns-host'],
  after: ['roles'],
  both: true,
  async run(at, say) {
    const { owner, names, removals, sessions, eventually } = at;
    const requester = requesterOf(at);
    const base = standardNames(owner.region, owner.accountId);
    const to = await makeTopic(at, base.replyTopic);
    const role = names.role(replyQueueRole(base, requester.accountId, base.replyTopic));
    await makeRole(at, requester, role);
    const inbox = names.name(base.replyTopic);
    const admin = () => mnsAdmin(mnsOf(requester), patienceOf(requester));
    removals.add('queue', inbox, requester.accountId, () => admin().deleteQueue(inbox));
    await admin().createQueue(inbox);
    say('mns-host', 'pass', `topics and queues answer at ${new URL(mnsOf(owner).endpoint).host}`);
    const subscription = replySubscriptionName(requester.accountId);
    removals.add('subscription', `${to}/${subscription}`, owner.accountId, () =>
      mnsOpen(apiOf(owner), owner.region).unsubscribe(to, subscription),
    );
    await eventually(() =>
      mnsOpen(apiOf(owner), owner.region).subscribe(to, subscription, {
        ...replySubscription(base, requester.accountId),
        endpoint: queueArn(owner.region, requester.accountId, inbox),
        roleArn: roleArn(requester.accountId, role.name),
        filterTag: requester.accountId,
      }),
    );
    if (sessions.verify === null) throw new CliError('there is no session of verify');
    const replyTopic = published(at, to, sessions.verify);
    await eventually(() => replyTopic.publish('{"live":"without a tag"}'));
    await replyTopic.publish('{"live":"of another"}', '1');
    await replyTopic.publish('{"live":"of this requester"}', requester.accountId);
    const bodies = await received(at, requester, inbox);
    const own = bodies.some((body) => body.includes('of this requester'));
    const others = bodies.filter((body) => !body.includes('of this requester'));
    say('push-with-role', own ? 'pass' : 'fail', own ? 'the message arrived' : 'no message arrived');
    if (!own) say('filter-by-tag', 'skip', 'no message arrived');
    else
      say(
        'filter-by-tag',
        others.length === 0 ? 'pass' : 'fail',
        others.join() || 'only the message of its tag arrived',
      );
  },
};

/** What arrives until nothing has for a while. The first may take as long as the cloud needs to know the role. */
async function received(at: LiveGround, site: Site, name: string): Promise<readonly string[]> {
  const bodies: string[] = [];
  const inbox = queue(name, mnsOf(site), patienceOf(site, 120_000));
  const until = site.clock.now() + at.patienceMs;
  for (;;) {
    const message = await inbox.receive(at.waitSeconds);
    if (message !== null) bodies.push(message.body);
    else if (bodies.length > 0 || site.clock.now() >= until) return bodies;
  }
}

/** Account A enters the role that account B made for it, and publishes a request. Nobody hears that topic. */
export const requests: Step = {
  name: 'requests',
  what: 'a message of account A to a topic of account B',
  beliefs: ['sender-publishes'],
  after: [],
  both: true,
  async run(at, say) {
    const { owner, names, eventually } = at;
    const requester = requesterOf(at);
    const base = standardNames(owner.region, owner.accountId);
    const to = await makeTopic(at, base.requestTopic);
    await makeRole(at, owner, names.role(senderRole(base, requester.accountId)));
    const id = await eventually(async () => {
      const session = await openSession(apiOf(requester), owner.region, {
        roleArn: roleArn(owner.accountId, names.name(senderRoleName(requester.accountId))),
        sessionName: 'dms-handshake-live',
        externalId: null,
        sessionPolicy: null,
      });
      return published(at, to, session).publish('{"live":true}');
    });
    say('sender-publishes', 'pass', `published as message ${id}`);
  },
};
