import type { Millis } from '../../shared/runtime/millis.ts';
import { formatInventory, inventoryOf } from '../../shared/sweep/inventory-table.ts';

/** Upkeep that has verify's own role remember these tags. */
export const remembering = (tags: Record<string, string>) => ({
  remember: { roles: ['dms-handshake-verify'], tags },
});

/** The tags of an inventory without roles. */
export const tableOf = (at: Millis): Record<string, string> =>
  Object.fromEntries(formatInventory(inventoryOf([], at)).map((value, n) => [`dms-roll-${n}`, value]));
