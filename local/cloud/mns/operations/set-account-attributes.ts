import { expectRoot, fieldsOf, text } from '../fields.ts';
import type { MnsOperation } from '../operation.ts';
import { readXml } from '../xml/read.ts';

/** Names the bucket that logs go to. Nothing is ever logged there. */
export const setAccountAttributes: MnsOperation = {
  name: 'SetAccountAttributes',
  kind: 'write',
  page: 'SetAccountAttributes',
  method: 'PUT',
  path: '/',
  query: { required: ['accountmeta'] },
  run({ account, request }) {
    const fields = fieldsOf(expectRoot(readXml(request.body), 'Account'), ['LoggingBucket']);
    account.mns.loggingBucket = text(fields, 'LoggingBucket') ?? account.mns.loggingBucket;
    return { status: 204 };
  },
};
