import * as z from '../../events/zod.ts';
import type { Document } from '../catalogue/document.ts';
import type { Assumer } from '../ports.ts';
import { millis } from '../runtime/millis.ts';
import { parseAnswer } from './answers.ts';
import type { Api } from './api.ts';
import { Credentials } from './credentials.ts';
import { stsCall } from './vendor-calls.ts';

/** The shortest session that STS makes, in seconds. */
const SESSION_SECONDS = 900;

const answerSchema = z.object({
  Credentials: z.object({
    AccessKeyId: z.string(),
    AccessKeySecret: z.string(),
    SecurityToken: z.string(),
    Expiration: z.string(),
  }),
});

/**
 * STS AssumeRole for 900 seconds. Without a session policy it may do all that the role may. Throws what `Api.call` throws.
 *
 * Belief role-chaining (documented): a session of a role may assume another role, for 900 seconds at least. Source:
 * "AssumeRole". Shown wrong by: doctor --live.
 */
export async function openSession(
  api: Api,
  region: string,
  session: Omit<Parameters<Assumer['assume']>[0], 'sessionPolicy'> & {
    readonly sessionPolicy: Document | null;
  },
): Promise<Credentials> {
  const answer = await api.call(
    stsCall('AssumeRole', region, {
      RoleArn: session.roleArn,
      RoleSessionName: session.sessionName,
      DurationSeconds: String(SESSION_SECONDS),
      ...(session.sessionPolicy === null ? {} : { Policy: JSON.stringify(session.sessionPolicy) }),
      ...(session.externalId === null ? {} : { ExternalId: session.externalId }),
    }),
  );
  const { Credentials: keys } = parseAnswer('STS AssumeRole', answerSchema, answer);
  return new Credentials(
    {
      accessKeyId: keys.AccessKeyId,
      accessKeySecret: keys.AccessKeySecret,
      securityToken: keys.SecurityToken,
    },
    millis(Date.parse(keys.Expiration)),
  );
}
