import { Credentials } from '../../shared/alicloud/credentials.ts';
import { millis } from '../../shared/runtime/clock.ts';
import { TestClock } from './clock.ts';

/** An account of the real cloud, as commands reach it, whose every call goes to one stand-in. */
export const standInSite = (endpoint: string) => ({
  clock: new TestClock(Date.now()),
  region: 'cn-hangzhou',
  accountId: '2',
  ownerUid: '2',
  local: null,
  credentials: new Credentials(
    { accessKeyId: 'id', accessKeySecret: 'secret' },
    millis(Number.MAX_SAFE_INTEGER),
  ),
  endpoint,
});
