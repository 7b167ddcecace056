import { mulberry32 } from '../weather/random.ts';

/**
 * MNS delivers at least once and in no order. This is where that is decided; calm by default:
 * every message once, oldest first.
 */
export interface DeliveryOrder {
  /** How many copies of a message arrive: in a queue it is sent to, and at an endpoint a topic pushes it to. */
  copies(): number;
  /** Which of `count` messages that could be received next is: 0 is the oldest. */
  pick(count: number): number;
  /** A number in [0, 1) for intervals that the vendor draws by chance. */
  chance(): number;
}

export const inOrder: DeliveryOrder = { copies: () => 1, pick: () => 0, chance: () => 0.5 };

export interface DeliveryOrderOptions {
  readonly seed: number;
  /** Share of messages that arrive twice, 0 to 1. */
  readonly duplicates: number;
  /** Share of receives that do not take the oldest message, 0 to 1. */
  readonly reordered: number;
}

/** The same seed gives the same copies and the same order for the same sequence of calls. */
export function seededDeliveryOrder(options: DeliveryOrderOptions): DeliveryOrder {
  const next = mulberry32(options.seed);
  return {
    copies: () => (next() < options.duplicates ? 2 : 1),
    pick: (count) => (next() < options.reordered ? Math.floor(next() * count) : 0),
    chance: next,
  };
}
