import type { Addressee } from '../../events/outcome.ts';
import type { Upkeep } from '../../events/upkeep.ts';
import { NO_GRANTS } from '../catalogue/grants.ts';
import type { RoleId } from '../catalogue/names.ts';
import { roleName } from '../catalogue/names.ts';
import type { Outbox, UpkeepOutbox } from '../ports.ts';
import { EMPTY_RECORD, grantedBy, readRecord } from '../record/record.ts';
import { type Millis, millis } from '../runtime/millis.ts';
import { looked, noteLooks } from '../verification/last-look.ts';
import type { Proof } from '../verification/proof.ts';
import { fail } from '../verification/proof.ts';
import type { ReplySource } from '../verification/reply.ts';
import {
  formatVerdict,
  readVerdict,
  sameUnchecked,
  sameVerdict,
  VERDICT_TAG,
  type Verdict,
  verdictOf,
  withUnchecked,
} from '../verification/verdict.ts';
import { type ChangedRole, changedReply } from './changed-reply.ts';
import type { OurRole, UnmanagedRole } from './list-roles.ts';
import { lostChecks, skippedAtFirst } from './lost-checks.ts';
import { hasRoomForVerdict } from './sweep-state.ts';

/** Names that one message about a verdict holds. */
const LONGEST_GROUP = 50;

/**
 * Tells what is new, and has it remembered. A change is told before it is remembered, because a change that is told twice
 * does less harm than one that nobody is told of.
 */
export class DriftReport {
  readonly #sender: ReplySource;
  readonly #outbox: Outbox;
  readonly #upkeep: UpkeepOutbox;
  readonly #groups = new Map<string, { verdict: Verdict; roles: string[] }>();
  /** Names of failed roles whose tags have no room for a verdict. */
  readonly roomless = new Set<string>();
  /** Changes that were told. */
  told = 0;

  constructor(sender: ReplySource, outbox: Outbox, upkeep: UpkeepOutbox) {
    this.#sender = sender;
    this.#outbox = outbox;
    this.#upkeep = upkeep;
  }

  /**
   * A first verdict is told if it is a bad one; any other if it differs. A role whose tags have no room is remembered
   * by its name, beside those that are not ours to write on.
   */
  async report(role: OurRole, proof: Proof, from: Verdict | null, now: Millis): Promise<void> {
    const to = verdictOf(proof.checks, now);
    const hasRoom = hasRoomForVerdict(role.tags);
    if (!hasRoom && to.status === 'failed') this.roomless.add(role.name);
    const isNew = from === null || (hasRoom ? !sameVerdict(from, to) : from.status !== to.status);
    if (!isNew && !hasRoom) return;
    if (!isNew) {
      await this.#reportLost(role, proof, from, now);
      return noteLooks([looked(role.id, { ...proof, tags: role.tags })], this.#upkeep, now);
    }
    if (from !== null || to.status === 'failed') await this.#tellOf(role, proof, { from, to, now });
    if (hasRoom) await this.#remember(role.name, withUnchecked(to, skippedAtFirst(proof.checks)));
  }

  /** The verdict is what it was: what could be checked until a day ago is told of, and the verdict keeps its time. */
  async #reportLost(role: OurRole, proof: Proof, from: Verdict, now: Millis): Promise<void> {
    if (from.status !== 'verified') return;
    const { unchecked, due } = lostChecks(proof.checks, from, now);
    const to = withUnchecked(from, unchecked);
    if (sameUnchecked(from, to)) return;
    if (due !== null) await this.#tellOf(role, proof, { from, to, now, lost: due });
    await this.#remember(role.name, to, true);
  }

  #tellOf(
    role: OurRole,
    proof: Proof,
    change: Pick<ChangedRole, 'from' | 'to' | 'lost'> & { readonly now: Millis },
  ): Promise<void> {
    return this.#tell(
      {
        ...role.id,
        ...change,
        role: { ...role, arn: proof.role?.arn ?? role.arn },
        granted: proof.role === null ? NO_GRANTS : proof.granted,
        record: proof.role === null ? EMPTY_RECORD : proof.record,
        checks: proof.checks,
      },
      role.id.requesterUid,
    );
  }

  /** Tells the owner alone of the roles that are not ours to write on. Each is told of once; one tag remembers them all. */
  async unmanaged(
    found: readonly UnmanagedRole[],
    told: readonly string[] | null,
    now: Millis,
  ): Promise<void> {
    if (told === null) return;
    for (const { role, id, check } of found.filter((one) => !told.includes(one.role.name))) {
      const record = readRecord(role.tags, now);
      await this.#tell(
        {
          role,
          access: id?.access ?? 'register',
          requesterUid: id?.requesterUid ?? null,
          granted: id?.access === 'register' ? grantedBy(record, now) : NO_GRANTS,
          record,
          from: readVerdict(role.tags),
          to: verdictOf([check], now),
          checks: [check],
          now,
        },
        'owner',
      );
    }
  }

  /**
   * Tells of a role that somebody deleted. RAM keeps nothing of it, so nobody knows what it granted. `since`: when
   * it was there.
   */
  async gone({ access, requesterUid }: RoleId, since: Millis, now: Millis): Promise<void> {
    const name = roleName(access, requesterUid);
    const check = fail(
      'role-exists',
      `the role ${name} was there in the sweep of ${new Date(since).toISOString()}, and somebody has deleted it`,
      'send the grant again to have it made, and find out in ActionTrail who deleted it',
    );
    await this.#tell(
      {
        role: { name, arn: null, createdAt: since },
        access,
        requesterUid,
        granted: NO_GRANTS,
        record: EMPTY_RECORD,
        from: null,
        to: verdictOf([check], now),
        checks: [check],
        now,
      },
      requesterUid,
    );
  }

  /** Sends what is still to be remembered. */
  async flush(): Promise<void> {
    for (const [key, group] of this.#groups) {
      this.#groups.delete(key);
      await this.#upkeep.ask(asUpkeep(group));
    }
  }

  async #tell(
    { now, ...change }: Parameters<typeof changedReply>[0] & { now: Millis },
    addressee: Addressee,
  ): Promise<void> {
    await this.#outbox.publish(changedReply(change, this.#sender, now), addressee);
    this.told += 1;
  }

  async #remember(name: string, verdict: Verdict, keepsTime = false): Promise<void> {
    const key = formatVerdict(keepsTime ? verdict : { ...verdict, at: millis(0) });
    const group = this.#groups.get(key) ?? { verdict, roles: [] };
    group.roles.push(name);
    this.#groups.set(key, group);
    if (group.roles.length < LONGEST_GROUP) return;
    this.#groups.delete(key);
    await this.#upkeep.ask(asUpkeep(group));
  }
}

const asUpkeep = ({ verdict, roles }: { verdict: Verdict; roles: string[] }): Upkeep => ({
  remember: { roles, tags: { [VERDICT_TAG]: formatVerdict(verdict) } },
});
