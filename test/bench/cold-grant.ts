import { POLICY_ENGINES, type PolicyEngineId } from '../../shared/catalogue/engine.ts';
import { externalId } from '../../shared/catalogue/external-id.ts';
import { desiredRole } from '../../shared/reconcile/desired.ts';
import { applyChange } from '../../shared/record/apply-change.ts';
import { EMPTY_RECORD } from '../../shared/record/record.ts';
import { millis } from '../../shared/runtime/millis.ts';
import { buildBaselines } from './baseline/build.ts';
import type { Task } from './baseline/obvious.ts';
import { destinationEvent, topicEvent } from './events.ts';
import { median, rounded } from './median.ts';
import { nothingGranted } from './nothing-granted.ts';
import { say } from './processes.ts';
import { openStage, type Stage } from './stage.ts';

/** From the start of a cold process to the published reply of a first grant, in ms; medians of runs in turn. */
export interface ColdGrant {
  /** Provision and verify, two cold processes one after the other. */
  readonly oursMs: number;
  /** The vendor's SDKs called one after the other, divided over two cold processes as ours: test/bench/baseline/obvious.ts. */
  readonly obviousMs: number;
  /** The same in one process, which then may both write and prove. */
  readonly obviousInOneMs: number;
  /** Of ours to the obvious one that is divided in the same way. */
  readonly ratio: number;
  readonly ratioToOne: number;
}

export interface ColdGrantFigures {
  readonly one: ColdGrant;
  readonly nine: ColdGrant;
}

const LATENCY_MS = 20;

export async function benchColdGrant(rounds: number): Promise<ColdGrantFigures> {
  const obvious = (await buildBaselines())('obvious');
  const stage = await openStage({ latencyMs: LATENCY_MS });
  try {
    return {
      one: await compare(stage, obvious, ['redis'], rounds),
      nine: await compare(stage, obvious, POLICY_ENGINES, rounds),
    };
  } finally {
    await stage.close();
  }
}

async function compare(
  stage: Stage,
  obvious: string,
  engines: readonly PolicyEngineId[],
  rounds: number,
): Promise<ColdGrant> {
  const ours: number[] = [];
  const divided: number[] = [];
  const inOne: number[] = [];
  const obviously = (...parts: Task['parts'][]) =>
    timed(stage, () => grantObviously(stage, obvious, engines, parts));
  for (let round = 0; round < rounds; round += 1) {
    ours.push(await timed(stage, () => grant(stage, engines)));
    divided.push(await obviously(['write'], ['prove']));
    inOne.push(await obviously(['write', 'prove']));
  }
  const [oursMs, obviousMs, obviousInOneMs] = [ours, divided, inOne].map((times) => rounded(median(times)));
  if (oursMs === undefined || obviousMs === undefined || obviousInOneMs === undefined)
    throw new Error('nothing was measured');
  return {
    oursMs,
    obviousMs,
    obviousInOneMs,
    ratio: rounded(oursMs / obviousMs),
    ratioToOne: rounded(oursMs / obviousInOneMs),
  };
}

/** Time of a first grant: nothing of it is there before, and a reply is there afterwards. */
async function timed({ cloud }: Stage, grant: () => Promise<void>): Promise<number> {
  const { requester, ready } = cloud;
  nothingGranted(cloud);
  const replies = () => requester.mns.queue(ready.replyQueue.name).messages;
  const before = replies().length;
  const started = performance.now();
  await grant();
  const ms = performance.now() - started;
  await cloud.idle();
  const fresh = replies()
    .slice(before)
    .map(({ body }) => body);
  if (fresh.length !== 1 || !fresh[0]?.includes('"verified"'))
    throw new Error(`not one verified reply: ${fresh.join()}`);
  return ms;
}

/** As the platform does it, without the time that it takes itself. */
async function grant(stage: Stage, engines: readonly string[]): Promise<void> {
  const once = { invocations: 1, lookAfter: [] };
  const event = topicEvent({ requesterUid: stage.cloud.ready.requester.uid, engines }, Date.now());
  const { answer } = await stage.run('provision', { events: [event], ...once });
  await stage.run('verify', { events: [destinationEvent(event, answer)], ...once });
}

async function grantObviously(
  stage: Stage,
  bundle: string,
  engines: readonly PolicyEngineId[],
  processes: readonly Task['parts'][],
): Promise<void> {
  const { owner, requester, region, replyTopic } = stage.cloud.ready;
  const at = millis(Date.now());
  const { record } = applyChange(EMPTY_RECORD, { action: 'grant', ids: engines, at, until: null });
  const { roleName, trust, tags, policy } = desiredRole(record, at, {
    access: 'register',
    ownerUid: owner.uid,
    requesterUid: requester.uid,
    verifyRoleArn: `acs:ram::${owner.uid}:role/dms-handshake-verify`,
  });
  if (policy?.kind !== 'ours') throw new Error('these engines need no policy');
  const task: Omit<Task, 'parts'> = {
    endpoint: owner.endpoint,
    ownerUid: owner.uid,
    region,
    writer: stage.keysOf('provision'),
    prover: stage.keysOf('verify'),
    role: {
      name: roleName,
      trust: JSON.stringify(trust),
      tags: [...tags].map(([key, value]) => ({ key, value })),
    },
    policy: { name: policy.name, document: JSON.stringify(policy.document) },
    externalId: externalId(requester.uid),
    requesterUid: requester.uid,
    engines,
    replyTopic,
  };
  for (const parts of processes) await say(['-e', OBVIOUS, bundle], JSON.stringify({ ...task, parts }), {});
}

const OBVIOUS = `
const task = JSON.parse(require('node:fs').readFileSync(0, 'utf8'));
require(process.argv[1]).handler(task).then(() => process.exit(0));
`;
