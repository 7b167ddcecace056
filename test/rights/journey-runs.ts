import type { Ground } from './ground.ts';
import { JOURNEYS, type Journey } from './journeys.ts';

/** Which calls each journey makes under the right documents, by its name: those that need a right are tried first. */
export type CallsOfJourneys = ReadonlyMap<string, ReadonlySet<string>>;

const callOf = (roleName: string, operation: string): string => `${roleName} ${operation}`.toLowerCase();

/** Runs every journey under the right documents. Throws what one of them fails with. */
export async function callsOfJourneys(at: Ground): Promise<CallsOfJourneys> {
  const made = new Map<string, ReadonlySet<string>>();
  for (const { name, run } of JOURNEYS) {
    await at.renew();
    await run(at).catch((cause: unknown) => {
      throw new Error(`${name} fails under the right documents`, { cause });
    });
    const calls = at.world.journal.calls.flatMap(({ caller, operation }) =>
      caller?.principal.type === 'role' ? callOf(caller.principal.roleName, operation) : [],
    );
    made.set(name, new Set(calls));
  }
  return made;
}

/** All journeys, those first in which the role makes a call that needs one of the actions. */
export function likelyFirst(
  made: CallsOfJourneys,
  roleName: string,
  actions: readonly string[],
): readonly Journey[] {
  const calls = actions.map((action) => callOf(roleName, action.split(':')[1] ?? action));
  const makes = ({ name }: Journey) => calls.some((call) => made.get(name)?.has(call) === true);
  return [...JOURNEYS.filter(makes), ...JOURNEYS.filter((one) => !makes(one))];
}

/** The first of the journeys that fails; null where all end as they must. */
export async function firstFailure(at: Ground, journeys: readonly Journey[]): Promise<string | null> {
  for (const { name, run } of journeys) {
    await at.renew();
    try {
      await run(at);
    } catch {
      return name;
    }
  }
  return null;
}
