import { addBounded, KEPT } from '../bounded.ts';
import type { TrailEvent } from './event.ts';

/**
 * The events of one account, in the order in which they happened: the latest ones, at least `KEPT`. Each is kept as the text
 * that it is answered as, which takes a fraction of what its objects take.
 */
export class TrailState {
  readonly #texts: string[] = [];

  add(event: TrailEvent): void {
    addBounded(this.#texts, JSON.stringify(event), KEPT);
  }

  /** Read anew at each use. */
  get events(): readonly TrailEvent[] {
    return this.#texts.map((text): TrailEvent => JSON.parse(text));
  }
}
