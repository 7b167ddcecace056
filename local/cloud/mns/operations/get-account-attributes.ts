import type { MnsOperation } from '../operation.ts';

/** The bucket that logs go to; empty until somebody sets one. */
export const getAccountAttributes: MnsOperation = {
  name: 'GetAccountAttributes',
  kind: 'read',
  page: 'GetAccountAttributes',
  method: 'GET',
  path: '/',
  query: { required: ['accountmeta'] },
  run: ({ account }) => ({
    status: 200,
    xml: { root: 'Account', tree: { LoggingBucket: account.mns.loggingBucket } },
  }),
};
