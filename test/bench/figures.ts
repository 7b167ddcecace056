import type { BurstFigures } from './burst.ts';
import type { CliFigures } from './cli.ts';
import type { CloudFigures } from './cloud/figures.ts';
import type { GrowthFigures } from './cloud/growth.ts';
import type { ColdGrantFigures } from './cold-grant.ts';
import type { ColdLoadFigures } from './cold-load.ts';
import type { FleetFigures } from './fleet.ts';
import type { RequestKindsAndCalls } from './grants.ts';
import type { Machine, Run } from './machine.ts';
import type { MemoryFigures } from './memory.ts';
import type { PartName } from './parts.ts';
import type { SoakFigures } from './soak.ts';
import type { SweepFigures } from './sweep.ts';

/** What is measured. */
export interface Measured extends RequestKindsAndCalls {
  /** Size of what is uploaded of each function, in KB. */
  readonly archiveKb: Readonly<Record<string, number>>;
  readonly coldLoad: ColdLoadFigures;
  readonly coldGrant: ColdGrantFigures;
  readonly burst: BurstFigures;
  readonly sweep: SweepFigures;
  readonly memory: MemoryFigures;
  readonly soak: SoakFigures;
  readonly fleet: FleetFigures;
  readonly cli: CliFigures;
  readonly cloud: CloudFigures;
  readonly growth: GrowthFigures;
}

/** All of it, where, and when: what docs/quality/performance.json holds. */
export interface Figures extends Measured {
  readonly machine: Machine;
  readonly runs: Readonly<Record<PartName, Run>>;
}

/** Each number of some figures, as `coldGrant.one.ratio 0.58`. */
export function linesOf(figures: object, path = ''): readonly string[] {
  return Object.entries(figures).flatMap(([key, value]) =>
    typeof value === 'object' && value !== null
      ? linesOf(value, `${path}${key}.`)
      : [`${path}${key} ${String(value)}`],
  );
}
