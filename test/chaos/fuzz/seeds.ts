import { createHmac } from 'node:crypto';
import { millis } from '../../../shared/runtime/millis.ts';
import { formatInventory, inventoryOf } from '../../../shared/sweep/inventory-table.ts';
import { REQUESTER } from '../../kit/accounts.ts';
import { envelopeOf, pairOf, signedHeaders } from '../../kit/signing-keys.ts';

/**
 * Signs its requests, and may have everything; REQUESTER is bound to a topic of its own, and may have `redis` and
 * `rds`.
 */
export const SIGNING = '1000000000000003';
export const TOPIC = 'requests-bound';
export const HUB_SECRET = 'fuzz-hub-secret';

/** When everything was sent; the world begins then. */
export const BEGIN = Date.parse('2026-11-23T10:00:00Z');
const AT = new Date(BEGIN).toISOString();

export const MAY_ASK = {
  requesters: [
    { uid: REQUESTER, name: 'bound', engines: ['redis', 'rds'], access: ['register'], topics: [TOPIC] },
    {
      uid: SIGNING,
      name: 'signing',
      engines: '*',
      access: ['register', 'console'],
      signing: { publicKey: pairOf(1).publicKey },
    },
  ],
  clients: [
    { name: 'local', requesters: [REQUESTER, SIGNING], auth: { type: 'bearer', secretEnv: 'LOCAL_TOKEN' } },
    {
      name: 'hub',
      requesters: [REQUESTER],
      auth: { type: 'hub-signature', secretEnv: 'HUB_SECRET' },
      requestAt: '/deployment/payload',
    },
  ],
};

const ask = (more: object): string =>
  JSON.stringify({ requesterUid: REQUESTER, engines: ['redis'], ...more });
/** What the signing requester really signed, and nothing else: only this may ever be granted to it. */
export const SIGNED = JSON.stringify({ requesterUid: SIGNING, engines: ['gdb'], reference: 'DBA-1 <&>' });

const BODIES = [
  ask({}),
  ask({ engines: ['Redis', 'rds'], reference: 'DBA-4711', requestId: 'r-1' }),
  ask({ expiresAt: '2027-01-31T00:00:00Z' }),
  ask({ action: 'revoke' }),
  JSON.stringify({ requesterUid: REQUESTER, action: 'revoke' }),
  JSON.stringify({ requesterUid: REQUESTER, action: 'verify' }),
  JSON.stringify(envelopeOf(SIGNED)),
  // What neither may have: only damage that heals it could make it pass.
  ask({ engines: ['hologres'] }),
  ask({ requesterUid: SIGNING }),
  JSON.stringify({ requesterUid: REQUESTER, access: 'console', users: ['alice'] }),
  ...[
    { role: `dms-cross-account-${REQUESTER}`, expired: ['redis'], repair: true },
    { policy: 'DmsCrossAccountPolicy-redis' },
    {
      remember: {
        roles: [`dms-cross-account-${REQUESTER}`],
        tags: { 'dms-verdict': `failed ${AT} trust-dms` },
      },
    },
    {
      remember: {
        roles: ['dms-handshake-verify'],
        tags: {
          'dms-strangers': 'dms-cross-account-abc',
          ...Object.fromEntries(
            formatInventory(
              inventoryOf([{ access: 'register', requesterUid: '77' }], millis(Date.parse(AT))),
            ).map((value, n) => [`dms-roll-${n}`, value]),
          ),
        },
      },
    },
    { sweep: { after: 'dms-cross-account-1' } },
  ].map((upkeep) => JSON.stringify({ upkeep })),
] as const;

const topicEvent = (Message: string): object => ({
  TopicOwner: '2000000000000002',
  TopicName: TOPIC,
  Subscriber: '2000000000000002',
  SubscriptionName: 'provision',
  MessageId: '94F159424C3A50003041CFD51E861FD9',
  Message,
  PublishTime: BEGIN,
});
const queueEvent = (messageBody: string): object => ({
  id: 'C1F0',
  source: 'q',
  specversion: '1.0',
  type: 'mns:Queue:SendMessage',
  aliyunpublishtime: AT,
  subject: `acs:mns:cn-hangzhou:2000000000000002:queues/${TOPIC}`,
  data: { messageId: 'C1F0', messageBody },
});

const texts = (events: readonly object[]): readonly [string, ...string[]] => {
  const [first = '{}', ...rest] = events.map((event) => JSON.stringify(event));
  return [first, ...rest];
};

const outcome = (more: object): object => ({
  kind: 'dms-handshake.outcome.v1',
  result: 'rejected',
  action: 'grant',
  requestId: 'r-1',
  fingerprint: '3f1c',
  requesterUid: REQUESTER,
  access: 'register',
  reference: null,
  engines: [],
  connections: [],
  revoked: [],
  record: {},
  changedAt: null,
  writes: 0,
  ...more,
  problem: { code: 'engine-not-allowed', title: 'x', detail: 'x', retryable: false },
});
const handedOn = (outcomes: readonly object[]): object => ({
  timestamp: BEGIN,
  requestContext: { requestId: '1-6563', functionArn: 'acs:fc:x', condition: '', approximateInvokeCount: 1 },
  requestPayload: JSON.stringify(topicEvent(ask({}))),
  responseContext: { statusCode: 200, functionError: '' },
  responsePayload: JSON.stringify(outcomes),
});
const exhausted = {
  ...handedOn([]),
  responseContext: { statusCode: 200, functionError: 'UnhandledInvocationError' },
  responsePayload: JSON.stringify({
    errorMessage: '[throttled] RAM CreateRole: Throttling.User',
    errorType: 'Error',
  }),
};

const http = (body: string, headers: object, more: object = {}): object => ({
  version: 'v1',
  rawPath: '/requests',
  body,
  isBase64Encoded: false,
  queryParameters: {},
  headers: { 'Content-Type': 'application/json', ...headers },
  requestContext: { http: { method: 'POST', path: '/requests' } },
  ...more,
});

/** Events that each function is made for. Most of verify's need no look at RAM: it is not verify's rules that are tried. */
export function seedsOf(
  token: string,
): Readonly<Record<'intake' | 'provision' | 'verify', readonly [string, ...string[]]>> {
  const bearer = { Authorization: `Bearer ${token}` };
  const hub = JSON.stringify({ deployment: { payload: { requesterUid: REQUESTER, engines: ['redis'] } } });
  const hubSignature = `sha256=${createHmac('sha256', HUB_SECRET).update(hub).digest('hex')}`;
  return {
    provision: texts([...BODIES.map(topicEvent), ...BODIES.map(queueEvent), BODIES.map(queueEvent)]),
    verify: texts([
      handedOn([outcome({})]),
      handedOn([outcome({}), outcome({ requestId: 'r-2', fingerprint: '4a' })]),
      exhausted,
      handedOn([outcome({ action: 'upkeep', result: 'report' })]),
      exhausted,
      handedOn([outcome({ result: 'failed' })]),
      handedOn([outcome({ result: 'applied', engines: ['redis'], writes: 3 })]),
      { triggerTime: AT, triggerName: 'sweep', payload: '' },
      { verify: { requesterUid: REQUESTER, access: 'register' } },
    ]),
    intake: texts([
      http(ask({}), bearer),
      http(ask({ engines: ['hologres'] }), bearer),
      http(SIGNED, { ...bearer, ...signedHeaders(SIGNED) }),
      http(ask({ requesterUid: SIGNING }), bearer),
      http(
        Buffer.from(ask({})).toString('base64'),
        { ...bearer, 'Idempotency-Key': 'key-12345678' },
        { isBase64Encoded: true },
      ),
      http(hub, { 'X-Hub-Signature-256': hubSignature }),
      http('', {}, { rawPath: '/health', requestContext: { http: { method: 'GET' } } }),
    ]),
  };
}
