import type { Millis } from '../runtime/millis.ts';

/** How it is told what a change did to the end of a grant. Verify repeats no other words than these. */

/** An end, or that there is none. */
export const endWords = (until: Millis | null): string =>
  until === null ? 'no end' : `ends ${new Date(until).toISOString()}`;

export const NOT_GRANTED = 'not granted';

/** Why an end is what it is, where the request does not say so itself. */
export const END_REASONS = {
  forNewGrants: 'the request names no end, and this is the one for new grants',
  emergency: 'in an emergency: the request names no end, and this is the latest',
  emergencyAsAsked: 'in an emergency, as asked',
  cutByMaxDays: 'shortened: "maxDays" of requesters.json allows no later one',
  kept: 'kept: the request names no end',
  takenAway: 'taken away, as asked',
  shortened: 'shortened, as asked',
  asAsked: 'as asked',
  beforeRevoke: 'what was said before a later revoke does not count',
} as const;

const asked = (wanted: Millis | null): string => (wanted === null ? 'none' : new Date(wanted).toISOString());

export const cutBy = (field: 'maxDays' | 'maxHours', wanted: Millis | null): string =>
  `shortened: asked for was ${asked(wanted)}, and "${field}" of requesters.json allows no later one`;

export const decidedByNewer = (wanted: Millis | null): string =>
  `asked for was ${asked(wanted)}, and a newer request has decided`;
