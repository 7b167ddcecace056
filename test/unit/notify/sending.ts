import { readChannels } from '../../../functions/notify/channels.ts';
import type { Notice } from '../../../functions/notify/notice.ts';
import { HandshakeError } from '../../../shared/runtime/errors.ts';
import { millis } from '../../../shared/runtime/millis.ts';

export const NOW = millis(1_756_800_000_000);

export const NOTICE: Notice = {
  id: 'r-1',
  kind: 'verified',
  account: '1000000000000001',
  title: 'Access is granted and proved (account 1)',
  lines: [{ label: 'Reference', text: '<!channel> <at user_id="all">x</at> @all & *b*' }],
};

type Environment = Readonly<Record<string, string>>;

/** Sends a notice over every channel of an environment, one after the other. */
export async function send(environment: Environment, notice = NOTICE): Promise<void> {
  for (const channel of readChannels(environment).channels) await channel.send(notice, NOW);
}

/** Whether a later try may do better, and what is said of the failure; null where there is none. */
export async function failureOf(environment: Environment) {
  try {
    await send(environment);
  } catch (error) {
    if (!(error instanceof HandshakeError)) throw error;
    return { again: error.retryable, code: error.code, message: error.message };
  }
  return null;
}
