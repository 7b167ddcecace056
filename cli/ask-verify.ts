import type { VerifyRequest } from '../events/invocation.ts';
import { type InvocationAnswer, invocationAnswerSchema } from '../events/invocation-answer.ts';
import { parseAnswer } from '../shared/alicloud/answers.ts';
import { functionCompute } from '../shared/alicloud/fc.ts';
import type { Access } from '../shared/catalogue/names.ts';
import { FUNCTION_NAMES } from '../shared/installation/installation.ts';
import type { Clock } from '../shared/runtime/clock.ts';
import type { CloudOptions } from './options.ts';
import { fcOf, type Site } from './site.ts';
import { progress } from './ui/progress.ts';
import { terminal } from './ui/terminal.ts';

/** What is asked of the verify function, and where its answer goes. */
export interface VerifyOptions extends CloudOptions {
  readonly requester?: string;
  readonly all?: true;
  readonly access?: Access;
  readonly html?: string;
  readonly accounts?: string;
}

/** What was found about roles, and about which of them nothing was, and why. */
export type Verified = Pick<InvocationAnswer, 'roles' | 'unjudged'>;

type Asked = Pick<VerifyOptions, 'requester' | 'access'>;

export const requestOf = ({ requester, access }: Asked): VerifyRequest => ({
  ...(requester === undefined ? {} : { requesterUid: requester }),
  ...(access === undefined ? {} : { access }),
});

/** The reports of all pages, with counts and the time left on a terminal. */
export async function askVerify(site: Site, asked: Asked): Promise<Verified> {
  const spinner = progress('asking the verify function', terminal(process.stderr));
  try {
    return await everyPage(requestOf(asked), verifyInvoker(site), site.clock, (text) => spinner.say(text));
  } finally {
    spinner.stop();
  }
}

/** Invokes verify once: a page of reports. Throws as `invoke` does, and for an answer that is none of verify's. */
export function verifyInvoker(site: Site): (verify: VerifyRequest) => Promise<InvocationAnswer> {
  const functions = functionCompute(fcOf(site));
  return async (verify) => {
    const answer = await functions.invoke(FUNCTION_NAMES.verify, { verify });
    return parseAnswer(FUNCTION_NAMES.verify, invocationAnswerSchema, answer);
  };
}

/** Asks page by page, each after the last role of the one before, and says how far it is. */
export async function everyPage(
  request: VerifyRequest,
  ask: (request: VerifyRequest) => Promise<InvocationAnswer>,
  clock: Clock,
  say: (text: string) => void,
): Promise<Verified> {
  const found: Verified = { roles: [], unjudged: [] };
  await eachPage(request, ask, clock, say, ({ roles, unjudged }) => {
    found.roles.push(...roles);
    found.unjudged.push(...unjudged);
  });
  return found;
}

/** The same, page by page, for whoever does not keep all. */
export async function eachPage(
  request: VerifyRequest,
  ask: (request: VerifyRequest) => Promise<InvocationAnswer>,
  clock: Clock,
  say: (text: string) => void,
  take: (page: InvocationAnswer) => void,
): Promise<void> {
  const started = clock.now();
  let done = 0;
  for (let after: string | null | undefined; after !== null; ) {
    const page = await ask({ ...request, ...(after === undefined ? {} : { after }) });
    take(page);
    done += page.roles.length + page.unjudged.length;
    say(counted(done, page.total, clock.now() - started));
    after = page.next;
  }
}

function counted(done: number, total: number, ms: number): string {
  const left = done === 0 ? 0 : Math.ceil(((ms / done) * Math.max(0, total - done)) / 1_000);
  return `verified ${done} of ${total} roles, about ${duration(left)} left`;
}

const duration = (seconds: number): string =>
  seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
