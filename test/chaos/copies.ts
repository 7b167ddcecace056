import { REQUESTER } from '../kit/accounts.ts';
import type { Ask } from '../property/lifecycle/model.ts';

/** A request that comes many times. */
export interface Copies {
  readonly seed: number;
  /** Of `COPIED`. */
  readonly history: Copied;
  readonly copies: number;
}

const ask = (minute: number, action: Ask['action'], ...engines: Ask['engines'][number][]): Ask => ({
  requesterUid: REQUESTER,
  action,
  engines,
  minute,
  until: null,
});

/** What stands, and what comes a thousand times. */
export interface Copied {
  readonly before: readonly Ask[];
  readonly copied: Ask;
}

export const COPIED: readonly Copied[] = [
  { before: [], copied: ask(2, 'grant', 'redis', 'gdb') },
  { before: [ask(1, 'grant', 'redis', 'gdb')], copied: ask(2, 'revoke', 'gdb') },
  { before: [ask(1, 'grant', 'redis')], copied: ask(2, 'grant', 'gdb') },
  { before: [ask(1, 'grant', 'redis', 'gdb')], copied: ask(2, 'revoke') },
];
