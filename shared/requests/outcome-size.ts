import type { Outcome } from '../../events/outcome.ts';

/** What a dead letter can hold, in bytes: the limit of a destination that is a queue. */
const LARGEST = 64 * 1_024;
/** For the rest of a dead letter: the two records around event and answer, and what verify threw. */
const ROOM = 12 * 1_024;
/** Characters of a detail that a reply holds, and what is tried in turn where quotes in it take too much room. */
const DETAILS = [4_000, 1_000, 200] as const;

/**
 * Whether the record that the platform makes of an event and its answer can become a dead letter of verify, if need be.
 * Each record holds the one before as text within JSON, so that a quote takes twice the room again.
 */
export const fitsRecord = (event: string, answer: string): boolean =>
  quoted(JSON.stringify({ requestPayload: event, responsePayload: answer })) <= LARGEST - ROOM;

/** An outcome that fits into a dead letter by itself: details are cut, and changes left out with their number. */
export function fitted(outcome: Outcome): Outcome {
  for (const longest of DETAILS) {
    const cut = cutOutcome(outcome, longest);
    if (fitsRecord('', JSON.stringify([cut]))) return cut;
  }
  return { ...cutOutcome(outcome, 200), changes: [], reference: null };
}

function cutOutcome(outcome: Outcome, longest: number): Outcome {
  const { problem, changes } = outcome;
  return {
    ...outcome,
    problem: problem === null ? null : { ...problem, detail: cutDetail(problem.detail, longest) },
    changes: changes.map((one) => ({ ...one, before: cutDetail(one.before, longest) })),
  };
}

const cutDetail = (detail: string, longest: number): string =>
  detail.length <= longest
    ? detail
    : `${detail.slice(0, longest)}... and ${detail.length - longest} characters more`;

const quoted = (text: string): number => Buffer.byteLength(JSON.stringify(text));
