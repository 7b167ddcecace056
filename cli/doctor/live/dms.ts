import { dms } from '../../../shared/alicloud/dms.ts';
import { CloudError, isDenied } from '../../../shared/alicloud/errors.ts';
import { meaningOf } from '../../../shared/alicloud/recognise.ts';
import { apiOf } from '../../site.ts';
import type { Step } from './step.ts';

/** What DMS of account A answers to reads. Nothing is registered. */
export const dmsReads: Step = {
  name: 'dms',
  what: 'reads of DMS in account A; nothing is registered',
  beliefs: ['dms-tenant', 'dms-not-registered'],
  after: [],
  both: true,
  async run({ owner, requester, names }, say) {
    const site = requester ?? owner;
    const api = dms(apiOf(site), site.region);
    try {
      await api.reach();
      say(
        'dms-tenant',
        'skip',
        'DMS answers, so somebody has logged in: an account without a log-in would tell',
      );
    } catch (error) {
      if (!(error instanceof CloudError) || meaningOf(error.failure) === 'denied') throw error;
      say('dms-tenant', 'pass', error.message);
    }
    try {
      const host = `${names.name('nothing')}.redis.rds.aliyuncs.com`;
      const found = await api.instance({ host, port: 6379, sid: '' });
      say(
        'dms-not-registered',
        found === null ? 'pass' : 'fail',
        found === null ? 'known as not registered' : `found ${found.id}`,
      );
    } catch (error) {
      if (!(error instanceof CloudError) || isDenied(error.failure)) throw error;
      say('dms-not-registered', 'fail', error.message);
    }
  },
};
