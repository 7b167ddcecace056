import { addBounded, KEPT } from '../bounded.ts';
import type { TrailEvent } from './event.ts';

/** The events of one account, in the order in which they happened: the latest ones, at least `KEPT`. */
export class TrailState {
  readonly events: TrailEvent[] = [];

  add(event: TrailEvent): void {
    addBounded(this.events, event, KEPT);
  }
}
