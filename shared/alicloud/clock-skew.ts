import type { Clock } from '../runtime/clock.ts';

const LONGEST_MS = 5_000;

/**
 * How far the clock of this machine is ahead of a server's, in ms; null where it did not answer or says no date. Exact to
 * a second, the unit of a `Date` header, and to half the way there and back.
 */
export async function clockSkew(url: string, clock: Clock): Promise<number | null> {
  const before = clock.now();
  let response: Response;
  try {
    response = await fetch(url, { method: 'HEAD', signal: AbortSignal.timeout(LONGEST_MS) });
  } catch {
    return null;
  }
  const date = Date.parse(String(response.headers.get('date')));
  if (Number.isNaN(date)) return null;
  return (before + clock.now()) / 2 - date;
}
