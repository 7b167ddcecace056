import type { Requester } from '../../shared/admission/requesters.ts';

/** A requester as `requesters.json` has it, with what is left out filled in. */
export const requesterAs = (rest: Partial<Requester> & Pick<Requester, 'uid'>): Requester => ({
  name: rest.uid,
  engines: '*',
  access: ['register'],
  maxDays: null,
  defaultDays: null,
  noticeDays: [],
  reviewDays: null,
  unusedDays: null,
  approval: null,
  breakGlass: null,
  requestsPerMinute: 60,
  topics: [],
  publicKeys: [],
  ...rest,
});
