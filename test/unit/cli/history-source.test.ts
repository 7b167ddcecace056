import { expect, it } from 'vitest';
import { historyOf } from '../../../cli/history/history.ts';
import { standInSite } from '../../kit/stand-in-site.ts';
import { json, standIn } from '../alicloud/stand-in.ts';

it('where verify is not deployed there is no history, and the way out is named', async () => {
  const { url } = await standIn(json(404, { Code: 'FunctionNotFound', Message: 'x', RequestId: 'r' }));
  const site = standInSite(url);
  await expect(historyOf(site, {})).rejects.toMatchObject({
    exitCode: 1,
    message: 'dms-handshake-verify is not deployed: npm run deploy',
  });
});
