import { mnsAdmin } from '../../shared/alicloud/mns-admin.ts';
import { mnsOpen } from '../../shared/alicloud/mns-open.ts';
import { ramInstaller } from '../../shared/alicloud/ram-installer.ts';
import { ramReader } from '../../shared/alicloud/ram-reader.ts';
import { apiOf, mnsOf, patienceOf, type Site } from '../site.ts';
import type { Ground } from './steps.ts';

/** The account of a site, for as long as `ms`. */
export function groundOf(site: Site, ms: number): Ground {
  const api = apiOf(site, ms);
  return {
    ram: { ...ramReader(api), ...ramInstaller(api) },
    mns: mnsAdmin(mnsOf(site), patienceOf(site, ms)),
    subscriptions: mnsOpen(api, site.region),
  };
}
