import { afterAll, beforeAll, expect, it } from 'vitest';
import { after, BELIEF, type Broken, brokenCloud, LACKS, no, STEP } from '../kit/live-broken.ts';

let broken: Awaited<ReturnType<typeof brokenCloud>>;
beforeAll(async () => {
  broken = await brokenCloud();
});
afterAll(() => broken.cloud.close());

const received = (MessageBody: string) => ({
  status: 200,
  xml: { root: 'Message', tree: { MessageId: 'A', ReceiptHandle: 'h', MessageBody } },
});
/** The record of a failed event, with what the function threw. */
const record = (responsePayload: string, functionError = 'Unhandled') =>
  received(
    JSON.stringify({
      timestamp: 1,
      requestContext: { requestId: 'r', functionArn: 'f', condition: 'c', approximateInvokeCount: 1 },
      requestPayload: '',
      responseContext: { statusCode: 200, functionError },
      responsePayload,
    }),
  );
const COUNT = { 'belief:queue-counts': `fail a queue with one message says 0${BELIEF}` };
/** By the time that anything is published, no subscription has a filter. */
function unfiltered(): boolean {
  for (const topic of broken.cloud.owner.mns.topics.values())
    for (const subscription of topic.subscriptions.values())
      subscription.attributes = { ...subscription.attributes, filterTag: null };
  return false;
}

const ROWS: readonly Broken[] = [
  [
    'no message goes through',
    'replies',
    'mns Push',
    no(403, 'AccessDenied'),
    {
      'belief:filter-by-tag': 'skip no message arrived',
      'belief:push-with-role': `fail no message arrived${BELIEF}`,
    },
  ],
  [
    'a filter lets all through',
    'replies',
    'mns PublishMessage',
    no(500, 'Never'),
    { 'belief:filter-by-tag': `fail {"live":"without a tag"},{"live":"of another"}${BELIEF}` },
    unfiltered,
  ],
  [
    'account A may not publish',
    'requests',
    'mns PublishMessage',
    no(403, 'AccessDenied'),
    {
      'live:requests': `fail MNS PublishMessage to dmshs-live-0-dms-handshake-requests: AccessDenied (HTTP 403)${LACKS}${STEP}`,
    },
  ],
  [
    'a task is refused in other words',
    'functions',
    'fc InvokeFunction',
    no(409, 'TaskExists'),
    { 'belief:task-id-code': `fail the second was refused with TaskExists${BELIEF}` },
    after(1),
  ],
  [
    'a task is taken twice',
    'functions',
    'fc InvokeFunction',
    { status: 202, headers: {}, body: '' },
    { 'belief:task-id-code': `fail one task was taken twice${BELIEF}` },
    after(1),
  ],
  [
    'the function fails in other words',
    'functions',
    'mns ReceiveMessage',
    record('other', ''),
    {
      ...COUNT,
      'belief:destination-record': `fail condition c, functionError , payload other${BELIEF}`,
      'belief:failed-retries': 'skip more than one instance tried it, so nobody knows when',
    },
  ],
  [
    'the record is none',
    'functions',
    'mns ReceiveMessage',
    received('garbage'),
    { ...COUNT, 'belief:destination-record': `fail the queue got garbage${BELIEF}` },
  ],
  [
    'another instance tried again',
    'functions',
    'mns ReceiveMessage',
    record('live 1000'),
    { ...COUNT, 'belief:failed-retries': 'skip more than one instance tried it, so nobody knows when' },
  ],
  [
    'it is tried again at once',
    'functions',
    'mns ReceiveMessage',
    record('live 1000 1299'),
    { ...COUNT, 'belief:failed-retries': `fail N ms between the attempts${BELIEF}` },
  ],
  [
    'it is tried again late',
    'functions',
    'mns ReceiveMessage',
    record('live 1000 4001'),
    { ...COUNT, 'belief:failed-retries': `fail N ms between the attempts${BELIEF}` },
  ],
  [
    'it is tried again at the last moment',
    'functions',
    'mns ReceiveMessage',
    record('live 1000 4000'),
    COUNT,
  ],
];

it.each(ROWS.map((row) => ({ what: row[0], row })))(
  'a live run says so and leaves nothing where $what',
  async ({ row }) => {
    expect(await broken.tried(row)).toEqual({ told: row[4], left: [] });
  },
);
