import type { Deployed } from '../../shared/alicloud/fc-deployed.ts';
import { type Errand, sentenceOf, tell } from './errand.ts';
import { differences, unlistedTriggers, type Wanted } from './read-back.ts';
import { areTriggersUnchanged, isFunctionUnchanged } from './unchanged.ts';

/** A wanted function and what is there of it; `unread`: why that cannot be told. */
interface Seen {
  readonly wanted: Wanted;
  readonly deployed: Deployed | null;
  readonly unread: string | null;
}

/** Reads every wanted function as it is now. */
export const seen = ({ look }: Errand, wanted: readonly Wanted[]): Promise<readonly Seen[]> =>
  Promise.all(
    wanted.map((one) =>
      look(one.spec.functionName).then(
        (deployed) => ({ wanted: one, deployed, unread: null }),
        (error: unknown) => ({ wanted: one, deployed: null, unread: sentenceOf(error) }),
      ),
    ),
  );

/** What was meant to be there and is not, one sentence each. What cannot be read counts as missing. */
export const missingIn = (found: readonly Seen[], parts: { readonly triggers: boolean }): readonly string[] =>
  found.flatMap(({ wanted, deployed, unread }) =>
    unread === null
      ? differences(wanted, deployed, parts)
      : [`${wanted.spec.functionName} cannot be read back: ${unread}`],
  );

/** Names of the functions that differ from the file in anything but their triggers. */
export const changedFunctions = (found: readonly Seen[]): readonly string[] =>
  namesOf(found.filter(({ wanted, deployed }) => !isFunctionUnchanged(wanted, deployed)));

/** Names of the functions whose triggers differ from the file. */
export const changedTriggers = (found: readonly Seen[]): readonly string[] =>
  namesOf(found.filter(({ wanted, deployed }) => !areTriggersUnchanged(wanted, deployed)));

const namesOf = (found: readonly Seen[]): readonly string[] =>
  found.map(({ wanted }) => wanted.spec.functionName);

/** Says which triggers are not in the file. */
export function tellUnlistedTriggers(found: readonly Seen[]): void {
  for (const { wanted, deployed } of found)
    for (const one of unlistedTriggers(wanted.spec, deployed)) tell(`note: ${one}`);
}
