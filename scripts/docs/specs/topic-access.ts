import { standardNames } from '../../../shared/installation/installation.ts';
import { replySubscription, replySubscriptionName } from '../../../shared/installation/reply-subscription.ts';
import { replyQueueRole, senderRole } from '../../../shared/installation/requester-permissions.ts';
import { MNS_SIGNING, RECEIVE, STS_SIGNING } from './topic-calls.ts';

const REQUESTER = '{requesterUid}';
const at = standardNames('{region}', '{ownerUid}');
const sender = senderRole(at, REQUESTER);
const subscription = replySubscription(at, REQUESTER);

const variables = (name: string, account: string, example: string) => ({
  [name]: { description: `UID of account ${account}.`, default: example },
  region: { description: 'Region of the installation.', default: 'cn-hangzhou' },
});

/** Where account A publishes and receives, and with which credentials. */
export const SERVERS = {
  owner: {
    host: '{ownerUid}.mns.{region}.aliyuncs.com',
    protocol: 'https',
    description: "Simple Message Queue (formerly MNS) in the owner's account, HTTP API 2015-06-06.",
    variables: variables('ownerUid', 'B', '2000000000000002'),
    security: [{ $ref: '#/components/securitySchemes/senderSession' }],
  },
  requester: {
    host: '{requesterUid}.mns.{region}.aliyuncs.com',
    protocol: 'https',
    description: "The same service in the requester's own account.",
    variables: variables('requesterUid', 'A', '1000000000000001'),
    security: [{ $ref: '#/components/securitySchemes/requesterKeys' }],
  },
};

/** How both sign. The values that a program needs by itself stand in `x-` fields, the words in the descriptions. */
export const SECURITY_SCHEMES = {
  senderSession: {
    type: 'httpApiKey',
    in: 'header',
    name: 'Authorization',
    description: `\`MNS <AccessKeyId>:<signature>\`, HMAC-SHA1 as the API of Simple Message Queue 2015-06-06 has it, with the SecurityToken of the session in the header \`security-token\`. The session is that of the role ${sender.name} in account B, which "npx dms-handshake bootstrap" makes: account A calls AssumeRole of STS (2015-04-01) with keys of its own and without an external id. The role may publish to the requester's topics and nothing else.`,
    'x-sign': MNS_SIGNING,
    'x-assume-role': {
      roleArn: `acs:ram::{ownerUid}:role/${sender.name}`,
      externalId: null,
      calledWith: 'requesterKeys',
      host: 'sts.{region}.aliyuncs.com',
      permission: sender.permission,
      call: STS_SIGNING,
    },
  },
  requesterKeys: {
    type: 'httpApiKey',
    in: 'header',
    name: 'Authorization',
    description:
      'Keys or a session of account A itself, signed in the same way. They need sts:AssumeRole on the sender role, and mns:ReceiveMessage, mns:DeleteMessage and mns:ChangeMessageVisibility on the reply queue.',
    'x-sign': MNS_SIGNING,
  },
};

/** The queue of account A into which the reply topic delivers. */
export const REPLY_QUEUE = {
  address: at.replyTopic,
  description: `The queue in account A. The subscription ${replySubscriptionName(REQUESTER)} of the reply topic delivers into it what has the filter tag ${REQUESTER}, so it holds replies of this account and no other. A body is the reply as JSON, not in base64: turn decoding off in clients that decode by themselves. Receive with a long poll, compare correlationid, requesterUid and ownerUid, act, and delete the message only then. A reply to somebody else is shown to others again with ChangeMessageVisibility of 1 second. Status \`pending\` is a notice, and the outcome follows it.`,
  servers: [{ $ref: '#/servers/requester' }],
  messages: { reply: { $ref: '#/components/messages/Reply' } },
  'x-calls': RECEIVE,
  'x-subscription': {
    topic: at.replyTopic,
    name: replySubscriptionName(REQUESTER),
    filterTag: subscription.filterTag,
    notifyContentFormat: subscription.contentFormat,
    endpoint: subscription.endpoint,
    deliveringRole: replyQueueRole(at, REQUESTER, at.replyTopic).name,
  },
};
