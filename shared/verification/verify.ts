import type { Outcome } from '../../events/outcome.ts';
import { type ProblemCode, problem } from '../../events/problem.ts';
import type { Reply } from '../../events/reply.ts';
import { isEngine } from '../catalogue/catalogue.ts';
import { sameRecord } from '../record/granted-list.ts';
import { mergeRecords } from '../record/merge-records.ts';
import { type AccessRecord, readRecord, recordTags } from '../record/record.ts';
import type { Clock } from '../runtime/clock.ts';
import type { Settings } from '../runtime/config.ts';
import { TerminalError } from '../runtime/errors.ts';
import type { Millis } from '../runtime/millis.ts';
import { visibleFrom } from '../runtime/patience.ts';
import { pendingReply } from './approval-replies.ts';
import { collectEvidence, type EvidencePorts } from './collect-evidence.ts';
import { type Looked, looked } from './last-look.ts';
import type { Proof } from './proof.ts';
import { type ReplySource, replyWithoutProof, replyWithProof } from './reply.ts';

export interface VerifyPorts extends EvidencePorts {
  readonly clock: Clock;
  /** When Function Compute ends this invocation. */
  readonly deadline: Millis;
  /** Hears what was looked at, and what was found. */
  readonly heard?: (one: Looked) => void;
}

const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 10_000;
/** Kept back for the reply itself. */
const REPLY_MS = 5_000;

/** What is told of upkeep: what it took away, and that something else came on its topic. */
const TOLD: readonly (ProblemCode | undefined)[] = ['expired', 'invalid-request'];

/**
 * Proves what an outcome claims and words the reply. Looks again for as long as a reading may be older than the last
 * write; a fault that outlasts that is one. Changes nothing and sends nothing. Null where there is nobody to tell:
 * upkeep that took nothing away.
 */
export async function verify(
  outcome: Outcome,
  settings: Settings,
  sender: ReplySource,
  ports: VerifyPorts,
): Promise<Reply | null> {
  const { clock } = ports;
  const { requesterUid } = outcome;
  if (outcome.result === 'pending') return pendingReply(outcome, sender, clock.now());
  if (outcome.action === 'upkeep' && !TOLD.includes(outcome.problem?.code)) return null;
  if (requesterUid === null || outcome.result === 'rejected' || outcome.result === 'failed')
    return replyWithoutProof(outcome, sender, clock.now());
  try {
    const proof = await prove(requesterUid, outcome, settings, ports);
    ports.heard?.(looked({ access: outcome.access, requesterUid }, proof, outcome.action));
    return replyWithProof(outcome, proof, sender, clock.now());
  } catch (error) {
    if (!(error instanceof TerminalError)) throw error;
    const told = problem(error.code, `${error.message}.`);
    return replyWithoutProof({ ...outcome, problem: told }, sender, clock.now());
  }
}

async function prove(
  requesterUid: string,
  outcome: Outcome,
  settings: Settings,
  ports: VerifyPorts,
): Promise<Proof> {
  const { clock, deadline } = ports;
  const left = readRecord(new Map(Object.entries(outcome.record)), clock.now());
  const role = { access: outcome.access, requesterUid };
  const revoked = outcome.revoked.filter(isEngine);
  let shown: string | null = null;
  // Provision never gives a time that is still to come, so such a one is not believed.
  let since = Math.min(outcome.changedAt ?? Number.NEGATIVE_INFINITY, clock.now());
  for (let pause = FIRST_PAUSE_MS; ; pause = Math.min(LONGEST_PAUSE_MS, pause * 2)) {
    const lookedAt = clock.now();
    const proof = await collectEvidence(role, left, revoked, lookedAt, settings, ports);
    const stale = proof.checks.some((check) => check.status === 'fail') || !isAtLeast(proof.record, left);
    // A fault is believed only when it is seen after the last moment at which a reading could have been too old. What
    // RAM shows otherwise than before has been written since, or is old: in both cases it may be half of a change.
    const shows = readingOf(proof);
    if (shown !== null && shows !== shown) since = lookedAt;
    shown = shows;
    const settled = visibleFrom(since, settings.patienceMs);
    const wait = Math.min(pause, Math.max(0, settled - clock.now()));
    if (!stale || lookedAt >= settled || clock.now() + wait > deadline - REPLY_MS) return proof;
    await clock.sleep(wait);
  }
}

/** All that was read of RAM, as one text. */
const readingOf = ({ role, attached, policyText, record }: Proof): string =>
  JSON.stringify([role?.trust, attached, policyText, [...recordTags(record)].sort()]);

/** Whether a record that was read is the one that provision left, or newer: then that adds nothing to it. */
const isAtLeast = (record: AccessRecord, left: AccessRecord): boolean =>
  sameRecord(mergeRecords(record, left), record);
