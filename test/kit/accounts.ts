/** Account B, which owns the databases: the local cloud's own, too, so that one constant serves every kind of test. */
export const OWNER = '2000000000000002';

/** Account A, which asks: the one that `requesters.json` of a test usually lists. */
export const REQUESTER = '1000000000000001';

/** An account that nobody lists and nobody trusts. */
export const STRANGER = '3000000000000003';
