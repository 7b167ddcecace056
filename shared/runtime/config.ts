import { UID } from '../../events/uid.ts';
import * as z from '../../events/zod.ts';
import { roleArn } from './arn.ts';
import { TerminalError } from './errors.ts';
import { PATIENCE_SECONDS } from './patience.ts';
import { TOPICS } from './topics.ts';

const EXPECTED = 'expected the UID of the owner account, 1 to 16 digits';
const PATIENCE = 'expected whole seconds, 0 to 600';

const name = (what: string, standard: string) =>
  z._default(z.string().check(z.minLength(1, `expected ${what}; leave it unset for ${standard}`)), standard);

/** The environment of a function, as `s.yaml` sets it. */
const environmentSchema = z.object({
  /** UID of account B. */
  OWNER_UID: z.string({ error: EXPECTED }).check(z.regex(UID, EXPECTED)),
  /** Name of the topic that replies go to. */
  REPLY_TOPIC: name('the name of a topic', TOPICS.replies),
  /** Name of the topic that requests come in on. */
  REQUEST_TOPIC: name('the name of a topic', TOPICS.requests),
  /** Name of the topic that verify sends what is due to. Nothing else is taken from it. */
  UPKEEP_TOPIC: name('the name of a topic', TOPICS.upkeep),
  /** Name of the topic that the owner speaks on. Nothing else is taken from it. */
  OWNER_TOPIC: name('the name of a topic', TOPICS.owner),
  /** Name of the verify function's role, which a requester's role trusts under its external id. */
  VERIFY_ROLE: name('the name of a role', 'dms-handshake-verify'),
  /**
   * `assume`, as without it: prove with a test AssumeRole. `structural`: exactly the documented trust, documents
   * compared only.
   */
  PROBE: z.optional(z.enum(['assume', 'structural'], { error: 'expected "assume" or "structural"' })),
  /** How long after a write a failed check may be an old reading, in seconds. */
  PATIENCE_SECONDS: z._default(
    z.pipe(
      z.pipe(z.string().check(z.regex(/^[0-9]{1,3}$/, PATIENCE)), z.transform(Number)),
      z.number().check(z.maximum(600, PATIENCE)),
    ),
    PATIENCE_SECONDS,
  ),
  /** Whether the sweep has drift of our own roles repaired; else it reports. */
  HEAL: z.optional(z.enum(['true', 'false'], { error: 'expected "true" or "false"' })),
  /** Host of the console's sign-in pages, for the link in replies about console access. */
  SIGN_IN_HOST: name('the name of a host', 'signin.aliyun.com'),
  /** `http://127.0.0.1:PORT` of the local cloud; unset in the real one. */
  CLOUD_ENDPOINT: z.optional(
    z.url({
      protocol: /^https?$/,
      error: 'expected a URL such as "http://127.0.0.1:9000"; leave it unset in the real cloud',
    }),
  ),
});

/** Every variable that a function reads, but for the secrets of clients. */
export const configVariables = (): readonly string[] => Object.keys(environmentSchema.shape);

/** What the operator configured. It is the same for every request. */
export interface Settings {
  readonly region: string;
  /** UID of account B: the account that every write must happen in. */
  readonly ownerUid: string;
  /** ARN of the verify function's role; null with `PROBE=structural`. */
  readonly verifyRoleArn: string | null;
  /** How long after a write a reading may still be old, in ms: see `patience.ts`. */
  readonly patienceMs: number;
  /** Name of the verify function's role. Its tags hold what the sweep has to remember about the whole account. */
  readonly verifyRole: string;
  /** Whether drift is repaired without a request. */
  readonly heal: boolean;
}

/** The settings, and what single functions need beside them. */
export interface Config extends Settings {
  readonly replyTopic: string;
  readonly requestTopic: string;
  readonly upkeepTopic: string;
  readonly ownerTopic: string;
  readonly signInHost: string;
  readonly endpoint: string | null;
}

/**
 * Reads the environment of a function that runs in `region`. A `TerminalError` names the variable, its value and
 * what was expected.
 */
export function readConfig(
  environment: Readonly<Record<string, string | undefined>>,
  region: string,
): Config {
  const parsed = environmentSchema.safeParse(environment);
  if (!parsed.success) {
    const lines = parsed.error.issues.map((issue) => {
      const name = String(issue.path[0]);
      return `${name} is ${JSON.stringify(environment[name]) ?? 'not set'}: ${issue.message}`;
    });
    throw new TerminalError('internal', `the function's environment is wrong: ${lines.join('; ')}`);
  }
  const {
    OWNER_UID,
    REPLY_TOPIC,
    REQUEST_TOPIC,
    UPKEEP_TOPIC,
    OWNER_TOPIC,
    VERIFY_ROLE,
    PROBE,
    PATIENCE_SECONDS: patienceSeconds,
    HEAL,
    SIGN_IN_HOST,
    CLOUD_ENDPOINT,
  } = parsed.data;
  refuseTwins({ REPLY_TOPIC, REQUEST_TOPIC, UPKEEP_TOPIC, OWNER_TOPIC });
  return {
    region,
    ownerUid: OWNER_UID,
    replyTopic: REPLY_TOPIC,
    requestTopic: REQUEST_TOPIC,
    upkeepTopic: UPKEEP_TOPIC,
    ownerTopic: OWNER_TOPIC,
    verifyRole: VERIFY_ROLE,
    verifyRoleArn: PROBE === 'structural' ? null : roleArn(OWNER_UID, VERIFY_ROLE),
    patienceMs: patienceSeconds * 1_000,
    heal: HEAL === 'true',
    signInHost: SIGN_IN_HOST,
    endpoint: CLOUD_ENDPOINT ?? null,
  };
}

/** A topic of two lanes would let whoever may publish to the one speak on the other. */
function refuseTwins(topics: Readonly<Record<string, string>>): void {
  const names = Object.entries(topics);
  for (const [index, [variable, topic]] of names.entries()) {
    const [twin] = names.slice(0, index).find(([, other]) => other === topic) ?? [];
    if (twin === undefined) continue;
    const what = `${twin} and ${variable} are both ${JSON.stringify(topic)}`;
    throw new TerminalError(
      'internal',
      `the function's environment is wrong: ${what}: each needs a topic of its own`,
    );
  }
}
