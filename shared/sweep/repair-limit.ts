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
