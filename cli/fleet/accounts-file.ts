import { nameSchema } from '../../events/name.ts';
import { withoutNulls } from '../../events/nulls.ts';
import { UID } from '../../events/uid.ts';
import * as z from '../../events/zod.ts';
import { describeIssue, type KnownFields, located } from '../../shared/admission/requesters-faults.ts';
import { readJsonFile, withPlace } from '../../shared/runtime/json-file.ts';
import { usageError } from '../failure.ts';
import { fileBytes } from '../file-bytes.ts';

const account = z.strictObject(
  {
    uid: z
      .string({ error: 'expected a UID as a string' })
      .check(z.regex(UID, 'expected a UID, 1 to 16 digits')),
    /** Role of that account that may invoke its verify function, and that the caller may assume. */
    roleArn: z
      .string({ error: 'expected the ARN of a role' })
      .check(z.regex(/^acs:ram::[0-9]+:role\/[A-Za-z0-9.-]{1,64}$/, 'expected acs:ram::<uid>:role/<name>')),
    /** Default: that of the command. */
    region: z.optional(
      z.string().check(z.regex(/^[a-z]{2}-[a-z0-9-]+$/, 'expected a region, such as cn-hangzhou')),
    ),
    /** For people. */
    name: z.optional(nameSchema),
  },
  { error: 'expected an account, with "uid" and "roleArn"' },
);

const fileSchema = z
  .strictObject(
    {
      accounts: z
        .array(account, { error: 'expected a list of accounts' })
        .check(z.minLength(1, 'expected at least one account')),
    },
    { error: 'expected an object with "accounts"' },
  )
  .check(
    z.superRefine(({ accounts }, context) => {
      for (const [index, { uid, roleArn }] of accounts.entries()) {
        const issue = (path: string, message: string) =>
          context.addIssue({ code: 'custom', path: ['accounts', index, path], message });
        if (accounts.findIndex((other) => other.uid === uid) !== index) issue('uid', 'it stands there twice');
        // Of an account without a UID nothing can be a role.
        if (UID.test(uid) && !roleArn.startsWith(`acs:ram::${uid}:`))
          issue('roleArn', `it is no role of account ${uid}`);
      }
    }),
  );

const FIELDS: KnownFields = { '': ['accounts'], accounts: Object.keys(account.shape) };

export type OwnerAccount = z.output<typeof account>;

/** The owner accounts of a file. Throws a usage error that names every fault with its place. */
export async function readAccounts(file: string): Promise<readonly OwnerAccount[]> {
  return parseAccounts(await fileBytes(file, 'name the file of owner accounts with --accounts'), file);
}

/** The same out of what the file holds. */
export function parseAccounts(bytes: Uint8Array, file: string): readonly OwnerAccount[] {
  const read = readJsonFile(bytes);
  if ('unread' in read) throw usageError(`${file} is refused: ${read.unread.map(withPlace).join('; ')}`);
  const { value } = read;
  const parsed = fileSchema.safeParse(withoutNulls(fileSchema, value));
  if (parsed.success && read.faults.length === 0) return parsed.data.accounts;
  const issues = parsed.error?.issues ?? [];
  const texts = issues.flatMap((issue) => describeIssue(issue, value, FIELDS));
  const faults = [...read.faults, ...texts.map((text) => located(text, read))];
  throw usageError(`${file} is refused: ${faults.map(withPlace).join('; ')}`);
}
