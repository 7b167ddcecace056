import type { ApiCall } from './api.ts';
import { hostOf, ramHost } from './hosts.ts';
import type { DmsAction, RamAction, StsAction } from './vendor-actions.ts';

type Parameters = Readonly<Record<string, string>>;

export const ramCall = (action: RamAction, parameters: Parameters): ApiCall => ({
  service: 'RAM',
  version: '2015-05-01',
  action,
  host: ramHost(),
  parameters,
});

export const stsCall = (action: StsAction, region: string, parameters: Parameters = {}): ApiCall => ({
  service: 'STS',
  version: '2015-04-01',
  action,
  host: hostOf('sts', region),
  parameters,
});

/** The password of a database may be among the parameters: never in a URL, which proxies and logs keep. */
export const dmsCall = (action: DmsAction, region: string, parameters: Parameters): ApiCall => ({
  service: 'DMS',
  version: '2018-11-01',
  action,
  host: hostOf('dms-enterprise', region),
  body: 'form',
  parameters,
});
