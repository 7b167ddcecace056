import assert from 'node:assert/strict';
import { applyPlan } from '../../cli/bootstrap/carry-out.ts';
import { groundOf } from '../../cli/bootstrap/ground.ts';
import { ownerSteps } from '../../cli/bootstrap/owner-steps.ts';
import { prove } from '../../cli/bootstrap/prove.ts';
import type { Site } from '../../cli/site.ts';
import { Credentials } from '../../shared/alicloud/credentials.ts';
import { millis, systemClock } from '../../shared/runtime/clock.ts';
import type { TestCloud } from '../kit/test-cloud.ts';
import { REQUESTER } from './ground.ts';

/** Keys of a user who has one policy and nothing else. */
export interface Person {
  readonly accessKeyId: string;
  readonly accessKeySecret: string;
}

/** A step of an errand that did not end as it must. */
export class FailedStep extends Error {
  override readonly name = 'FailedStep';
}

/** Runs a step of an errand, so that what it throws is known by its name. */
export async function step<T>(name: string, run: () => Promise<T>): Promise<T> {
  try {
    return await run();
  } catch (cause) {
    throw new FailedStep(name, { cause });
  }
}

/** What the commands of one person do. Throws where it does not end as it must, `FailedStep` where steps are told apart. */
export interface Errand {
  readonly person: string;
  readonly name: string;
  /** Actions that it is the one to show something about; without, all that no other errand of the person has. */
  readonly about?: RegExp;
  /** Its cloud has no functions before. */
  readonly empty?: true;
  /** It leaves the cloud as it was, so that the next run may have the same one. */
  readonly repeatable: boolean;
  prepare?(cloud: TestCloud): Promise<void>;
  run(cloud: TestCloud, person: Person): Promise<void>;
}

/** Account B, as somebody. */
export const siteFor = ({ owner, ready }: TestCloud, person: Person): Site => ({
  clock: systemClock,
  region: ready.region,
  accountId: owner.uid,
  ownerUid: owner.uid,
  credentials: new Credentials(person, millis(Number.MAX_SAFE_INTEGER)),
  endpoint: ready.owner.endpoint,
  local: null,
});

export const ADMINISTRATOR = ({ ready }: TestCloud): Person => ready.owner;

/** `bootstrap`, as its command does it. Answers what it wrote. */
export async function bootstrap(cloud: TestCloud, person: Person): Promise<readonly string[]> {
  const site = siteFor(cloud, person);
  const askers = { listed: ASKERS, chosen: ASKERS };
  const ground = groundOf(site, 10_000);
  const { steps, conflicts } = await ownerSteps(site.region, site.ownerUid, askers, ground);
  assert.deepEqual(conflicts, []);
  await applyPlan(steps, () => undefined);
  await prove(
    [{ side: 'owner', site, replyTopic: cloud.ready.replyTopic, steps, conflicts }],
    () => undefined,
  );
  return steps.map(({ operation, target }) => `${operation} ${target}`);
}

export const ASKERS = [{ uid: REQUESTER, topics: [] }];
