import { Api } from '../../shared/alicloud/api.ts';
import { Credentials } from '../../shared/alicloud/credentials.ts';
import { invokeLater } from '../../shared/alicloud/fc-async.ts';
import { FUNCTION_NAMES } from '../../shared/installation/installation.ts';
import { millis } from '../../shared/runtime/clock.ts';
import { messageOf } from '../../shared/runtime/errors.ts';
import type { Invocation } from '../../shared/runtime/handler.ts';
import { log } from '../../shared/runtime/log.ts';
import { recordOf } from './record.ts';

/** The longest that is waited for it, in ms: nobody needs it. */
const LONGEST_MS = 1_000;

/**
 * Has an instance of verify started while provision works, so that the outcome need not wait for its cold start. It is sent a
 * record of no outcomes, at which it makes no call and says nothing; whoever may invoke verify can send one. Where that
 * fails, nothing is lost but the time.
 */
export async function wakeVerify(invocation: Invocation): Promise<void> {
  const { clock, context } = invocation;
  const deadline = millis(Math.min(invocation.deadline, clock.now() + LONGEST_MS));
  const credentials = new Credentials(context.credentials, deadline);
  // The configuration is not read yet: reading it takes what is loaded meanwhile.
  const endpoint = process.env['CLOUD_ENDPOINT'] ?? null;
  const at = { ownerUid: context.accountId, region: context.region };
  const api = new Api({ clock, deadline, random: Math.random, credentials, endpoint });
  try {
    await invokeLater(api, at, FUNCTION_NAMES.verify, recordOf(invocation, '', '[]'));
  } catch (error) {
    log({ event: 'verify-not-woken', detail: messageOf(error) });
  }
}
