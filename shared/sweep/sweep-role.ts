import type { Requester } from '../admission/requesters.ts';
import { isOurs } from '../catalogue/names.ts';
import type { Outbox, RamLister, UpkeepOutbox } from '../ports.ts';
import { trustedAt } from '../reconcile/desired.ts';
import { readAskings, waits } from '../record/asked.ts';
import { isRemovable } from '../record/closed-role-deletion.ts';
import { expiredIds, lastChange } from '../record/expiry.ts';
import { readNotes } from '../record/notes.ts';
import { readRecord } from '../record/record.ts';
import type { Clock } from '../runtime/clock.ts';
import type { Settings } from '../runtime/config.ts';
import type { Millis } from '../runtime/millis.ts';
import { visibleFrom } from '../runtime/patience.ts';
import { pool } from '../runtime/pool.ts';
import type { Pacer } from '../runtime/rate-limit.ts';
import { tellable } from '../runtime/redaction.ts';
import type { Trail } from '../trail-port.ts';
import { isRepairable } from '../verification/checks.ts';
import type { EvidencePorts } from '../verification/collect-evidence.ts';
import type { Proof } from '../verification/proof.ts';
import { sameVerdict, verdictOf } from '../verification/verdict.ts';
import { inspect } from '../verification/verify-role.ts';
import type { DriftReport } from './drift-report.ts';
import type { TellNotices } from './end-notices.ts';
import type { Remembered } from './last-verdict.ts';
import type { OurRole } from './list-roles.ts';
import { forRole, paced, shared } from './shared-reads.ts';
import { type Unconfirmed, unconfirmedIn } from './unconfirmed.ts';
import { isUnlisted, withListing } from './unlisted-requester.ts';

export interface SweepPorts extends EvidencePorts {
  readonly clock: Clock;
  /** When Function Compute ends this invocation. */
  readonly deadline: Millis;
  readonly lister: RamLister;
  /** Null: nobody is asked who used the roles. */
  readonly trail: Trail | null;
  readonly upkeep: UpkeepOutbox;
  readonly outbox: Outbox;
  /** Whether an account may still ask. */
  readonly isListed: (requesterUid: string) => boolean;
  /** What `requesters.json` says of an account; undefined where it is not listed. */
  readonly requesterOf: (requesterUid: string) => Requester | undefined;
}

/** A role that looks worse than its remembered verdict, and until when that may be an old reading or work under way. */
interface Doubtful {
  readonly role: OurRole;
  readonly until: number;
}

/** How long upkeep may take after it was asked for, in ms. */
export const UPKEEP_MS = 10_000;

/** Looks at roles one by one. It tells at once what it found out about a role, and so keeps names and numbers only. */
export class RoleSweep {
  readonly #settings: Settings;
  readonly #tellNotices: TellNotices;
  readonly #ports: SweepPorts;
  readonly #report: DriftReport;
  readonly #remembered: Remembered;
  readonly #startedAt: Millis;
  readonly #pace: Pacer;
  #shared: EvidencePorts;
  readonly doubtful: Doubtful[] = [];
  /** Names of roles that a repair would put right. */
  readonly broken: string[] = [];
  readonly unconfirmed: Unconfirmed[] = [];
  asked = 0;
  /** Notices that were told. */
  notices = 0;
  judged = 0;
  failed = 0;
  unjudged = 0;
  /** Why nothing was found out about the first of those: what was thrown, and a word for the log. */
  firstError: { readonly thrown: unknown; readonly trouble: string } | null = null;

  constructor(
    settings: Settings,
    tellNotices: TellNotices,
    ports: SweepPorts,
    report: DriftReport,
    memory: Remembered,
    pace: Pacer,
  ) {
    this.#tellNotices = tellNotices;
    this.#settings = settings;
    this.#ports = ports;
    this.#report = report;
    this.#remembered = memory;
    this.#startedAt = ports.clock.now();
    this.#pace = pace;
    this.#shared = shared(paced(ports, pace));
  }

  /** Asks for what is due on a role, and judges it by its listed tags. */
  async look(role: OurRole): Promise<void> {
    const now = this.#ports.clock.now();
    const record = readRecord(role.tags, now);
    const expired = expiredIds(record, now);
    const over = isRemovable(record, trustedAt(record, now, role.id.access), role.createdAt, now);
    const { asked } = readAskings(readNotes(role.tags));
    const unanswered = asked?.state === 'waits' && !waits(asked, now);
    if (over || expired.length > 0 || unanswered) {
      const more = unanswered ? { unanswered } : {};
      await this.#ports.upkeep.ask({ role: role.name, expired: [...expired], ...more });
      this.asked += 1;
    }
    if (over) return;
    const unconfirmed = unconfirmedIn(role, record, this.#ports, now);
    if (unconfirmed !== null) this.unconfirmed.push(unconfirmed);
    this.notices += await this.#tellNotices(role, record);
    const proof = await this.#inspect(role);
    if (proof === null) return;
    this.judged += 1;
    const from = this.#remembered(role);
    const to = verdictOf(proof.checks, now);
    if (to.status === 'verified' || (from !== null && sameVerdict(from, to))) await this.#settle(role, proof);
    else {
      // Provision writes the record first, and soon after its time: what it does next may not be visible yet.
      const readable = visibleFrom(lastChange(record, now) ?? 0, this.#settings.patienceMs);
      const until = Math.max(now, readable, expired.length > 0 ? now + UPKEEP_MS : 0);
      this.doubtful.push({ role, until });
    }
  }

  /** Looks again at every role in doubt, and tells what it is then. With `last` it also tells of those that may still change. */
  async lookAgain(sideBySide: number, last: boolean): Promise<void> {
    const doubtful = this.doubtful.splice(0);
    // The roles are read anew, so nothing that was read before may stand in for it.
    this.#shared = shared(paced(this.#ports, this.#pace));
    await pool(doubtful, sideBySide, (one) => this.#doubt(one, last));
  }

  /** Judges a role by all that can be read of it now. */
  async #doubt({ role: listed, until }: Doubtful, last: boolean): Promise<void> {
    try {
      const tags = await this.#shared.ram.roleTags(listed.name);
      // The role has lost its tag, or is gone, since it was listed. The next sweep tells of it.
      if (!isOurs(tags) && tags.size > 0) return;
      const role = { ...listed, tags: tags.size === 0 ? listed.tags : tags };
      const lookedAt = this.#ports.clock.now();
      const proof = await this.#inspect(role);
      if (proof === null) return;
      const bad = proof.checks.some(({ status }) => status === 'fail');
      if (bad && !last && lookedAt < until) this.doubtful.push({ role, until });
      else await this.#settle(role, proof);
    } catch (error) {
      this.#note(listed, error);
    }
  }

  async #settle(role: OurRole, proof: Proof): Promise<void> {
    if (proof.checks.some(({ status }) => status === 'fail')) this.failed += 1;
    const drift = proof.checks.filter((check) => !isUnlisted(check));
    if (isRepairable(proof, drift)) this.broken.push(role.name);
    await this.#report.report(role, proof, this.#remembered(role), this.#ports.clock.now());
  }

  async #inspect(role: OurRole): Promise<Proof | null> {
    const ports = forRole(this.#shared, role, this.#startedAt);
    try {
      const proof = await inspect(role.id, role.tags, this.#ports.clock.now(), this.#settings, ports);
      return withListing(proof, role.id, this.#ports.isListed(role.id.requesterUid));
    } catch (error) {
      return this.#note(role, error);
    }
  }

  /**
   * One role that cannot be looked at must not keep the others from it, also where the fault is ours: whoever may write a
   * role could blind the sweep otherwise.
   */
  #note({ name }: OurRole, thrown: unknown): null {
    this.unjudged += 1;
    this.firstError ??= { thrown, trouble: `${name}: ${tellable(thrown)}` };
    return null;
  }
}
