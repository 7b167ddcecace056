/** What can be asked for. `extend` sets a new end for what is granted, and nothing else. */
export const ACTIONS = ['grant', 'revoke', 'verify', 'extend'] as const;
export type Action = (typeof ACTIONS)[number];
