import type { unlessSchema } from '../../events/grant-rules.ts';
import type * as z from '../../events/zod.ts';
import type { EngineId } from '../catalogue/engine.ts';
import { enginesIn } from './engine-rules.ts';

/** What `requesters.json` says of approval. */
export interface Approval {
  /** What needs none: a request for which all of this holds. Null: there is no such thing. */
  readonly unless: Unless | null;
}

export interface Unless {
  readonly readOnly: boolean;
  /** Days from the first grant to its end; null for any end. */
  readonly maxDays: number | null;
  readonly engines: '*' | readonly EngineId[];
}

/** What `requesters.json` says of emergencies. */
export interface BreakGlass {
  readonly maxHours: number;
  readonly engines: '*' | readonly EngineId[];
}

/** A person of the owner who says yes, and the `whpk_` key that says so. */
export interface Approver {
  readonly name: string;
  readonly publicKey: string;
}

export const unlessOf = (unless: z.output<typeof unlessSchema> | undefined): Unless | null =>
  unless === undefined
    ? null
    : {
        readOnly: unless.readOnly === true,
        maxDays: unless.maxDays ?? null,
        engines: unless.engines === undefined ? '*' : enginesIn(unless.engines),
      };
