import { nearestWords } from '../../events/nearest.ts';
import type { RequestersFile } from '../../events/requesters.ts';
import { quote as quoted } from '../../events/visible.ts';
import { ALL_ENGINES, resolveEngine } from '../catalogue/catalogue.ts';
import type { EngineId } from '../catalogue/engine.ts';

type FileRequester = RequestersFile['requesters'][number];

/** Faults of the engines that a requester names: unknown ones, and those of an emergency that it could never have. */
export const unknownEngines = (
  { engines, approval, breakGlass }: FileRequester,
  index: number,
): readonly string[] => {
  const emergency = breakGlass?.engines ?? [];
  return [
    ...unknownIn(engines, `requesters[${index}].engines`),
    ...unknownIn(emergency, `requesters[${index}].breakGlass.engines`),
    ...emergenciesBeyond(engines, emergency, `requesters[${index}].breakGlass.engines`),
    ...unknownIn(approval?.unless?.engines ?? [], `requesters[${index}].approval.unless.engines`),
  ];
};

/** Engines of an emergency that the requester may not ask for at all. */
function emergenciesBeyond(
  engines: FileRequester['engines'],
  emergency: FileRequester['engines'],
  place: string,
): readonly string[] {
  if (engines === '*' || emergency === '*') return [];
  const allowed = enginesIn(engines);
  return emergency.flatMap((word, at) =>
    enginesIn([word]).every((id) => allowed.includes(id))
      ? []
      : [
          `${place}[${at}] is ${quoted(word)}, which "engines" of this requester does not name, so it could never be had; name it there, too, or take it out`,
        ],
  );
}

/** The engines that are named. Words for none are passed over, since `unknownEngines` tells of them. */
export const enginesIn = (words: readonly string[]): readonly EngineId[] =>
  words.flatMap((word) => {
    const resolved = resolveEngine(word);
    return 'id' in resolved ? [resolved.id] : [];
  });

function unknownIn(engines: FileRequester['engines'], place: string): readonly string[] {
  if (engines === '*') return [];
  return engines.flatMap((word, at) => {
    const resolved = resolveEngine(word);
    return 'id' in resolved
      ? []
      : [
          `${place}[${at}] is ${quoted(word)}: no such engine${nearestWords(resolved.near)}; all are ${ALL_ENGINES.join(', ')}`,
        ];
  });
}
