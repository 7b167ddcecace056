import { heardTopics, type Installation } from '../shared/installation/installation.ts';
import type { Blueprint } from './host/blueprint.ts';

/** An account A of a local cloud. `topics`: those that it is bound to; empty: it publishes to the common one. */
export interface LocalRequester {
  readonly uid: string;
  readonly topics: readonly string[];
}

/** The names of an installation that these are bound to topics of. */
export const installedFor = (at: Installation, requesters: readonly LocalRequester[]): Installation => ({
  ...at,
  requesterTopics: [...new Set(requesters.flatMap(({ topics }) => topics))].filter(
    (topic) => topic !== at.requestTopic,
  ),
});

/**
 * What an operator writes into `s.yaml` for a requester with a topic of its own: the trigger of the common topic once
 * more, on that topic. One that stands there already is left alone.
 */
export function hearingAll(blueprint: Blueprint, at: Installation): Blueprint {
  const functions = blueprint.functions.map((one) => {
    const common = one.triggers.find(
      (trigger) => trigger.triggerType === 'mns_topic' && isOn(trigger.sourceArn, at.requestTopic),
    );
    if (common?.triggerType !== 'mns_topic') return one;
    const missing = heardTopics(at).filter(
      (topic) => !one.triggers.some(({ sourceArn }) => isOn(sourceArn, topic)),
    );
    const further = missing.map((topic) => ({
      ...common,
      triggerName: topic,
      sourceArn: common.sourceArn.replace(/[^/]+$/, topic),
    }));
    return { ...one, triggers: [...one.triggers, ...further] };
  });
  return { ...blueprint, functions };
}

const isOn = (sourceArn: string | undefined, topic: string): boolean =>
  sourceArn?.endsWith(`/topics/${topic}`) === true;
