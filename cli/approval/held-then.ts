import { extendIds } from '../../shared/record/apply-extend.ts';
import { grantsOf } from '../../shared/record/granted-list.ts';
import type { AccessRecord } from '../../shared/record/record.ts';
import type { Millis } from '../../shared/runtime/millis.ts';
import { grantWords } from '../ui/grant-words.ts';

/** What an extension of that time is about if it names nothing, with scope and end, in words; empty for nothing. */
export const heldThen = (record: AccessRecord, at: Millis): string =>
  grantWords(grantsOf(record, extendIds(record, { at, ids: 'all', until: 'never' }).ids));
