import type { Document } from '../catalogue/document.ts';
import { allow, functionArn, policy, trustAccount } from './document-parts.ts';
import { FUNCTION_NAMES, type Installation, type InstalledRole } from './installation.ts';

/** The role that a watching account assumes in each owner account of a fleet. */
export const fleetRole = (at: Installation, watcherUid: string): InstalledRole => ({
  name: 'dms-handshake-fleet',
  why: `lets account ${watcherUid} have the roles of this one verified`,
  trust: trustAccount(watcherUid),
  permission: fleetSession(at.region, at.ownerUid),
});

/** The session policy of the fleet's role: it limits a session to invoking verify, whatever the role may do. */
export const fleetSession = (region: string, ownerUid: string): Document =>
  policy(allow(['fc:InvokeFunction'], [functionArn(region, ownerUid, FUNCTION_NAMES.verify)]));
