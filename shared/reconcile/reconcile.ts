import type { Problem } from '../../events/problem.ts';
import { type RoleId, roleName } from '../catalogue/names.ts';
import { applyChange } from '../record/apply-change.ts';
import type { Asked } from '../record/asked.ts';
import type { Change } from '../record/change.ts';
import { sameGrants, sameRecord } from '../record/granted-list.ts';
import { readNotes } from '../record/notes.ts';
import { type AccessRecord, EMPTY_RECORD, type GrantId, readRecord } from '../record/record.ts';
import { isTooLate } from '../record/retention.ts';
import { fitTags, MAX_TAGS } from '../record/tag-budget.ts';
import type { Gate } from '../requests/gate.ts';
import { notOwned, overtaken, reachedTooLate, tooManyTags, wrongAccount } from '../requests/refusals.ts';
import type { Settings } from '../runtime/config.ts';
import { RetryableError } from '../runtime/errors.ts';
import type { Millis } from '../runtime/millis.ts';
import { visibleFrom } from '../runtime/patience.ts';
import { rule } from './approval-gate.ts';
import { cannotChange } from './cannot-change.ts';
import { carryOut } from './carry-out.ts';
import { type Ended, endedBy, spokenOf, writtenChanges } from './changes.ts';
import { desiredRole } from './desired.ts';
import { endChanges } from './end-changes.ts';
import { knownAfter } from './known-after.ts';
import { likelyPolicyOf } from './last-records.ts';
import { notesBehind } from './noted.ts';
import { type Known, observe, type Reading } from './observe.ts';
import { ownerOf } from './ownership.ts';
import { FEWEST_ROUNDS, LONGEST_PAUSE_MS, pause } from './pause.ts';
import { policyOwner, textOf } from './policy-owner.ts';
import { NOTHING_DONE, type ProvisionPorts, type Reconciled } from './reconciled.ts';
import { removeLeft } from './remove-left.ts';
import { dueFor, isOvertaken } from './role-change.ts';

/**
 * Makes a role what its record says after a change, and then takes away what it left behind. `gate`: where the owner has
 * to approve what is granted. Throws `RetryableError` when RAM does not show in time what was written, and what the ports
 * throw.
 */
export async function reconcile(
  role: RoleId,
  change: Change,
  settings: Settings,
  ports: ProvisionPorts,
  gate?: Gate,
): Promise<Reconciled> {
  const made = await converge(role, change, settings, ports, gate);
  await removeLeft(roleName(role.access, role.requesterUid), settings.patienceMs, ports);
  return made;
}

/** Observes, compares and applies until there is nothing left to write: so the last act is a look at what was written. */
const converge: typeof reconcile = async (role, change, settings, ports, gate) => {
  const { clock, ram, memory, seen } = ports;
  const name = roleName(role.access, role.requesterUid);
  const terms = { ...settings, ...role };
  if ((change.action === 'grant' || change.action === 'extend') && isTooLate(change.at, clock.now()))
    return { ...NOTHING_DONE, refusal: reachedTooLate(change.at, clock.now()) };
  let known: Known = {};
  let likelyPolicy = likelyPolicyOf(change, seen?.of(name) ?? EMPTY_RECORD, terms, clock.now());
  /** Read while the last writes were made; null where the role is still to be read. */
  let ahead: Reading | null = null;
  let writes = 0;
  let lastWriteAt: Millis | null = null;
  const patient = visibleFrom(clock.now(), settings.patienceMs) + LONGEST_PAUSE_MS;
  /** The record as it was before this run wrote anything, and what it spoke of. */
  let before: AccessRecord | null = null;
  const spoken = new Set<GrantId>();
  const ended: Ended[] = [];
  let approved = false;
  /** Whether this run wrote more than a record: then it goes on until the role is what its record says. */
  let reshaped = false;
  let left: Asked | null = null;
  let round = 0;
  for (; round < FEWEST_ROUNDS || clock.now() < patient; round += 1) {
    memory.forget(clock.now(), settings.patienceMs);
    const [account, reading] = await Promise.all([
      round === 0 ? ports.identity.accountId() : settings.ownerUid,
      ahead ?? observe(ram, name, likelyPolicy, known),
    ]);
    ahead = null;
    const read = readRecord(reading.tags, clock.now());
    const record = reading.role === null ? read : memory.newest(name, read);
    const tags = reading.role === null ? reading.tags : memory.newestNotes(name, reading.tags);
    const noted = readNotes(tags);
    for (const id of before === null ? record.entries.keys() : spokenOf(record, change)) spoken.add(id);
    const end = (
      refusal: Problem | null,
      after = record,
      superseded: readonly GrantId[] = [],
      pending: Asked | null = null,
    ): Reconciled => ({
      refusal,
      before: before ?? record,
      record: after,
      superseded,
      changes: [
        ...(refusal === null ? endChanges(before ?? record, after, change, clock.now()) : []),
        ...writtenChanges(ended, spoken),
      ],
      writes,
      lastWriteAt,
      pending,
      left,
      notes: noted,
    });
    if (account !== settings.ownerUid) return end(wrongAccount(account, settings.ownerUid));
    const owner = ownerOf(reading, terms, clock.now(), settings.patienceMs, known.role !== undefined);
    if (owner === 'somebody') return end(notOwned('role', name));
    if (owner === 'not visible yet') {
      await pause(ports, round);
      continue;
    }
    const asked = applyChange(record, change);
    const unfit = cannotChange(terms, change, asked, record, noted, clock.now());
    if (unfit !== null) return end(unfit);
    const found = { record, word: asked, notes: noted, now: clock.now(), roleName: name, approved };
    const ruled = rule(gate, found);
    if (ruled.refusal !== null) return end(ruled.refusal);
    approved ||= ruled.approved;
    left ??= ruled.left;
    const { word, pending } = ruled;
    const { record: next, superseded } = word;
    // Only the time of such a word is worth keeping, so that no older one comes back.
    const tooOld =
      pending === null && !reshaped && isOvertaken(word) && sameGrants(before ?? record, next, clock.now())
        ? overtaken(superseded)
        : null;
    if (tooOld !== null && sameRecord(record, next)) return end(tooOld, record, superseded);
    const fitted = fitTags(next, record, reading.tags, change, clock.now());
    if ('needed' in fitted) return end(tooManyTags(name, fitted));
    const isChanged = !sameRecord(before ?? record, fitted.record);
    const notes = tooOld === null ? notesBehind(ruled, change, tags, fitted.record, isChanged) : null;
    if (pending !== null && notes === null)
      return end(tooManyTags(name, { needed: MAX_TAGS + 1, limit: MAX_TAGS }));
    seen?.see(name, fitted.record);
    const desired = desiredRole(fitted.record, clock.now(), terms, fitted.freed, notes);
    likelyPolicy = desired.policy?.kind === 'ours' ? desired.policy.name : null;
    const policyText =
      likelyPolicy === null || memory.left.isGone(likelyPolicy)
        ? null
        : await textOf(likelyPolicy, reading, ram, known);
    const observed = memory.doubt({ ...reading, at: clock.now(), account, policyText }, desired);
    const { stages, differences } = dueFor(change, observed, desired, fitted.record, clock.now(), {
      gate,
      recordOnly: tooOld !== null || (pending !== null && reading.role !== null),
    });
    before ??= record;
    if (stages.length === 0) return end(tooOld, fitted.record, superseded, pending);
    const user =
      policyText === null ? null : await policyOwner(stages.flat(), desired, known, settings, ports);
    if (user === 'somebody') return end(notOwned('policy', String(likelyPolicy)));
    if (user === 'not visible yet') {
      await pause(ports, round);
      continue;
    }
    if (!sameRecord(fitted.record, record)) ports.note?.({ ...role, before: record, after: fitted.record });
    const { applied, reading: after } = await carryOut(
      { stages, differences, change, desired },
      ports,
      (done) => observe(ram, name, likelyPolicy, knownAfter(known, done, desired, clock.now())),
    );
    ended.push(...endedBy(applied.done, differences));
    writes += applied.done.length;
    reshaped ||= applied.done.some(({ operation }) => operation !== 'tag-role');
    lastWriteAt = applied.lastWriteAt ?? lastWriteAt;
    known = knownAfter(known, applied.done, desired, clock.now());
    // A second plan means that somebody else wrote in between, or that the reading was old.
    if (applied.conflict || round > 0) await pause(ports, round);
    else ahead = after;
  }
  throw new RetryableError(
    'internal',
    `RAM did not show ${name} as it was written within ${round} readings; the next delivery goes on from there`,
  );
};
