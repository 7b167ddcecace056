import type { LocalCloud } from '../../../local/local-cloud.ts';

/** What a deployment has made, in words that are the same for every way to the same end. */
export const madeIn = ({ owner, host }: LocalCloud): object => ({
  functions: [...owner.fc.functions.values()].map((fn) => ({
    name: fn.name,
    settings: fn.revision.settings,
    code: fn.revision.code.checksum,
    triggers: [...fn.triggers.values()].map(({ trigger }) => trigger),
    asyncConfig: fn.asyncConfig?.config ?? null,
    limit: fn.reservedConcurrency,
  })),
  subscriptions: [...owner.mns.topics.values()].flatMap((topic) =>
    [...topic.subscriptions.values()]
      .filter(({ attributes }) => attributes.endpoint.startsWith('acs:fc:'))
      .map(({ name, attributes }) => ({ topic: topic.name, name, attributes })),
  ),
  timers: host.scheduled,
});

export const NOTHING = { functions: [], subscriptions: [], timers: 0 };
