import { parseRequest } from '../events/parse-request.ts';
import type { Request } from '../events/request.ts';
import { admitUnsent } from '../shared/requests/admit-request.ts';
import { isParsedRequest, parseRequestOf } from '../shared/requests/parsed-request.ts';
import { systemClock } from '../shared/runtime/clock.ts';
import { readRequestersFile } from './requesters-file.ts';

/** What is refused of a request whoever asks; null where nothing is. */
export function refusedOfAll(wanted: object): string | null {
  const parsed = parseRequest(JSON.stringify(wanted));
  return 'bad' in parsed ? parsed.bad : null;
}

/** What a file of requesters has provision refuse of the same request; null where it would carry it out. */
export async function refusedByFile(
  wanted: Pick<Request, 'requesterUid'> & object,
  ownerUid: string,
  file: string,
): Promise<string | null> {
  const requesters = await readRequestersFile(file);
  const unsent = {
    body: JSON.stringify(wanted),
    messageId: 'policy',
    publishedAt: systemClock.now(),
    topic: null,
  };
  const parsed = parseRequestOf(unsent, ownerUid, requesters);
  const admitted = isParsedRequest(parsed) ? admitUnsent(parsed, requesters) : parsed;
  return isParsedRequest(admitted) ? null : (admitted.problem?.detail ?? null);
}
