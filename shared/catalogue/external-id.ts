/**
 * The external id under which the verify function assumes a requester's role. It binds a session to one requester. It
 * is no secret, because the statement trusts only one role of the owner's account.
 *
 * Belief external-id (documented): StringEquals on sts:ExternalId opens a role to who sends that id, and shuts out
 * who sends none. Source: "Use an external ID". Shown wrong by: doctor --live.
 */
export const externalId = (requesterUid: string): string => `dms-handshake:${requesterUid}`;
