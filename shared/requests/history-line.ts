import type { HistoryLine, OutcomeLine, WriteLine } from '../../events/history.ts';
import type { Outcome } from '../../events/outcome.ts';
import type { ReplyData } from '../../events/reply.ts';
import { grantTexts } from '../record/grant-texts.ts';
import type { AccessRecord } from '../record/record.ts';
import type { Millis } from '../runtime/millis.ts';

/** Bytes of a line. The index of a logstore cuts texts at 2,048, and what is cut is no JSON any more. */
const LONGEST = 1_900;

const bytesOf = (line: HistoryLine): number => Buffer.byteLength(JSON.stringify(line));

/** What a log says of a record that is about to be written, in at most 1,900 bytes. `requestId`: the message's. */
export const writeLine = (
  write: {
    readonly requesterUid: string;
    readonly access: WriteLine['access'];
    readonly before: AccessRecord;
    readonly after: AccessRecord;
  },
  requestId: string,
  now: Millis,
): WriteLine =>
  fitted({
    event: 'record-write',
    at: new Date(now).toISOString(),
    requestId,
    requesterUid: write.requesterUid,
    access: write.access,
    before: [...grantTexts(write.before)],
    after: [...grantTexts(write.after)],
  });

/** What a log says of a record that was looked at and is as it should be: there is nothing left to write. */
export const seenLine = (
  of: Pick<Outcome, 'requestId' | 'access'> & { readonly requesterUid: string },
  grants: readonly string[],
  now: Millis,
): WriteLine =>
  fitted({
    event: 'record-write',
    at: new Date(now).toISOString(),
    requestId: of.requestId,
    requesterUid: of.requesterUid,
    access: of.access,
    before: [...grants],
    after: [...grants],
    settled: true,
  });

/** What a log says of an outcome and of the reply about it, in at most 1,900 bytes. */
export function outcomeLine(
  outcome: Outcome,
  { status, problem }: Pick<ReplyData, 'status' | 'problem'>,
  now: Millis,
): OutcomeLine {
  const { requestId, requesterUid, access, before, after, changes, reference, approvedBy } = outcome;
  const { breakGlass } = outcome;
  return fitted({
    event: 'record-outcome',
    at: new Date(outcome.at ?? now).toISOString(),
    requestId,
    requesterUid,
    access,
    status,
    before,
    after,
    changes,
    reference,
    approvedBy,
    ...(breakGlass === undefined ? {} : { breakGlass }),
    problem: problem === null ? null : { code: problem.code, title: problem.title },
  });
}

/**
 * A line with what there is room for. What is left out first is what stands elsewhere: changes are in the reply, a
 * reference in the reply too, instances in the role's tags, and what was granted before in the line before. Which ids are
 * granted after, and until when, is never left out.
 */
function fitted<Line extends HistoryLine>(line: Line): Line {
  const cuts: ((one: Line) => Line)[] = [
    (one) => ({ ...one, ...(one.event === 'record-outcome' ? { changes: one.changes.slice(0, 3) } : {}) }),
    (one) => ({ ...one, ...(one.event === 'record-outcome' ? { changes: [] } : {}) }),
    (one) => ({
      ...one,
      ...(one.event === 'record-outcome' ? shorter(one) : {}),
    }),
    (one) => ({ ...one, before: counted(one.before), after: counted(one.after) }),
    // Of a write that is about to be made the old is what counts: the next line shows the new.
    (one) => (one.event === 'record-outcome' ? { ...one, before: null } : { ...one, after: [] }),
    (one) => ({ ...one, ...(one.event === 'record-outcome' ? { reference: null } : {}) }),
  ];
  let cut = line;
  for (const next of cuts) {
    if (bytesOf(cut) <= LONGEST) return cut;
    cut = next(cut);
  }
  return cut;
}

const shorter = ({ reference, breakGlass }: OutcomeLine): Partial<OutcomeLine> => ({
  reference: reference?.slice(0, 60) ?? null,
  ...(breakGlass === undefined ? {} : { breakGlass: breakGlass.slice(0, 60) }),
});

/** `redis on r-1 r-2 r-3` is `redis on 3 instances`. */
const counted = (texts: readonly string[] | null): string[] | null =>
  texts?.map((text) =>
    text.replace(/ on (.+)/, (_all, ids: string) => ` on ${ids.split(' ').length} instances`),
  ) ?? null;
