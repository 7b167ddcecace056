import type { Requesters } from '../admission/requesters.ts';
import type { LaneTopics } from './lane.ts';

/** What is needed to tell who asked, where provision has not. */
export interface Receiving extends LaneTopics {
  readonly ownerUid: string;
  /** Read where it is needed only. */
  readonly requesters: () => Requesters;
}
