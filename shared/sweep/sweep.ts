import { wrongAccount } from '../requests/refusals.ts';
import type { Clock } from '../runtime/clock.ts';
import type { Settings } from '../runtime/config.ts';
import { TerminalError } from '../runtime/errors.ts';
import { pool } from '../runtime/pool.ts';
import { Pacer } from '../runtime/rate-limit.ts';
import type { ReplySource } from '../verification/reply.ts';
import { DriftReport } from './drift-report.ts';
import { tellingEmergencies } from './emergency-notices.ts';
import { type TellNotices, tellingEnds } from './end-notices.ts';
import { type Compared, compareInventory, rememberInventory } from './inventory.ts';
import { remembered } from './last-verdict.ts';
import { listRoles } from './list-roles.ts';
import { askForNextPage, atLeastOnce, rolesAfter } from './paging.ts';
import { mayRepair } from './repair-limit.ts';
import { tellingReviews } from './review-notices.ts';
import { sweepPolicies } from './sweep-policies.ts';
import { RoleSweep, type SweepPorts, UPKEEP_MS } from './sweep-role.ts';
import { usesOf } from './sweep-uses.ts';
import { lapse } from './unconfirmed.ts';

/** What a sweep came to, or the part of one that an invocation had time for. */
export interface Swept {
  /** Roles of ours that were judged, and how many of them some check failed. */
  readonly roles: number;
  readonly failed: number;
  /** Roles about which nothing was found out, as the calls failed: for the next sweep. */
  readonly unjudged: number;
  /** The first of those, and why; null where all were judged. */
  readonly trouble: string | null;
  /** Roles of our name without our tag, or of our tag and a name that is never made here. */
  readonly unmanaged: number;
  /** Roles that somebody has deleted since the last sweep. */
  readonly gone: number;
  readonly policies: number;
  /** Upkeep that was due, apart from repairs and from what nobody has confirmed. */
  readonly asked: number;
  /** Changes that were told. */
  readonly changed: number;
  /** Notices that were told: of ends that are near, of reviews that are due, and of roles that nobody uses. */
  readonly notices: number;
  /** Roles that nobody has confirmed for long enough after that was told, and how many of them were to be narrowed now. */
  readonly unconfirmed: number;
  readonly narrowed: number;
  /** Why it could not be read who used the roles; null where it was. */
  readonly unread: string | null;
  /** Roles that a repair would put right, how many of them it was asked for, and whether there were too many. */
  readonly repairable: number;
  readonly repairs: number;
  readonly refused: boolean;
  /** Name of the role after which the next part goes on; null when everything was looked at. */
  readonly after: string | null;
}

/**
 * Roles looked at side by side. Enough to make 95 calls a second as long as an answer takes less than 0.17 s; few enough
 * that what is held of them does not count.
 */
const SIDE_BY_SIDE = 16;
const NOT_COMPARED: Compared = { missed: 0, tags: {} };
const FIRST_PAUSE_MS = 1_000;
/** Kept back for telling, and for asking to go on. */
const RESERVE_MS = 15_000;

/**
 * Looks at everything of ours, from the role after `after` on: judges each role, tells what has changed, asks for what
 * is due, and to go on where its time was up. Writes nothing; provision decides again by itself. Throws `TerminalError`
 * in another account, and what the listing throws.
 */
export async function sweep(
  settings: Settings,
  sender: ReplySource,
  ports: SweepPorts,
  after: string | null = null,
): Promise<Swept> {
  const { clock, upkeep } = ports;
  await requireOwner(settings, ports);
  const { lookUntil, settleMs } = timetable(ports, settings);
  const tellEnds = tellingEnds(settings, sender, ports, clock.now());
  const tellReview = tellingReviews(sender, ports, clock.now());
  const tellEmergency = tellingEmergencies(sender, ports, clock.now());
  const tellNotices: TellNotices = async (...of) =>
    (await tellEnds(...of)) + (await tellReview(...of)) + (await tellEmergency(...of));
  const listing = await listRoles(ports.lister, settings, clock.now());
  const { ours, unmanaged, told } = listing;
  const rest = rolesAfter(ours, after);
  const uses = after === null ? usesOf(listing, settings, sender, ports, lookUntil) : null;
  const report = new DriftReport(sender, ports.outbox, upkeep);
  const roles = new RoleSweep(settings, tellNotices, ports, report, remembered(told), new Pacer(clock));

  const taken = await pool(
    rest,
    SIDE_BY_SIDE,
    (role) => roles.look(role),
    atLeastOnce(() => clock.now() < lookUntil),
  );
  const finished = taken === rest.length;
  await settle(roles, clock, settleMs);
  if (roles.judged === 0 && roles.firstError !== null) throw roles.firstError.thrown;
  const use = await uses?.finish();
  if (after === null) await report.unmanaged(unmanaged, told, clock.now());
  const inventory =
    after === null ? await compareInventory(listing, report, ports.ram, clock.now()) : NOT_COMPARED;
  const looked = new Set(rest.slice(0, taken).map(({ name }) => name));
  const left = ours.filter(({ name }) => told?.includes(name) === true && !looked.has(name));
  const names = [
    ...unmanaged.map(({ role }) => role.name),
    ...report.roomless,
    ...left.map(({ name }) => name),
  ];
  await rememberInventory(
    [...new Set(names)],
    listing,
    { ...inventory.tags, ...use?.tags },
    settings.verifyRole,
    upkeep,
  );
  await report.flush();
  const { broken, judged } = roles;
  const decision = mayRepair(broken.length, judged, after === null && finished);
  const repairing = settings.heal && decision === 'repair';
  if (repairing) for (const role of broken) await upkeep.ask({ role, expired: [], repair: true });
  const narrowed = await lapse(roles.unconfirmed, judged, upkeep, clock.now());
  const stopped = await askForNextPage(rest, taken, upkeep);
  const policies = finished ? await sweepPolicies(ports) : { seen: 0, asked: 0 };
  return {
    roles: judged,
    failed: roles.failed,
    unjudged: roles.unjudged,
    trouble: roles.firstError?.trouble ?? null,
    unmanaged: unmanaged.length,
    gone: inventory.missed,
    policies: policies.seen,
    asked: roles.asked + policies.asked,
    changed: report.told,
    notices: roles.notices + (use?.told ?? 0),
    unread: use?.unread ?? null,
    unconfirmed: roles.unconfirmed.length,
    narrowed,
    repairable: broken.length,
    repairs: repairing ? broken.length : 0,
    refused: settings.heal && decision === 'alarm',
    after: stopped,
  };
}

async function requireOwner({ ownerUid }: Settings, { identity }: SweepPorts): Promise<void> {
  const account = await identity.accountId();
  if (account !== ownerUid) throw new TerminalError('wrong-account', wrongAccount(account, ownerUid).detail);
}

/** Looks again at what looks wrong, at growing distances, until that is no old reading and no work under way. */
async function settle(roles: RoleSweep, clock: Clock, settleMs: number): Promise<void> {
  const end = clock.now() + settleMs;
  for (let pause = FIRST_PAUSE_MS; roles.doubtful.length > 0; pause *= 4) {
    const wait = Math.min(pause, Math.max(0, end - clock.now()));
    await clock.sleep(wait);
    await roles.lookAgain(SIDE_BY_SIDE, clock.now() >= end);
  }
}

/**
 * A reading may be as old as `patienceMs`, so what looks wrong is looked at again after that; the time for it is kept
 * back, or a sweep that is always short of time would never believe anything.
 */
function timetable({ clock, deadline }: SweepPorts, { patienceMs }: Settings) {
  const third = (deadline - clock.now()) / 3;
  const settleMs = Math.min(Math.max(patienceMs, UPKEEP_MS), third);
  return { settleMs, lookUntil: deadline - settleMs - Math.min(RESERVE_MS, third) };
}
