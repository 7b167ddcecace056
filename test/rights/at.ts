import { OWNER_UID } from '../../local/local-cloud.ts';
import type { Installation } from '../../shared/installation/roles.ts';

/** The installation of the local cloud. */
export const AT: Installation = {
  region: 'cn-hangzhou',
  ownerUid: OWNER_UID,
  requestTopic: 'dms-handshake-requests',
  replyTopic: 'dms-handshake-replies',
  deadLetters: 'dms-handshake-dead-letters',
};
