import { iso } from './entry.ts';
import type { AccessRecord } from './record.ts';
import { holds } from './tie-break.ts';

/**
 * What a record says is granted, a text each, sorted. A grant that has run out stands there until it is written down as
 * ended: whoever reads a history judges an end by the moment that is asked about.
 */
export const grantTexts = (record: AccessRecord): readonly string[] =>
  [...record.entries]
    .filter(([, entry]) => entry.state === 'granted' && holds(entry, record.closedAt))
    .map(([id, { until, instances }]) =>
      [
        id,
        ...(until === null ? [] : ['until', iso(until)]),
        ...(instances === undefined ? [] : instances.length === 0 ? ['read-only'] : ['on', ...instances]),
      ].join(' '),
    )
    .sort();

const TIME = '\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z';
const TEXT = new RegExp(`^[a-z0-9:._@-]{1,80}(?: until ${TIME})?(?: read-only| on [a-z0-9 -]{1,200})?$`);

/** Whether a text has the form of those: whoever may invoke verify can give it others. */
export const isGrantText = (text: string): boolean => TEXT.test(text);
