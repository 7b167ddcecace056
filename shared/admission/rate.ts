import type { Action } from '../../events/action.ts';
import type { Millis } from '../runtime/millis.ts';

/** An admitted request, as far as its rate is concerned. */
export interface Counted {
  /** The account that is proved to have sent it. What nobody is proved to have sent is refused before, without a call. */
  readonly sender: string;
  /** The same for all copies of it. */
  readonly fingerprint: string;
  readonly action: Action;
  /** What it asks for, without its id: the same for requests that would do the same. */
  readonly words: string;
}

/** A rate is counted over the minute before each request. */
const MINUTE_MS = 60_000;

/** Revokes of one sender in a minute, above which repetitions are not carried out again. */
export const REVOKES_PER_MINUTE = 60;

interface LastMinute {
  /** When requests were let through, by their fingerprint; at most as many as the limit. */
  readonly requests: Map<string, Millis>;
  /** Those of them that another delivery has to finish. */
  readonly unfinished: Set<string>;
  /** When revokes were let through, each by itself: copies count, too. */
  readonly revokes: Map<symbol, Millis>;
  /** Revokes that were carried out, by their words, since the last request that may have undone them. */
  readonly done: Map<string, Millis>;
  /** Revokes that have an outcome, by their fingerprint. */
  readonly answered: Map<string, Millis>;
}

/**
 * The requests of the last minute, by who is proved to have sent them. One instance of the only writer sees them all,
 * so nothing has to be stored; an instance that starts anew has an empty minute.
 *
 * Over its limit a sender's grants and verifies are not let through. A revoke is: it is held back only above 60 a minute,
 * and only where the very same one was carried out within the minute and nothing of the sender's came in between.
 */
export class RequestRate {
  /** At most as many as `requesters.json` lists: nobody else is proved. */
  readonly #senders = new Map<string, LastMinute>();

  /**
   * `go`: carry it out, it counts. `copy`: over the limit, and a copy of one that was let through in this minute (a
   * revoke: and that has its outcome), whose outcome is its own. `hold`: over the limit; it does not count, so whoever waits
   * a minute gets through.
   */
  judge(request: Counted, perMinute: number, now: Millis): 'go' | 'copy' | 'hold' {
    const sender = this.#senderOf(request, now);
    if (request.action === 'revoke') {
      if (sender.revokes.size >= REVOKES_PER_MINUTE && sender.done.has(request.words))
        return sender.answered.has(request.fingerprint) ? 'copy' : 'hold';
      sender.revokes.set(Symbol(), now);
      return 'go';
    }
    if (sender.unfinished.delete(request.fingerprint)) return 'go';
    if (sender.requests.size >= perMinute) return sender.requests.has(request.fingerprint) ? 'copy' : 'hold';
    sender.requests.set(request.fingerprint, now);
    // What a grant gives, an earlier revoke of it would take away again: that is no repetition any more.
    if (request.action === 'grant') sender.done.clear();
    return 'go';
  }

  /** A revoke that was let through has its outcome. `applied`: the role is as it asks for. */
  answered(request: Counted, applied: boolean, now: Millis): void {
    if (request.action !== 'revoke') return;
    const { done, answered } = this.#senderOf(request, now);
    answered.set(request.fingerprint, now);
    if (applied) done.set(request.words, now);
  }

  /** A request that was let through has failed for now: its next delivery finishes it, and does not count again. */
  failed(request: Counted, now: Millis): void {
    const { requests, unfinished } = this.#senderOf(request, now);
    if (requests.has(request.fingerprint)) unfinished.add(request.fingerprint);
  }

  #senderOf({ sender }: Counted, now: Millis): LastMinute {
    this.#forget(now);
    const known = this.#senders.get(sender) ?? {
      requests: new Map(),
      unfinished: new Set(),
      revokes: new Map(),
      done: new Map(),
      answered: new Map(),
    };
    this.#senders.set(sender, known);
    return known;
  }

  /** Drops what is not of the last minute; after the clock was set back, also what seems to come. */
  #forget(now: Millis): void {
    const isRecent = (at: Millis) => at > now - MINUTE_MS && at <= now;
    for (const { requests, unfinished, revokes, done, answered } of this.#senders.values()) {
      for (const [fingerprint, at] of requests)
        if (!isRecent(at)) {
          requests.delete(fingerprint);
          unfinished.delete(fingerprint);
        }
      for (const [one, at] of revokes) if (!isRecent(at)) revokes.delete(one);
      for (const all of [done, answered]) for (const [one, at] of all) if (!isRecent(at)) all.delete(one);
    }
  }
}
