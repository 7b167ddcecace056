import { POLICY_ENGINES, type PolicyEngineId } from '../../shared/catalogue/engine.ts';
import { externalId } from '../../shared/catalogue/external-id.ts';
import { desiredRole } from '../../shared/reconcile/desired.ts';
import { applyChange } from '../../shared/record/apply-change.ts';
import { EMPTY_RECORD } from '../../shared/record/record.ts';
import { millis } from '../../shared/runtime/millis.ts';
import { buildBaselines } from './baseline/build.ts';
import type { Task } from './baseline/obvious.ts';
import { destinationEvent, topicEvent } from './events.ts';
import type { BenchInstance } from './instance.ts';
import { median, rounded } from './median.ts';
import { nothingGranted } from './nothing-granted.ts';
import { say } from './processes.ts';
import { openStage, type Stage } from './stage.ts';

/** From the start of a cold process to the published reply of a first grant, in ms; medians of runs in turn. */
export interface ColdGrant {
  /** Provision and verify, two cold processes: verify starts when provision wakes it. */
  readonly oursMs: number;
  /** The same where verify starts when the outcome comes. */
  readonly unwokenMs: number;
  /**
   * The vendor's SDKs called one after the other, divided over two cold processes as ours:
   * test/bench/baseline/obvious.ts.
   */
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
  const runs = {
    oursMs: () => grant(stage, engines, true),
    unwokenMs: () => grant(stage, engines, false),
    obviousMs: () => grantObviously(stage, obvious, engines, [['write'], ['prove']]),
    obviousInOneMs: () => grantObviously(stage, obvious, engines, [['write', 'prove']]),
  };
  const times: Record<keyof typeof runs, number[]> = {
    oursMs: [],
    unwokenMs: [],
    obviousMs: [],
    obviousInOneMs: [],
  };
  for (let round = 0; round < rounds; round += 1) {
    times.oursMs.push(await timed(stage, runs.oursMs));
    times.unwokenMs.push(await timed(stage, runs.unwokenMs));
    times.obviousMs.push(await timed(stage, runs.obviousMs));
    times.obviousInOneMs.push(await timed(stage, runs.obviousInOneMs));
  }
  const oursMs = rounded(median(times.oursMs));
  const unwokenMs = rounded(median(times.unwokenMs));
  const obviousMs = rounded(median(times.obviousMs));
  const obviousInOneMs = rounded(median(times.obviousInOneMs));
  return {
    oursMs,
    unwokenMs,
    obviousMs,
    obviousInOneMs,
    ratio: rounded(oursMs / obviousMs),
    ratioToOne: rounded(oursMs / obviousInOneMs),
  };
}

/** Time of a first grant, in ms: nothing of it is there before, and the one reply is published then. */
async function timed({ cloud }: Stage, grant: () => Promise<void>): Promise<number> {
  const { world, requester, ready } = cloud;
  nothingGranted(cloud);
  const replies = () => requester.mns.queue(ready.replyQueue.name).messages;
  const before = replies().length;
  const started = world.clock.now();
  await grant();
  await cloud.idle();
  const fresh = replies()
    .slice(before)
    .map(({ body }) => body);
  const published = world.journal.calls.filter(({ operation }) => operation === 'PublishMessage');
  const [reply] = published;
  if (fresh.length !== 1 || published.length !== 1 || !fresh[0]?.includes('"verified"'))
    throw new Error(`not one verified reply: ${fresh.join()}`);
  return (reply?.endedAt ?? Number.NaN) - started;
}

/**
 * As the platform does it, without the time that it takes itself: an instance of verify starts when the first event for it
 * comes. That is provision's call for it, where it is heard, or else the outcome. An instance that is still starting when
 * the outcome comes takes it next.
 */
async function grant(stage: Stage, engines: readonly string[], woken: boolean): Promise<void> {
  const { world, ready } = stage.cloud;
  const { functions } = world;
  if (functions === null) throw new Error('nothing runs functions');
  const started: { readonly verify: BenchInstance; readonly early: Promise<string> }[] = [];
  world.functions = {
    invoke: (call) => functions.invoke(call),
    idle: () => functions.idle(),
    async enqueue({ payload }) {
      const verify = woken && started.length === 0 ? stage.start('verify') : null;
      if (verify !== null) started.push({ verify, early: verify.run(JSON.parse(payload.toString('utf8'))) });
      return { requestId: 'early' };
    },
  };
  try {
    const provision = stage.start('provision');
    const event = topicEvent({ requesterUid: ready.requester.uid, engines }, Date.now());
    const answer = await provision.run(event);
    const [first] = started;
    if (woken && first === undefined) throw new Error('provision did not wake verify');
    const verify = first?.verify ?? stage.start('verify');
    await first?.early;
    await verify.run(destinationEvent(event, answer));
    await Promise.all([verify.end(), provision.end()]);
  } finally {
    world.functions = functions;
  }
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
