import { FUNCTION_NAMES } from '../shared/installation/installation.ts';
import { DENIED, type UseMark } from '../shared/sweep/use-mark.ts';

const minute = (time: number): string => new Date(time).toISOString().slice(0, 16).replace('T', ' ');

/** What is to be known about the days of last use: since when they are watched for, or what is missing. */
export function useWords(mark: UseMark | null): string {
  if (mark === null)
    return 'used: the last day on which DMS assumed the role; no sweep has read ActionTrail yet.';
  const { from, until, fault } = mark;
  if (fault === DENIED)
    return `used: ActionTrail is not read, as ${FUNCTION_NAMES.verify} lacks actiontrail:LookupEvents; npx dms-handshake bootstrap gives it.`;
  const read = `read from ${minute(from)} to ${minute(until)}`;
  return fault === null
    ? `used: the last day on which DMS assumed the role, by ActionTrail, ${read}.`
    : `used: the last sweep could not read ActionTrail (${fault}); it was ${read}.`;
}
