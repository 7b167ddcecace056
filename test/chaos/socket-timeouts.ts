import { Socket } from 'node:net';
import type { VirtualClock } from '../../local/testing/virtual-clock.ts';

/**
 * Puts the timeouts of client sockets on a virtual clock; what it answers puts them back. Otherwise they keep to real time
 * and never fire in a test. A client of the vendor's depends on them: its own timer of an answered call is never cleared,
 * and when it runs out takes the timer of the next call on that connection along (httpx 2.3.3).
 */
export function virtualSocketTimeouts(clock: VirtualClock): () => void {
  const original = Socket.prototype.setTimeout;
  const cancels = new WeakMap<Socket, () => void>();
  Socket.prototype.setTimeout = function setTimeout(this: Socket, ms: number, callback?: () => void) {
    // Sockets of the local cloud's doors belong to its servers.
    if (Reflect.get(this, 'server') !== undefined && Reflect.get(this, 'server') !== null)
      return original.call(this, ms, callback);
    // As Node.js does it: a timeout of 0 is none, and takes the listener of the one before along.
    if (callback !== undefined && ms > 0) this.once('timeout', callback);
    if (callback !== undefined && !(ms > 0)) this.removeListener('timeout', callback);
    cancels.get(this)?.();
    cancels.delete(this);
    const wait = (): void => {
      // What is sent in the instant in which the timeout is set does not end the silence: it begins it.
      const begin = clock.schedule(1, () => {
        const heard = this.bytesRead + this.bytesWritten;
        const check = clock.schedule(ms - 1, () => {
          if (this.destroyed) return;
          if (this.bytesRead + this.bytesWritten === heard) this.emit('timeout');
          else wait();
        });
        cancels.set(this, check);
      });
      cancels.set(this, begin);
    };
    if (ms > 0) wait();
    return this;
  };
  return () => {
    Socket.prototype.setTimeout = original;
  };
}
