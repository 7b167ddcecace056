import { cutBy, decidedByNewer, END_REASONS, endWords, NOT_GRANTED } from './end-words.ts';
import { ID, NAME, patternOf, time } from './word-patterns.ts';

/** The end of one grant: of every id, and every reason that there is. */
const END = [null, time].map(endWords).map(patternOf).join('|');
const WHY = [
  ...Object.values(END_REASONS),
  ...[null, time].flatMap((at) => [cutBy('maxDays', at), cutBy('maxHours', at), decidedByNewer(at)]),
]
  .map(patternOf)
  .join('|');

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
    `${ID}: (?:${NOT_GRANTED}|${END})`,
  ].join('|')})$`,
);
const AFTER = new RegExp(
  `^(?:${ID}: (?:${END}) \\((?:${WHY})\\)|(?:create-role|update-trust|tag-role|untag-role|create-policy|create-policy-version|attach-policy|detach-policy) ${NAME})?$`,
);

/** Whether a change is told in our words, but for names and values of documents, which hold no blanks. */
export const isOwnBefore = (before: string): boolean => BEFORE.test(before);
export const isOwnAfter = (after: string): boolean => AFTER.test(after);
