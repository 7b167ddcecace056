import { addBounded, KEPT } from '../bounded.ts';
import { eventOf, type Outcome, type Subject, type TrailEvent } from './event.ts';

/** A call as it is kept: its objects as text, which takes a fraction of their memory. */
interface Kept {
  readonly eventId: string;
  readonly time: number;
  readonly region: string;
  readonly subject: Subject;
  readonly parameters: string;
  readonly answer: string | null;
  readonly error: NonNullable<Outcome['error']> | null;
}

/** The events of one account, in the order in which they happened: the latest ones, at least `keep`. */
export class TrailState {
  readonly #keep: number;
  readonly #kept: Kept[] = [];

  constructor(keep = KEPT) {
    this.#keep = keep;
  }

  add(eventId: string, time: number, region: string, subject: Subject, outcome: Outcome): void {
    const { parameters, answer, error } = outcome;
    const kept = {
      eventId,
      time,
      region,
      subject,
      parameters: JSON.stringify(parameters),
      answer: answer === undefined ? null : JSON.stringify(answer),
      error: error ?? null,
    };
    addBounded(this.#kept, kept, this.#keep);
  }

  /** Made anew at each use. */
  get events(): readonly TrailEvent[] {
    return this.#kept.map(({ eventId, time, region, subject, parameters, answer, error }) =>
      eventOf(eventId, time, region, subject, {
        parameters: JSON.parse(parameters),
        ...(answer === null ? {} : { answer: JSON.parse(answer) }),
        ...(error === null ? {} : { error }),
      }),
    );
  }
}
