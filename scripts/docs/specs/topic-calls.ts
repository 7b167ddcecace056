/**
 * The calls of Simple Message Queue and of STS in full, for programs that have no library of the vendor's.
 * `test/docs/asyncapi-program.test.ts` makes each of them as it stands here.
 */
export const MNS_SIGNING = {
  headers: {
    Date: '{now, such as Sun, 29 Nov 2026 20:15:00 GMT}',
    'x-mns-version': '2015-06-06',
    'Content-Type': '{text/xml with a body, left out without}',
    'security-token': '{SecurityToken of a session, left out for keys}',
    Authorization: 'MNS {AccessKeyId}:{signature}',
  },
  stringToSign:
    '{method}\n\n{Content-Type, or empty}\n{Date}\nx-mns-version:2015-06-06\n{path with its query}',
  signature: 'base64 of HMAC-SHA1 of the string under AccessKeySecret',
};

export const STS_SIGNING = {
  query: {
    Action: 'AssumeRole',
    Version: '2015-04-01',
    Format: 'JSON',
    SignatureMethod: 'HMAC-SHA1',
    SignatureVersion: '1.0',
    SignatureNonce: '{random}',
    Timestamp: '{now, such as 2026-11-29T20:15:00Z}',
    AccessKeyId: '{AccessKeyId}',
    RoleArn: '{roleArn}',
    RoleSessionName: '{2 to 64 of letters, digits, ".", "@", "-", "_"}',
  },
  stringToSign:
    'GET&%2F&{the query, sorted by name, each value percent-encoded as RFC 3986 has it, and the whole encoded once more}',
  signature:
    'base64 of HMAC-SHA1 of the string under "{AccessKeySecret}&", added percent-encoded as the parameter Signature',
  answer: 'Credentials: AccessKeyId, AccessKeySecret, SecurityToken, Expiration',
};

export const PUBLISH = {
  publish: {
    method: 'POST',
    path: '/topics/{address}/messages',
    body: '<Message xmlns="http://mns.aliyuncs.com/doc/v1/"><MessageBody>{the request as JSON, escaped for XML}</MessageBody></Message>',
    answers: { '201': 'taken' },
  },
};

export const RECEIVE = {
  receive: {
    method: 'GET',
    path: '/queues/{address}/messages?waitseconds=10',
    answers: {
      '200': 'XML with MessageBody, the reply as JSON escaped for XML, and ReceiptHandle',
      '404': 'MessageNotExist: none came while it waited; call again',
    },
  },
  showToOthers: {
    method: 'PUT',
    path: '/queues/{address}/messages?receiptHandle={ReceiptHandle, percent-encoded}&visibilityTimeout=1',
    answers: { '200': 'shown again after a second' },
  },
  delete: {
    method: 'DELETE',
    path: '/queues/{address}/messages?ReceiptHandle={ReceiptHandle, percent-encoded}',
    answers: { '204': 'deleted' },
  },
};
