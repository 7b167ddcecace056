import { invocationAnswerSchema } from '../events/invocation.ts';
import type { RoleReport } from '../events/report.ts';
import type { Access } from '../shared/access/names.ts';
import { FUNCTION_NAMES } from '../shared/access/rights.ts';
import { parseAnswer } from '../shared/alicloud/answers.ts';
import { functionCompute } from '../shared/alicloud/fc.ts';
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

/** The reports of all pages, with counts and the time left on a terminal. */
export async function askVerify(
  site: Site,
  { requester, access }: Pick<VerifyOptions, 'requester' | 'access'>,
): Promise<readonly RoleReport[]> {
  const functions = functionCompute(fcOf(site));
  const spinner = progress('asking the verify function', terminal(process.stderr));
  const started = site.clock.now();
  const roles: RoleReport[] = [];
  try {
    for (let after: string | null | undefined; after !== null; ) {
      const wish = {
        ...(requester === undefined ? {} : { requesterUid: requester }),
        ...(access === undefined ? {} : { access }),
        ...(after === undefined ? {} : { after }),
      };
      const answer = await functions.invoke(FUNCTION_NAMES.verify, { verify: wish });
      const page = parseAnswer(FUNCTION_NAMES.verify, invocationAnswerSchema, answer);
      roles.push(...page.roles);
      spinner.say(counted(roles.length, page.total, site.clock.now() - started));
      after = page.next;
    }
  } finally {
    spinner.stop();
  }
  return roles;
}

function counted(done: number, total: number, ms: number): string {
  const left = done === 0 ? 0 : Math.ceil(((ms / done) * (total - done)) / 1_000);
  return `verified ${done} of ${total} roles, about ${left} s left`;
}
