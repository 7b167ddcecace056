import type { Scenario } from './scenario.ts';
import { approval } from './scenarios/approval.ts';
import { conservation } from './scenarios/conservation.ts';
import { crashEverywhere } from './scenarios/crash-everywhere.ts';
import { crashTwice } from './scenarios/crash-twice.ts';
import { deadline } from './scenarios/deadline.ts';
import { duplicates } from './scenarios/duplicates.ts';
import { files } from './scenarios/files.ts';
import { foreign } from './scenarios/foreign.ts';
import { fuzz } from './scenarios/fuzz.ts';
import { hostileRequester } from './scenarios/hostile-requester.ts';
import { leastPrivilege } from './scenarios/least-privilege.ts';
import { lifetimes } from './scenarios/lifetimes.ts';
import { lostAnswer } from './scenarios/lost-answer.ts';
import { outage } from './scenarios/outage.ts';
import { persistentFault } from './scenarios/persistent-fault.ts';
import { quotas } from './scenarios/quotas.ts';
import { secrets } from './scenarios/secrets.ts';
import { staleReads } from './scenarios/stale-reads.ts';
import { stopped } from './scenarios/stopped.ts';
import { takeAway } from './scenarios/take-away.ts';
import { throttled } from './scenarios/throttled.ts';

/** Every scenario, in the order of the table. */
export const SCENARIOS: readonly Scenario[] = [
  crashEverywhere,
  crashTwice,
  lostAnswer,
  persistentFault,
  duplicates,
  throttled,
  quotas,
  outage,
  deadline,
  staleReads,
  conservation,
  fuzz,
  files,
  foreign,
  secrets,
  leastPrivilege,
  stopped,
  hostileRequester,
  takeAway,
  lifetimes,
  approval,
];
