import type { Outcome } from '../../events/outcome.ts';
import { parseRequest } from '../../events/parse-request.ts';
import type { ProvisionSettings } from '../../functions/provision/provision.ts';
import { readRequesters } from '../../shared/admission/requesters.ts';
import { digestOf, wordsOf } from '../../shared/requests/request-digest.ts';
import { OWNER, REQUESTER } from './accounts.ts';
import { REQUESTERS, topicOf } from './direct.ts';

/** What `requesters.json` says where the owner approves what `REQUESTER` asks for. */
export const approving = (
  approval: object = {},
  more: object = {},
  over: object = {},
): Pick<ProvisionSettings, 'requesters'> => ({
  requesters: readRequesters(
    JSON.stringify({
      requesters: REQUESTERS.map((uid) => ({
        uid,
        name: `r-${uid}`,
        engines: '*',
        access: ['register', 'console'],
        topics: [topicOf(uid)],
        ...(uid === REQUESTER ? { approval, ...over } : {}),
      })),
      ...more,
    }),
  ),
});

/** What the owner is shown of a request that was sent under this id. */
export function shown(body: object, requestId: string) {
  const parsed = parseRequest(JSON.stringify(body));
  if ('bad' in parsed) throw new Error(parsed.bad);
  const request = wordsOf(parsed.request, parsed.request.requestId ?? requestId);
  return { request, digest: digestOf(request) };
}

/** The owner's yes or no to a request that waits. `over`: what the answer says otherwise. */
export const answerTo = (
  says: 'approve' | 'deny',
  body: object,
  pending: Pick<Outcome, 'since' | 'requestId'>,
  over: object = {},
) => ({
  owner: {
    [says]: {
      ownerUid: OWNER,
      ...shown(body, pending.requestId),
      since: new Date(pending.since ?? 0).toISOString(),
      ...over,
    },
  },
});
