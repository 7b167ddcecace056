import type { Notice } from './notice.ts';

const MINUTE_MS = 60_000;
/** Ordinary notices of one account, and of all accounts, that are told within a minute. */
const OF_ONE = 8;
const OF_ALL = 15;

/** Told at once, whatever else is told. */
const URGENT = ['break-glass', 'review-due'];

/**
 * Keeps room in every channel for what is urgent: DingTalk takes 20 messages a minute and is deaf for ten minutes then, and
 * any requester can have 60 requests a minute answered.
 */
export class Flood {
  #told: { readonly account: string | null; readonly at: number }[] = [];

  /** Whether a notice may be told now; counts it if so. */
  take({ kind, account }: Pick<Notice, 'kind' | 'account'>, now: number): boolean {
    if (URGENT.includes(kind)) return true;
    this.#told = this.#told.filter(({ at }) => at > now - MINUTE_MS && at <= now);
    const own = this.#told.filter((one) => one.account === account).length;
    if (own >= OF_ONE || this.#told.length >= OF_ALL) return false;
    this.#told.push({ account, at: now });
    return true;
  }
}
