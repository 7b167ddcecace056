import { extendIds } from '../../shared/record/apply-extend.ts';
import { iso } from '../../shared/record/entry.ts';
import type { AccessRecord } from '../../shared/record/record.ts';
import type { Millis } from '../../shared/runtime/millis.ts';
import { grantWords } from '../ui/grant-words.ts';

/** What an extension of that time is about if it names nothing, with scope and end, in words; empty for nothing. */
export const heldThen = (record: AccessRecord, at: Millis): string =>
  grantWords(
    extendIds(record, { at, ids: 'all', until: 'never' }).ids.flatMap((id) => {
      const entry = record.entries.get(id);
      if (entry === undefined) return [];
      const { until, instances } = entry;
      return [
        {
          id,
          expiresAt: until === null ? null : iso(until),
          instances: instances === undefined || instances.length === 0 ? null : [...instances],
          readOnly: instances?.length === 0,
        },
      ];
    }),
  );
