import * as z from '../../../events/zod.ts';
import { CliError } from '../../failure.ts';
import type { LiveGround, Say } from './step.ts';

const seen = z.object({ isBase64Encoded: z.boolean(), names: z.array(z.string()) });
const ORIGIN = 'https://live.example';
const ANSWER_MS = 30_000;

/** Calls the small function at its address, as a ticket system does and as a browser would. */
export async function acrossOrigins(
  { eventually }: Pick<LiveGround, 'eventually'>,
  url: string,
  say: Say,
): Promise<void> {
  const ask = (method: string, headers: Readonly<Record<string, string>>, body: string | null) =>
    fetch(url, { method, headers, body, signal: AbortSignal.timeout(ANSWER_MS) });
  const got = await eventually(async () => {
    const response = await ask('POST', { 'content-type': 'text/plain; charset=utf-8' }, 'live');
    if (!response.ok) throw new CliError(`the function's address answered ${response.status}`);
    return seen.parse(await response.json());
  });
  const { isBase64Encoded, names } = got;
  say(
    'text-with-charset',
    isBase64Encoded ? 'fail' : 'pass',
    isBase64Encoded ? 'it arrived in base64' : 'it arrived as text',
  );
  say('header-case', names.includes('Content-Type') ? 'pass' : 'fail', `arrived: ${names.join(', ')}`);
  const preflight = {
    origin: ORIGIN,
    'access-control-request-method': 'POST',
    'access-control-request-headers': 'authorization',
  };
  const answer = await ask('OPTIONS', preflight, null);
  const allowed = answer.headers.get('access-control-allow-origin');
  say(
    'preflight',
    answer.status === 200 && allowed === ORIGIN ? 'pass' : 'fail',
    `answered ${answer.status}, allowing ${allowed ?? 'no origin'}`,
  );
}
