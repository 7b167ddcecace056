/** What is compared with: provision on the vendor's product SDKs, each package loaded from `node_modules`. */
import '@alicloud/ram20150501';
import '@alicloud/sts20150401';

export { handler, load } from '../../../functions/provision/index.ts';
