import { deflateRawSync, inflateRawSync } from 'node:zlib';
import type { RoleReport } from '../../events/report.ts';

/** As fast as may be: reports say much the same, and are a tenth of their size so, too. */
const FAST = { level: 1 };

/** Reports of many roles, in order, compressed: those of 100,000 roles would not fit into the memory of a command. */
export class KeptReports implements Iterable<RoleReport> {
  readonly #pages: Buffer[] = [];

  add(roles: readonly RoleReport[]): void {
    this.#pages.push(deflateRawSync(JSON.stringify(roles), FAST));
  }

  *[Symbol.iterator](): Generator<RoleReport> {
    for (const page of this.#pages) {
      const roles: RoleReport[] = JSON.parse(inflateRawSync(page).toString('utf8'));
      yield* roles;
    }
  }
}
