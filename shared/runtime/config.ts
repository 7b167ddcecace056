import { z } from 'zod';
import { roleArn } from '../access/names.ts';
import { TerminalError } from './errors.ts';

/** The environment of a function, as `s.yaml` sets it. */
const environmentSchema = z.object({
  /** UID of account B. */
  OWNER_UID: z.string().regex(/^[1-9][0-9]{0,19}$/, 'expected the UID of the owner account, 1 to 20 digits'),
  /** Name of the topic that replies go to. */
  REPLY_TOPIC: z.string().min(1).default('dms-handshake-replies'),
  /** Name of the topic that requests come in on. */
  REQUEST_TOPIC: z.string().min(1).default('dms-handshake-requests'),
  /** Name of the verify function's role, which a requester's role trusts under its external id. */
  VERIFY_ROLE: z.string().min(1).default('dms-handshake-verify'),
  /** `assume`: prove with a test AssumeRole. `structural`: exactly the documented trust, documents compared only. */
  PROBE: z.enum(['assume', 'structural']).default('assume'),
  /** How long after a write a failed check may be an old reading, in seconds. */
  PATIENCE_SECONDS: z.coerce.number().int().min(0).max(600).default(60),
  /** `http://127.0.0.1:PORT` of the local cloud; unset in the real one. */
  CLOUD_ENDPOINT: z.url({ protocol: /^https?$/ }).optional(),
});

export interface Config {
  readonly ownerUid: string;
  readonly replyTopic: string;
  readonly requestTopic: string;
  readonly verifyRoleArn: string | null;
  readonly patienceMs: number;
  readonly endpoint: string | null;
}

/** Reads the environment. A `TerminalError` names the variable, its value and what was expected. */
export function readConfig(environment: Readonly<Record<string, string | undefined>>): Config {
  const parsed = environmentSchema.safeParse(environment);
  if (!parsed.success) {
    const lines = parsed.error.issues.map((issue) => {
      const name = String(issue.path[0]);
      return `${name} is ${JSON.stringify(environment[name]) ?? 'not set'}: ${issue.message}`;
    });
    throw new TerminalError('internal', `the function's environment is wrong: ${lines.join('; ')}`);
  }
  const { OWNER_UID, REPLY_TOPIC, REQUEST_TOPIC, VERIFY_ROLE, PROBE, PATIENCE_SECONDS, CLOUD_ENDPOINT } =
    parsed.data;
  return {
    ownerUid: OWNER_UID,
    replyTopic: REPLY_TOPIC,
    requestTopic: REQUEST_TOPIC,
    verifyRoleArn: PROBE === 'structural' ? null : roleArn(OWNER_UID, VERIFY_ROLE),
    patienceMs: PATIENCE_SECONDS * 1_000,
    endpoint: CLOUD_ENDPOINT ?? null,
  };
}
