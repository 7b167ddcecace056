import { RetryableError, TerminalError } from '../../shared/runtime/errors.ts';

/** The longest that a service may take, in ms. */
const PATIENCE_MS = 8_000;

/**
 * Posts JSON and answers the text of a 2xx. A URL holds a token or is one, and a service may repeat what it was sent:
 * neither is in an error. No redirect is followed: the notice goes where the owner said.
 */
export async function postJson(channel: string, url: URL, body: object): Promise<string> {
  const response = await answered(channel, url, body);
  const text = await response.text().catch(() => '');
  if (response.ok) return text;
  const what = `${channel}: answered HTTP ${response.status}`;
  if (response.status === 429 || response.status === 408 || response.status >= 500)
    throw new RetryableError('internal', what);
  throw new TerminalError('internal', `${what}: see whether its address is still right`);
}

async function answered(channel: string, url: URL, body: object): Promise<Response> {
  try {
    return await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json; charset=utf-8' },
      body: JSON.stringify(body),
      redirect: 'manual',
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
  } catch (error) {
    const late = error instanceof Error && error.name === 'TimeoutError';
    throw new RetryableError(
      'internal',
      `${channel}: ${late ? 'did not answer in time' : 'cannot be reached'}`,
    );
  }
}

/** What a robot's answer of HTTP 200 says of itself: 0 is success, under the name that the service gives it. */
export function requireZero(
  channel: string,
  text: string,
  field: 'errcode' | 'code',
  final: Readonly<Record<number, string>>,
): void {
  const code = numberIn(text, field);
  if (code === 0) return;
  if (code === null) throw new RetryableError('internal', `${channel}: answered without a ${field}`);
  const why = final[code];
  if (why !== undefined) throw new TerminalError('internal', `${channel}: ${field} ${code}: ${why}`);
  throw new RetryableError('internal', `${channel}: ${field} ${code}`);
}

function numberIn(text: string, field: string): number | null {
  try {
    const answer: unknown = JSON.parse(text);
    const value: unknown = typeof answer === 'object' && answer !== null ? Reflect.get(answer, field) : null;
    return typeof value === 'number' ? value : null;
  } catch {
    return null;
  }
}
