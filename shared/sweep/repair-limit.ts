/** A sweep that would repair more than this share of so many roles or more has met something else than drift. */
const LARGEST_SHARE = 0.3;
const FEW = 10;

/** `alarm`: nothing is repaired, and somebody must look. `wait`: too little was seen to tell. */
export type Decision = 'repair' | 'alarm' | 'wait';

/** Whether so many repairs out of so many roles can be drift. `whole`: those were all roles, not a part of a sweep. */
export function mayRepair(broken: number, judged: number, whole: boolean): Decision {
  if (broken === 0 || (judged < FEW && !whole)) return 'wait';
  return judged >= FEW && broken > LARGEST_SHARE * judged ? 'alarm' : 'repair';
}

/**
 * How many of these roles one sweep may have narrowed because nobody has confirmed them: no more than the same share of
 * those that it judged, and one at least, or an account with few roles would never come to it. The others wait for the
 * next sweep, so that whoever missed all of it at once has time to look.
 */
export const mayLapse = (unconfirmed: number, judged: number): number =>
  Math.min(unconfirmed, Math.max(1, Math.floor(LARGEST_SHARE * judged)));
