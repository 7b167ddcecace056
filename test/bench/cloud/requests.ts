import type { Keys } from '../../kit/two-accounts.ts';
import { gmt, mns, rpcV1 } from '../../unit/local/signature/sign.ts';
import type { Ready } from './load.ts';

/** The like calls of both: an object read by its name, and one written. */

const ROLE = 'bench';
const QUEUE = 'bench';
const TABLE = 'bench';
const TRUST = JSON.stringify({
  Version: '1',
  Statement: [
    { Action: 'sts:AssumeRole', Effect: 'Allow', Principal: { RAM: ['acs:ram::2000000000000002:root'] } },
  ],
});
const MESSAGE = `<?xml version="1.0"?><Message xmlns="http://mns.aliyuncs.com/doc/v1/"><MessageBody>${'x'.repeat(100)}</MessageBody></Message>`;

const rpc = (keys: Keys, parameters: Record<string, string>): Ready =>
  ready(rpcV1(keys, Date.now(), parameters));

const queueCall = (keys: Keys, method: string, target: string, body: string): Ready =>
  ready(mns(keys, gmt(Date.now()), { method, target, body, headers: { 'content-type': 'text/xml' } }));

const ready = (one: ReturnType<typeof rpcV1>): Ready => ({
  method: one.method,
  path: one.target,
  headers: { ...one.headers, host: '127.0.0.1', 'content-length': String(one.body.length) },
  body: one.body.toString('utf8'),
});

/** What both calls of the local cloud need. */
export const cloudBefore = (keys: Keys): readonly Ready[] => [
  rpc(keys, { Action: 'CreateRole', RoleName: ROLE, AssumeRolePolicyDocument: TRUST }),
  queueCall(
    keys,
    'PUT',
    `/queues/${QUEUE}`,
    '<?xml version="1.0"?><Queue xmlns="http://mns.aliyuncs.com/doc/v1/"/>',
  ),
];

export const getRole = (keys: Keys): Ready => rpc(keys, { Action: 'GetRole', RoleName: ROLE });
export const sendMessage = (keys: Keys): Ready =>
  queueCall(keys, 'POST', `/queues/${QUEUE}/messages`, MESSAGE);

export const updateRole = (keys: Keys): Ready =>
  rpc(keys, { Action: 'UpdateRole', RoleName: ROLE, NewAssumeRolePolicyDocument: TRUST });
export const assumeRole = (keys: Keys): Ready =>
  rpc(keys, {
    Action: 'AssumeRole',
    Version: '2015-04-01',
    RoleArn: `acs:ram::2000000000000002:role/${ROLE}`,
    RoleSessionName: 'bench',
  });
export const getQueue = (keys: Keys): Ready => queueCall(keys, 'GET', `/queues/${QUEUE}`, '');

/** dynalite wants a signature of the right form, and checks none. */
const dynamo = (operation: string, input: object): Ready => {
  const body = JSON.stringify(input);
  return {
    method: 'POST',
    path: '/',
    headers: {
      host: 'dynamodb.us-east-1.amazonaws.com',
      'content-type': 'application/x-amz-json-1.0',
      'content-length': String(Buffer.byteLength(body)),
      'x-amz-target': `DynamoDB_20120810.${operation}`,
      'x-amz-date': '20261129T000000Z',
      authorization:
        'AWS4-HMAC-SHA256 Credential=bench/20261129/us-east-1/dynamodb/aws4_request, SignedHeaders=host, Signature=bench',
    },
    body,
  };
};

export const DYNAMO_BEFORE: readonly Ready[] = [
  dynamo('CreateTable', {
    TableName: TABLE,
    KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
    AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
    BillingMode: 'PAY_PER_REQUEST',
  }),
];
export const FIRST_ITEM = dynamo('PutItem', {
  TableName: TABLE,
  Item: { id: { S: 'bench' }, document: { S: TRUST }, description: { S: 'a role' } },
});
export const getItem = dynamo('GetItem', { TableName: TABLE, Key: { id: { S: 'bench' } } });
export const putItem = (n: number): Ready =>
  dynamo('PutItem', { TableName: TABLE, Item: { id: { S: `message-${n}` }, body: { S: 'x'.repeat(100) } } });
