import type { WrittenChange } from '../../events/change.ts';
import type { Grant } from '../../events/grant.ts';
import { type Problem, problem } from '../../events/problem.ts';
import type { Unless } from '../admission/approval.ts';
import type { Requesters } from '../admission/requesters.ts';
import { isOurs, roleName } from '../catalogue/names.ts';
import type { RamReader } from '../ports.ts';
import { type Applied, applyChange } from '../record/apply-change.ts';
import type { Asked } from '../record/asked.ts';
import { grantedList, sameRecord } from '../record/granted-list.ts';
import { readNotes } from '../record/notes.ts';
import { readRecord } from '../record/record.ts';
import { fitTags } from '../record/tag-budget.ts';
import { admitUnsent } from '../requests/admit-request.ts';
import { gateOf } from '../requests/gate.ts';
import { isParsedRequest, parseRequestOf } from '../requests/parsed-request.ts';
import { notOwned, tooManyTags } from '../requests/refusals.ts';
import type { Settings } from '../runtime/config.ts';
import type { Millis } from '../runtime/millis.ts';
import { rule } from './approval-gate.ts';
import { cannotChange } from './cannot-change.ts';
import { notCovered } from './covered.ts';
import { type Desired, desiredRole } from './desired.ts';
import { endChanges } from './end-changes.ts';
import { notedFor } from './noted.ts';
import { observe, type Reading } from './observe.ts';
import { ownerOf } from './ownership.ts';
import { changeOf, dueFor } from './role-change.ts';
import type { Stages } from './write-order.ts';

/** What a request would write, were it sent now; or why provision would refuse it. */
export type Preview =
  | { readonly refusal: Problem }
  | {
      readonly refusal: null;
      readonly reading: Reading;
      readonly desired: Desired;
      /** What the role would grant then, and what the request would do to ends. */
      readonly grants: readonly Grant[];
      readonly ends: readonly WrittenChange[];
      /** Why the owner would have to approve it first; empty where nothing would wait. */
      readonly waits: readonly string[];
      /** What would be written, once it is approved; empty where that is nothing. */
      readonly stages: Stages;
    };

/**
 * Goes the way of provision up to the first write, with the same reading of the request, admission, record, comparison
 * and order. `body` is the request as it would be published. Reads RAM; throws what the reader throws.
 */
export async function preview(
  body: string,
  now: Millis,
  settings: Settings & { readonly requesters: Requesters },
  ram: RamReader,
): Promise<Preview> {
  const { ownerUid, requesters } = settings;
  // No request may have this id, so none that waits is taken for this one.
  const unsent = { body, messageId: 'not sent', publishedAt: now, topic: null };
  const parsed = parseRequestOf(unsent, ownerUid, requesters);
  const admitted = isParsedRequest(parsed) ? admitUnsent(parsed, requesters) : parsed;
  if (!isParsedRequest(admitted)) return { refusal: admitted.problem ?? NOTHING_ASKED };
  const change = changeOf(admitted);
  if (change === null) return { refusal: NOTHING_ASKED };
  const { access, requesterUid } = admitted.request;
  const role = { access, requesterUid };
  const name = roleName(access, requesterUid);
  const terms = { ...settings, ...role };
  const before = await observe(ram, name, null, {});
  if (ownerOf(before, terms, now, settings.patienceMs, false) === 'somebody')
    return { refusal: notOwned('role', name) };
  const present = readRecord(before.tags, now);
  const applied = applyChange(present, change);
  const noted = readNotes(before.tags);
  const unfit = cannotChange(role, change, applied, present, noted, now);
  if (unfit !== null) return { refusal: unfit };
  const gate = gateOf(admitted, requesters);
  const ruled = rule(gate, {
    record: present,
    word: applied,
    notes: noted,
    now,
    roleName: name,
  });
  if (ruled.refusal !== null) return { refusal: ruled.refusal };
  const { record: next } = ruled.pending === null ? ruled.word : applied;
  const fitted = fitTags(next, present, before.tags, change, now);
  if ('needed' in fitted) return { refusal: tooManyTags(name, fitted) };
  const notes = notedFor(change, before.tags, fitted.record, !sameRecord(present, fitted.record));
  const desired = desiredRole(fitted.record, now, terms, fitted.freed, notes);
  const policy = desired.policy?.kind === 'ours' ? await policyOf(ram, desired.policy.name) : null;
  if (policy?.isForeign === true) return { refusal: notOwned('policy', policy.name) };
  const policyText = policy?.text ?? null;
  const reading = { ...before, policy: policy === null ? null : { name: policy.name, text: policyText } };
  const observed = { ...reading, at: now, account: ownerUid, policyText };
  return {
    refusal: null,
    reading,
    desired,
    grants: grantedList(fitted.record, now),
    waits: ruled.pending === null || gate?.kind !== 'asks' ? [] : waitsFor(gate.unless, applied, ruled.left),
    ends: endChanges(present, fitted.record, change, now),
    stages: dueFor(change, observed, desired, fitted.record, now).stages,
  };
}

/** A policy of a name of ours; also one that is not there yet. */
async function policyOf(ram: RamReader, name: string) {
  const [found, tags] = await Promise.all([ram.policy(name), ram.policyTags(name)]);
  return { name, text: found?.text ?? null, isForeign: found !== null && !isOurs(tags) };
}

/** What has to be approved, and what would wait no more. */
const waitsFor = (unless: Unless | null, word: Applied, left: Asked | null): readonly string[] => [
  ...notCovered(unless, word),
  ...(left === null ? [] : [`it would take the place of ${left.requestId}, which waits now`]),
];

const NOTHING_ASKED = problem('invalid-request', 'the request asks for no change.');
