import type { Problem } from '../../events/problem.ts';
import type { EngineId } from '../catalogue/engine.ts';
import type { Narrowed } from '../catalogue/scope.ts';
import type { Millis } from '../runtime/millis.ts';
import type { EmergencyGrant } from './apply-emergency.ts';
import type { EndRules } from './ends.ts';
import type { GrantId } from './record.ts';

/** What a request asks for. `ids: 'all'`: everything. `at` is the broker's time of the request. */
type Asking =
  | {
      readonly action: 'grant';
      readonly ids: readonly GrantId[];
      readonly at: Millis;
      /** Null: the request names no end. What is granted keeps its end, and what is new gets the requester's default. */
      readonly until: Millis | 'never' | null;
      /** How far the modifying right of an engine goes; left out for all instances. */
      readonly narrowed?: Narrowed;
      /** Why it was asked for. It is noted beside the record. */
      readonly reference?: string | undefined;
      /** Of an emergency: by what a copy is known, and why. */
      readonly emergency?: EmergencyGrant['emergency'];
    }
  | { readonly action: 'revoke'; readonly ids: readonly GrantId[] | 'all'; readonly at: Millis }
  | {
      readonly action: 'extend';
      readonly ids: readonly GrantId[] | 'all';
      readonly at: Millis;
      readonly until: Millis | 'never';
      /** Whether the requester may have these engines: a request that names none is about those of the record. */
      readonly judge?: (engines: readonly EngineId[]) => Problem | null;
    };

/** A change of a record. `ends`: the ends that the requester's grants may have; left out where there are no such rules. */
export type Change =
  /** Writes down which grants have run out by `now`. `repair`: the whole role is to be made what its record says. */
  | { readonly action: 'expire'; readonly now: Millis; readonly repair?: boolean }
  /** Ends these, because nobody has confirmed them. */
  | {
      readonly action: 'lapse';
      readonly ids: readonly GrantId[];
      readonly now: Millis;
      readonly repair?: boolean;
    }
  | (Asking & { readonly ends?: EndRules });
