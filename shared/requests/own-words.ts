import { atFirstUse } from '../../events/at-first-use.ts';
import { PROBLEM_TITLES, type ProblemCode } from '../../events/problem.ts';
import { REVOKES_PER_MINUTE } from '../admission/rate.ts';
import { userId } from '../record/record.ts';
import { UNREADABLE } from '../record/tag-budget.ts';
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
  beforeReview,
  cameTooLate,
  emergencyEnds,
  endedLine,
  grantedAlready,
  MISPLACED_UPKEEP,
  noLaterEnd,
  notGranted,
  notOwned,
  notReviewed,
  overtaken,
  reachedTooLate,
  tooManyTags,
  unreadableEmergency,
  wrongAccount,
} from './refusals.ts';
import { heldRevoke, heldWithin } from './too-often.ts';
import { UNKNOWN_EVENT } from './unknown-event.ts';
import { id, NAME, name, number, patternOf, request, time, UID, uid } from './word-patterns.ts';

/**
 * The details of problems that provision words, each as a pattern: everything in it is ours but for names, numbers and
 * times. Patterns are made of the very functions that word them, so they cannot drift apart. They are made when a detail is
 * first judged: nearly every outcome has none, and a cold start would wait for them.
 */

/** One call of the cloud that failed, as `shared/alicloud/errors.ts` words it. */
const CALL = '(?:RAM|STS|Function Compute) (?:[A-Z][a-z]+){1,6}';
const DENIED = `(?:: [a-z]{2,20}:[A-Za-z]{3,40} is not allowed \\((?:[A-Z][A-Za-z]{2,60})?(?:, [A-Z][A-Za-z]{2,60})?\\))?`;
const ANSWER = '(?:no answer \\([\\w.]{1,100}\\)|[\\w.]{1,100} \\(HTTP \\d{3}\\))';
const advice = (): string =>
  [
    "; grant it to the function's role (npx dms-handshake bootstrap in account B restores its rights), then send the request again",
    '; raise the quota or remove what is not needed, then send the request again',
  ]
    .map(patternOf)
    .join('|');
const failedCall = (): string =>
  `${CALL}: ${ANSWER}${DENIED}(?:, request id [\\w-]{1,64})?(?:, after \\d{1,2} attempts)?(?:${advice()})?`;
const USERS = `(?:; if it stays so, look in account ${UID} whether its RAM users have exactly these names: "${NAME}"(?:, "${NAME}"){0,40}; or ask without "users", which trusts the whole account)?`;

/** What is thrown, without the full stop of a detail. */
const thrown = (): readonly string[] => [
  `${failedCall()}${USERS}`,
  `${CALL}: the answer does not have the documented shape \\(at "[\\w.]{0,80}"\\)`,
  `RAM did not show ${NAME} as it was written within \\d{1,4} readings; the next delivery goes on from there`,
  'the time of this invocation is up; the next delivery goes on from here',
  `${patternOf(UNREADABLE)}${USERS}`,
];

const worded = (): readonly string[] =>
  [
    notOwned('role', name),
    notOwned('policy', name),
    wrongAccount(uid, uid),
    overtaken([userId(id)]),
    notGranted([]),
    notGranted([userId(id)]),
    notGranted([userId(id), userId(id)]),
    noLaterEnd([userId(id)]),
    emergencyEnds([userId(id)]),
    emergencyEnds([userId(id), userId(id)]),
    grantedAlready([userId(id)]),
    grantedAlready([userId(id), userId(id)]),
    notReviewed(time),
    beforeReview(time, time),
    unreadableEmergency(name),
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

const ownDetail = atFirstUse(() => {
  const line = `(?:${patternOf(endedLine({ id, until: time, lapsed: true }))}|${patternOf(endedLine({ id, until: time }))})`;
  const gaveUp = [...thrown(), '[A-Z][A-Za-z]{1,40}', 'no reason was kept'].join('|');
  const details = [
    ...worded(),
    ...thrown().map((one) => `(?:${one})\\.`),
    patternOf(heldRevoke(uid, REVOKES_PER_MINUTE)),
    patternOf(heldWithin(uid, number)),
    `${line}(?:; ${line}){0,20}; ask again to have it granted anew\\.`,
    `provision gave up after \\d{1,3} deliveries: (?:${gaveUp})\\. Send the request again; what is half done is then completed\\.`,
  ];
  return new RegExp(`^(?:${details.join('|')})$`);
});

const ownReason = atFirstUse(() => new RegExp(`^(?:${thrown().join('|')})$`));

/** Whether it is what provision throws: then it says which call failed, and why. */
export const isOwnReason = (reason: string): boolean => ownReason().test(reason);

/** Whether a detail is worded by provision, as far as anybody can tell. */
export const isOwnDetail = (detail: string): boolean => ownDetail().test(detail);

/** What stands in place of a detail that is not. */
export const plainDetail = (code: ProblemCode): string =>
  `${PROBLEM_TITLES[code].toLowerCase()}; what came with the outcome is not worded as provision words it, so it is not repeated: the log of provision has what happened.`;
