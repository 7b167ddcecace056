import { expect, it } from 'vitest';
import { historyOf } from '../../../cli/history/history.ts';
import { Credentials } from '../../../shared/alicloud/credentials.ts';
import { millis } from '../../../shared/runtime/millis.ts';
import { TestClock } from '../../kit/clock.ts';
import { json, standIn } from '../alicloud/stand-in.ts';

it('where verify is not deployed there is no history, and the way out is named', async () => {
  const { url } = await standIn(json(404, { Code: 'FunctionNotFound', Message: 'x', RequestId: 'r' }));
  const keys = { accessKeyId: 'id', accessKeySecret: 'secret' };
  const site = {
    ...{
      clock: new TestClock(Date.now()),
      region: 'cn-hangzhou',
      accountId: '2',
      ownerUid: '2',
      local: null,
    },
    credentials: new Credentials(keys, millis(Number.MAX_SAFE_INTEGER)),
    endpoint: url,
  };
  await expect(historyOf(site, {})).rejects.toMatchObject({
    exitCode: 1,
    message: 'dms-handshake-verify is not deployed: npm run deploy',
  });
});
