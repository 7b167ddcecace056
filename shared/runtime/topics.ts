/** Names of the installation's own topics, unless its variables say otherwise. */
export const TOPICS = {
  /** Requests of those that are bound to no topic of their own. */
  requests: 'dms-handshake-requests',
  /** What the sweep finds due: only verify publishes here. */
  upkeep: 'dms-handshake-upkeep',
  /** What the owner says: only its approvers publish here. */
  owner: 'dms-handshake-owner',
  replies: 'dms-handshake-replies',
} as const;
