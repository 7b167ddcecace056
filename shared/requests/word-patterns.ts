import { type Millis, millis } from '../runtime/millis.ts';

/** Names, numbers and times in texts of ours: as patterns, and as stand-ins that become those. */

export const NAME = '[\\w.@-]{1,128}';
export const ID = '[\\w:.@-]{1,80}';
const REQUEST = '[\\w.:-]{1,128}';
export const UID = '\\d{1,20}';
export const TIME = '\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z';

/** Stand in a text for a value, and are found there again. */
export const [name, id, uid, request, number] = [
  '\u0001name',
  '\u0001id',
  '\u0001uid',
  '\u0001request',
  987_654_321,
];
export const time: Millis = millis(Date.UTC(2001, 1, 3, 4, 5, 6, 789));

/** A text with stand-ins as a pattern. */
export const patternOf = (text: string): string =>
  text
    .replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')
    .replaceAll(name, NAME)
    .replaceAll(uid, UID)
    .replaceAll(request, REQUEST)
    .replaceAll(id, `${ID}(?:, ${ID}){0,30}`)
    .replaceAll(String(number), '\\d{1,9}')
    .replaceAll(new Date(time).toISOString().replaceAll('.', '\\.'), TIME);
