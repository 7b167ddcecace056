import { jsonIn } from '../../events/json-text.ts';
import { RetryableError, TerminalError } from '../../shared/runtime/errors.ts';
import { tellable } from '../../shared/runtime/redaction.ts';

/** The longest that a service may take, in ms. */
const PATIENCE_MS = 8_000;

/**
 * Posts JSON and answers the text of a 2xx. A URL holds a token or is one, and a service may repeat what it was sent:
 * neither is in an error. No redirect is followed: the notice goes where the owner said.
 */
export async function postJson(channel: string, url: URL, body: object): Promise<string> {
  const { ok, status, text } = await answered(channel, url, body);
  if (ok) return text;
  const what = `${channel}: answered HTTP ${status}`;
  if (status === 429 || status === 408 || status >= 500) throw new RetryableError('internal', what);
  throw new TerminalError('internal', `${what}: see whether its address is still right`);
}

async function answered(channel: string, url: URL, body: object) {
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json; charset=utf-8' },
      body: JSON.stringify(body),
      redirect: 'manual',
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
    return { ok: response.ok, status: response.status, text: await response.text() };
  } catch (error) {
    const why = tellable(error) === 'TimeoutError' ? 'did not answer in time' : 'cannot be reached';
    throw new RetryableError('internal', `${channel}: ${why}`);
  }
}

/** What a robot's answer of HTTP 200 says of itself: 0 is success, under the name that the service gives it. */
export function requireZero(
  channel: string,
  text: string,
  field: 'errcode' | 'code',
  final: Readonly<Record<number, string>>,
): void {
  const code: unknown = Reflect.get(Object(jsonIn(text)), field);
  if (code === 0) return;
  if (typeof code !== 'number') throw new RetryableError('internal', `${channel}: answered without ${field}`);
  const why = final[code];
  if (why !== undefined) throw new TerminalError('internal', `${channel}: ${field} ${code}: ${why}`);
  throw new RetryableError('internal', `${channel}: ${field} ${code}`);
}
