import type { Step } from './steps.ts';

type Fields = Readonly<Record<string, unknown>>;

/** A resource as the vendor's Terraform provider manages it: the calls, and what it reads back of what it wrote. */
export interface Managed {
  /** The provider's name for it. */
  readonly resource: string;
  readonly create: Step;
  readonly read: Step;
  /** Where in the answer of `read` the provider looks; of a list, the element that has these fields. */
  readonly at: readonly string[];
  readonly shows: Fields;
  /** What else it reads each time, and looks for nothing in that it wrote. */
  readonly alsoReads?: readonly Step[];
  readonly update?: Step;
  /** What is shown after the update. */
  readonly updated?: Fields;
  readonly remove: Step;
  /** The code of `read` that it takes for gone; null where the list is there and holds it no more. */
  readonly gone: string | null;
}
