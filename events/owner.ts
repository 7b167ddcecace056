import { accessSchema } from './access.ts';
import { atFirstUse } from './at-first-use.ts';
import { describeIssue } from './describe-issue.ts';
import { DIGEST } from './digest.ts';
import { withoutNulls } from './nulls.ts';
import { readJson } from './read-json.ts';
import { REQUEST_ID, REQUEST_ID_WORDS } from './request-id.ts';
import { UID } from './uid.ts';
import * as z from './zod.ts';

/** In whose account a word counts: one that is signed for another is worth nothing. */
const ownerUid = () => z.string('expected the UID of the owner as a string of digits').check(z.regex(UID));

/** The role that a word is about. */
const ofRole = () => ({
  requesterUid: z.string('expected the UID of the requester as a string of digits').check(
    z.regex(UID, {
      error: 'expected a UID: 1 to 16 digits, without sign, space or leading zero',
    }),
  ),
  access: accessSchema,
  /** Comes back on the reply; default: the id of the message. */
  requestId: z.optional(
    z.string().check(
      z.regex(REQUEST_ID, {
        error: `expected ${REQUEST_ID_WORDS}`,
      }),
    ),
  ),
});

/** The request that an answer is about, whole, as the `pending` event has it; so the answer stands by itself. */
const answer = () => ({
  ownerUid: ownerUid(),
  request: z.record(z.string(), z.unknown(), 'expected the request as the "pending" event has it'),
  digest: z.string('expected the digest of the "pending" event').check(z.regex(DIGEST)),
  /** The time of the request. One that is asked again has another. */
  since: z.iso.datetime('expected the time of the request as the "pending" event has it'),
});

/**
 * What the owner says on its own topic, to which only its approvers may publish: one word a message, which is done
 * whoever is listed.
 */
export const ownerSchema = atFirstUse(() =>
  z.strictObject(
    {
      owner: z
        .strictObject({
          /** Takes away everything that one role grants. */
          close: z.optional(z.strictObject(ofRole())),
          /** Confirms that one role is still needed. Its grants stay as they are. */
          keep: z.optional(z.strictObject({ ...ofRole(), ownerUid: z.optional(ownerUid()) })),
          /** Grants a request that waits. */
          approve: z.optional(z.strictObject(answer())),
          /** Has it wait no more, and no copy of it wait again. */
          deny: z.optional(
            z.strictObject({
              ...answer(),
              /** Comes back on the reply. */
              reason: z.optional(
                z.string('expected a text').check(z.maxLength(256, 'expected at most 256 characters')),
              ),
            }),
          ),
        })
        .check(
          z.refine((word) => Object.keys(word).length === 1, {
            error:
              'expected one thing to do, such as {"close": {"requesterUid": "...", "access": "register"}}',
          }),
        ),
    },
    { error: 'expected {"owner": {"close": {"requesterUid": "1000000000000001", "access": "register"}}}' },
  ),
);

export type OwnersWord = z.output<ReturnType<typeof ownerSchema>>['owner'];

/** What a body of the owner topic says, raw or in base64; or what is wrong with it. Never throws. */
export function parseOwnersWord(body: string): { readonly word: OwnersWord } | { readonly bad: string } {
  const read = readJson(body);
  if ('bad' in read) return { bad: `the body ${read.bad}` };
  const { json } = read;
  const schema = ownerSchema();
  const parsed = schema.safeParse(withoutNulls(schema, json));
  if (parsed.success) return { word: parsed.data.owner };
  return {
    bad: parsed.error.issues
      .slice(0, 5)
      .map((issue) => describeIssue(issue, json))
      .join('; '),
  };
}
