import type { WeatherCall } from './fault.ts';

/** Kills whoever makes the `call`-th call that fits, counted from when the order was given. */
export interface KillOrder {
  /** Calls of sessions of this role only; names have no case. Function Compute's instances are sessions of their role. */
  readonly role?: string;
  /** Which calls count; default all. */
  readonly matches?: (call: WeatherCall) => boolean;
  /** 1 for the first. */
  readonly call: number;
  /** `before`: the call has no effect. `after`: it has, and its answer is lost. */
  readonly when: 'before' | 'after';
}

interface Standing {
  readonly order: KillOrder;
  left: number;
}

/** The first keys of the holders that are dead, and the orders to kill that still stand. */
export class Kills {
  readonly #dead = new Set<string>();
  #standing: Standing[] = [];

  /** How many orders have not struck. */
  get pending(): number {
    return this.#standing.length;
  }

  isDead(accessKeyId: string): boolean {
    return this.#dead.has(accessKeyId);
  }

  kill(accessKeyId: string): void {
    this.#dead.add(accessKeyId);
  }

  order(order: KillOrder): void {
    this.#standing.push({ order, left: order.call });
  }

  /** Counts a call that has arrived, and says when its maker dies of it, if it does. */
  arrive(call: WeatherCall, role: string | null): 'before' | 'after' | null {
    let struck: 'before' | 'after' | null = null;
    for (const standing of this.#standing) {
      const { order } = standing;
      if (order.role !== undefined && order.role.toLowerCase() !== role?.toLowerCase()) continue;
      if (order.matches !== undefined && !order.matches(call)) continue;
      standing.left -= 1;
      if (standing.left === 0) struck = struck === 'before' ? struck : order.when;
    }
    this.#standing = this.#standing.filter(({ left }) => left > 0);
    return struck;
  }
}
