import * as z from 'zod';
import type { Document } from '../catalogue/document.ts';
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

export interface SessionWish {
  readonly roleArn: string;
  readonly sessionName: string;
  readonly externalId: string | null;
  /** Null: all that the role may do. */
  readonly sessionPolicy: Document | null;
}

/**
 * STS AssumeRole for 900 seconds. Throws what `Api.call` throws.
 *
 * Belief role-chaining (documented): a session of a role may assume another role, for 900 seconds at least. Source:
 * "AssumeRole". Shown wrong by: doctor --live.
 */
export async function openSession(api: Api, region: string, wish: SessionWish): Promise<Credentials> {
  const answer = await api.call(
    stsCall('AssumeRole', region, {
      RoleArn: wish.roleArn,
      RoleSessionName: wish.sessionName,
      DurationSeconds: String(SESSION_SECONDS),
      ...(wish.sessionPolicy === null ? {} : { Policy: JSON.stringify(wish.sessionPolicy) }),
      ...(wish.externalId === null ? {} : { ExternalId: wish.externalId }),
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
