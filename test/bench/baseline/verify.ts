/**
 * What is compared with: verify on the vendor's product SDKs (those of the engines left out), loaded from
 * `node_modules`.
 */
import '@alicloud/mns';
import '@alicloud/ram20150501';
import '@alicloud/sts20150401';

export { handler } from '../../../functions/verify/index.ts';
