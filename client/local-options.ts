import type { RunningLocalCloud } from './local-cloud.ts';
import type { RequesterOptions } from './options.ts';

/** Options for a local cloud whose ready line is known. */
export function localOptions(cloud: RunningLocalCloud): RequesterOptions {
  const { owner, requester, region, requestTopic, replyQueue } = cloud;
  const { accessKeyId, accessKeySecret } = requester;
  return {
    ownerUid: owner.uid,
    requesterUid: requester.uid,
    region,
    requestTopic,
    replyQueue: replyQueue.name,
    credentials: async () => ({ accessKeyId, accessKeySecret }),
    endpoints: { owner: owner.endpoint, requester: requester.endpoint },
  };
}
