/**
 * What kind of message a topic carries. `requests` come from outside and are worth what topic or signature prove;
 * `upkeep` comes from verify alone and carries no rights; `owner` comes from the owner's approvers alone.
 */
export type Lane = 'requests' | 'upkeep' | 'owner';

/** The topics of the two lanes that are not requests. */
export interface LaneTopics {
  readonly upkeepTopic: string;
  readonly ownerTopic: string;
}

/** The lane of a topic. What came from no topic, or from any other, is a request or nothing. */
export function laneOf(topic: string | null, { upkeepTopic, ownerTopic }: LaneTopics): Lane {
  if (topic === upkeepTopic) return 'upkeep';
  return topic === ownerTopic ? 'owner' : 'requests';
}
