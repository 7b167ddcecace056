import { OWNER_UID } from '../../local/local-cloud.ts';
import { type Installation, standardNames } from '../../shared/installation/installation.ts';

/** The installation of the local cloud. */
export const AT: Installation = standardNames('cn-hangzhou', OWNER_UID);
