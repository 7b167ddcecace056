import { POLICY_ENGINES } from '../../shared/catalogue/engine.ts';
import { destinationEvent, httpEvent, topicEvent } from './events.ts';
import { rounded } from './median.ts';
import { type FunctionName, openStage, type Stage } from './stage.ts';

/** Memory of a process in which nothing but one function runs, in MB. */
export interface MemoryOf {
  /** The most in its first 100 invocations. */
  readonly peakMb: number;
  /** The most in 1,000. */
  readonly peakAfter1000Mb: number;
  /** What objects take after 1,000 invocations over what they take after 100, at rest and without garbage. */
  readonly growthMb: number;
}

export type MemoryFigures = Readonly<Record<FunctionName, MemoryOf>>;

/**
 * Node.js sizes its heap by the memory that it finds. A function has 256 MB (s.yaml): V8 then takes half of it for old
 * objects and a 128th of that for each half of the new ones. Here it would find a whole machine and let garbage lie.
 */
export const HEAP_OF_256_MB = ['--max-old-space-size=128', '--max-semi-space-size=1'] as const;

const FEW = 100;
const MANY = 1_000;
/** What a call takes, in ms. */
const LATENCY_MS = 20;
/**
 * The core's HTTP client keeps what belongs to a call until the call's longest time is over, 10 s, though it was answered
 * long ago (httpx 2.3.3: a timer that nobody clears). Only what is left after that has grown.
 */
const REST_MS = 11_000;

export async function benchMemory(): Promise<MemoryFigures> {
  const stage = await openStage({ latencyMs: LATENCY_MS });
  try {
    const requesterUid = stage.cloud.ready.requester.uid;
    const now = Date.now();
    // Grants that add an engine each, until there is nothing left to add.
    const grants = POLICY_ENGINES.map((id) => topicEvent({ requesterUid, engines: [id] }, now));
    const all = topicEvent({ requesterUid, engines: POLICY_ENGINES }, now);
    const once = { invocations: 1, lookAfter: [] };
    const { answer } = await stage.run('provision', { events: [all], ...once });
    const posted = httpEvent({ requesterUid, engines: ['redis'] }, stage.token);
    return {
      intake: await memoryOf(stage, 'intake', [posted]),
      provision: await memoryOf(stage, 'provision', grants),
      verify: await memoryOf(stage, 'verify', [destinationEvent(all, answer)]),
    };
  } finally {
    await stage.close();
  }
}

async function memoryOf(stage: Stage, name: FunctionName, events: readonly object[]): Promise<MemoryOf> {
  const task = { events, invocations: MANY, lookAfter: [FEW, MANY], restMs: REST_MS };
  const { memory } = await stage.run(name, task, [...HEAP_OF_256_MB, '--expose-gc']);
  const [few, many] = memory;
  if (few === undefined || many === undefined) throw new Error(`${name} ended early`);
  const mb = (kilobytes: number) => rounded(kilobytes / 1_024);
  return { peakMb: mb(few.peak), peakAfter1000Mb: mb(many.peak), growthMb: mb(many.inUse - few.inUse) };
}
