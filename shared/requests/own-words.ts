import { PROBLEM_TITLES, type ProblemCode } from '../../events/problem.ts';
import { REVOKES_PER_MINUTE } from '../admission/rate.ts';
import { userId } from '../record/record.ts';
import { type Millis, millis } from '../runtime/millis.ts';
import {
  denied,
  idInUse,
  newerWaits,
  notApproved,
  notWaiting,
  otherOwner,
  replaced,
  tooManyRefused,
  unsignedApproval,
  unsignedKeep,
} from './approval-refusals.ts';
import {
  accountIsTrusted,
  cameTooLate,
  endedLine,
  MISPLACED_UPKEEP,
  noLaterEnd,
  notGranted,
  notOwned,
  overtaken,
  reachedTooLate,
  tooManyTags,
  wrongAccount,
} from './refusals.ts';
import { heldRevoke, heldWithin } from './too-often.ts';
import { UNKNOWN_EVENT } from './unknown-event.ts';

/**
 * The details of problems that provision words, each as a pattern: everything in it is ours but for names, numbers and
 * times. Patterns are made of the very functions that word them, so they cannot drift apart.
 */

const NAME = '[\\w.@-]{1,128}';
const ID = '[\\w:.@-]{1,80}';
const REQUEST = '[\\w.:-]{1,128}';
const UID = '\\d{1,20}';
const TIME = '\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z';

/** Stand in a text for a value, and are found there again. */
const [name, id, uid, request, number] = [
  '\u0001name',
  '\u0001id',
  '\u0001uid',
  '\u0001request',
  987_654_321,
];
const time: Millis = millis(Date.UTC(2001, 1, 3, 4, 5, 6, 789));

/** A text with stand-ins as a pattern. */
const patternOf = (text: string): string =>
  text
    .replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')
    .replaceAll(name, NAME)
    .replaceAll(uid, UID)
    .replaceAll(request, REQUEST)
    .replaceAll(id, `${ID}(?:, ${ID}){0,30}`)
    .replaceAll(String(number), '\\d{1,9}')
    .replaceAll(new Date(time).toISOString().replaceAll('.', '\\.'), TIME);

/** One call of the cloud that failed, as `shared/alicloud/errors.ts` words it. */
const CALL = '(?:RAM|STS|Function Compute) (?:[A-Z][a-z]+){1,6}';
const DENIED = `(?:: [a-z]{2,20}:[A-Za-z]{3,40} is not allowed \\((?:[A-Z][A-Za-z]{2,60})?(?:, [A-Z][A-Za-z]{2,60})?\\))?`;
const ANSWER = '(?:no answer \\([\\w.]{1,100}\\)|[\\w.]{1,100} \\(HTTP \\d{3}\\))';
const ADVICE = [
  "; grant it to the function's role and send the request again",
  '; raise the quota or remove what is not needed, then send the request again',
]
  .map(patternOf)
  .join('|');
const FAILED_CALL = `${CALL}: ${ANSWER}${DENIED}(?:, request id [\\w-]{1,64})?(?:, after \\d{1,2} attempts)?(?:${ADVICE})?`;
const USERS = `(?:; if it stays so, look in account ${UID} whether its RAM users have exactly these names: "${NAME}"(?:, "${NAME}"){0,40}; or ask without "users", which trusts the whole account)?`;

/** What is thrown, without the full stop of a detail. */
const THROWN = [
  `${FAILED_CALL}${USERS}`,
  `${CALL}: the answer does not have the documented shape \\(at "[\\w.]{0,80}"\\)`,
  `RAM did not show ${NAME} as it was written within \\d{1,4} readings; the next delivery goes on from there`,
  'the time of this invocation is up; the next delivery goes on from here',
];

const WORDED: readonly string[] = [
  notOwned('role', name),
  notOwned('policy', name),
  wrongAccount(uid, uid),
  overtaken([userId(id)]),
  notGranted([]),
  notGranted([userId(id)]),
  notGranted([userId(id), userId(id)]),
  noLaterEnd([userId(id)]),
  cameTooLate(time),
  reachedTooLate(time, time),
  tooManyTags(name, { needed: number, limit: number }),
  accountIsTrusted(uid, 'grant'),
  accountIsTrusted(uid, 'revoke'),
  notApproved(request),
  denied(request, null),
  replaced(request),
  newerWaits(request),
  idInUse(request),
  notWaiting(request),
  tooManyRefused(name),
  otherOwner(uid, uid),
  unsignedApproval(),
  unsignedKeep(),
  MISPLACED_UPKEEP,
  UNKNOWN_EVENT,
].map(({ detail }) => patternOf(detail.replaceAll(userId(id), id)));

const line = `(?:${patternOf(endedLine({ id, until: time, lapsed: true }))}|${patternOf(endedLine({ id, until: time }))})`;
const GAVE_UP = [...THROWN, '[A-Z][A-Za-z]{1,40}', 'no reason was kept'].join('|');

const DETAIL = new RegExp(
  `^(?:${[
    ...WORDED,
    ...THROWN.map((one) => `(?:${one})\\.`),
    patternOf(heldRevoke(uid, REVOKES_PER_MINUTE)),
    patternOf(heldWithin(uid, number)),
    `${line}(?:; ${line}){0,20}; ask again to have it granted anew\\.`,
    `provision gave up after \\d{1,3} deliveries: (?:${GAVE_UP})\\. Send the request again; what is half done is then completed\\.`,
  ].join('|')})$`,
);

const REASON = new RegExp(`^(?:${THROWN.join('|')})$`);

/** Whether it is what provision throws: then it says which call failed, and why. */
export const isOwnReason = (reason: string): boolean => REASON.test(reason);

/** Whether a detail is worded by provision, as far as anybody can tell. */
export const isOwnDetail = (detail: string): boolean => DETAIL.test(detail);

/** What stands in place of a detail that is not. */
export const plainDetail = (code: ProblemCode): string =>
  `${PROBLEM_TITLES[code].toLowerCase()}; what came with the outcome is not worded as provision words it, so it is not repeated: the log of provision has what happened.`;

const VALUE = '[!-~]{1,240}';
const SUFFIX = '(?:, which is not the documented statement|, which may keep out whom the role is for)?';
const BEFORE = new RegExp(
  `^(?:${[
    'there is no such role',
    `records ${VALUE}(?:, ${VALUE}){0,20}`,
    `makes room: ${VALUE}(?:, ${VALUE}){0,20} ended more than a day ago`,
    'the trust policy cannot be read',
    `${VALUE} is not trusted (?:as documented|under its external id)`,
    `${VALUE} is trusted without the condition on sts:ExternalId`,
    `[A-Za-z]{1,10} ${VALUE} for [A-Za-z]{1,20} ${VALUE}(?: under a condition)?${SUFFIX}`,
    'the statement that keeps everybody out is gone',
    `(?:the system policy )?${NAME} is not attached`,
    `the (?:system )?policy ${NAME} is attached`,
    `the policy ${NAME} does not exist`,
    'the document cannot be read as a RAM policy',
    `${VALUE}(?: on ${VALUE})? is missing`,
    `[A-Za-z]{1,10} ${VALUE} on ${VALUE} was not asked for`,
    'and \\d{1,4} more',
  ].join('|')})$`,
);
const AFTER = new RegExp(
  `^(?:(?:create-role|update-trust|tag-role|untag-role|create-policy|create-policy-version|attach-policy|detach-policy) ${NAME})?$`,
);

/** Whether a change is told in our words, but for names and values of documents, which hold no blanks. */
export const isOwnBefore = (before: string): boolean => BEFORE.test(before);
export const isOwnAfter = (after: string): boolean => AFTER.test(after);
