import type { Subject } from '../../../../local/cloud/actiontrail/event.ts';
import type { Caller } from '../../../../local/cloud/caller.ts';
import { OWNER } from '../../../kit/accounts.ts';

export const by = (principal: Caller['principal']): Caller => ({
  accountId: '1',
  accessKeyId: 'key',
  principal,
});

/** A role that somebody made in the account of the owner. */
export const subject = (caller: Caller): Subject => ({
  service: 'Ram',
  version: '2015-05-01',
  name: 'CreateRole',
  caller,
  recipient: OWNER,
});
