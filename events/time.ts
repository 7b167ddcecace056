/** A moment in ms since the epoch, or why a text names none, as what was expected. */
export type ReadTime = { readonly at: number } | { readonly bad: string };

const EXPECTED = 'expected a time in ISO 8601 with a zone, such as "2027-01-31T00:00:00Z"';

/** Date and time, both with the marks of ISO 8601 between their parts or both without, then the zone. */
const EXTENDED =
  /^(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,18}))?)?(?:Z|([+-])(\d{2})(?::?(\d{2}))?)$/i;
const BASIC =
  /^(\d{4})(\d{2})(\d{2})T(\d{2})(\d{2})(?:(\d{2})(?:[.,](\d{1,18}))?)?(?:Z|([+-])(\d{2})(?::?(\d{2}))?)$/i;

const MONTHS = [
  ...['January', 'February', 'March', 'April', 'May', 'June', 'July'],
  ...['August', 'September', 'October', 'November', 'December'],
];
/** What can be written with four digits of a year. */
const FIRST = Date.parse('0000-01-01T00:00:00.000Z');
const LAST = Date.parse('9999-12-31T23:59:59.999Z');

/** No zone on Earth is farther from UTC, in minutes. */
const FARTHEST_ZONE = 14 * 60;

/**
 * The one reader of times, for every door. It takes every date and time of ISO 8601 with a zone that names a real moment. Seconds may
 * be left out; of a fraction the milliseconds count. A day or an hour that does not exist is refused by its name.
 *
 * By hand, since no library at hand does that: `Date` takes 30 February for 2 March and no zone for the local one; Luxon
 * and date-fns take hour 24 for the next day and `+15:00` for a zone, and say of a text that it is wrong, not why.
 */
export function readTime(text: string): ReadTime {
  const parts = EXTENDED.exec(text) ?? BASIC.exec(text);
  if (parts === null) return { bad: EXPECTED };
  const [year, month, day, hour, minute, second] = parts
    .slice(1, 7)
    .map((part: string | undefined) => Number(part ?? 0)) as [number, number, number, number, number, number];
  const zone = minutesOf(parts[8], Number(parts[9] ?? 0), Number(parts[10] ?? 0));
  const unreal = notReal({ year, month, day, hour, minute, second, zone });
  if (unreal !== null) return { bad: `${unreal}; ${EXPECTED}` };
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  date.setUTCHours(hour, minute, second, Number((parts[7] ?? '').padEnd(3, '0').slice(0, 3)));
  const at = date.getTime() - (zone ?? 0) * 60_000;
  return at >= FIRST && at <= LAST
    ? { at }
    : { bad: `in UTC it lies outside of the years 0 to 9999; ${EXPECTED}` };
}

interface Parts {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  readonly zone: number | null;
}

function notReal({ year, month, day, hour, minute, second, zone }: Parts): string | null {
  const name = MONTHS[month - 1];
  if (name === undefined) return `there is no month ${two(month)}`;
  if (day < 1 || day > daysOf(year, month)) return `there is no ${day} ${name} ${year}`;
  if (hour > 23) return `there is no hour ${hour}${hour === 24 ? ': write 00:00 of the next day' : ''}`;
  if (minute > 59) return `there is no minute ${minute}`;
  if (second > 59) return `there is no second ${second}`;
  return zone === null ? 'there is no such zone' : null;
}

const two = (value: number): string => String(value).padStart(2, '0');

function daysOf(year: number, month: number): number {
  const last = new Date(0);
  last.setUTCFullYear(year, month, 0);
  return last.getUTCDate();
}

/** Minutes before UTC as negative ones; null for a zone that no place has. */
function minutesOf(sign: string | undefined, hours: number, minutes: number): number | null {
  const all = hours * 60 + minutes;
  if (minutes > 59 || all > FARTHEST_ZONE) return null;
  return sign === '-' ? -all : all;
}
