import fc from 'fast-check';
import { provision } from '../../../functions/provision/provision.ts';
import type { EngineId } from '../../../shared/catalogue/engine.ts';
import { documentIds } from '../../../shared/catalogue/grants.ts';
import { permissionDocument } from '../../../shared/catalogue/permission.ts';
import { permissionDifferences } from '../../../shared/reconcile/diff.ts';
import type { RecentWrites } from '../../../shared/reconcile/recent-writes.ts';
import { grantedBy, readRecord } from '../../../shared/record/record.ts';
import { millis } from '../../../shared/runtime/millis.ts';
import { TOPICS } from '../../../shared/runtime/topics.ts';
import { type Direct, topicOf } from '../../kit/direct.ts';
import type { Hook } from '../../kit/direct-api.ts';

export const ENGINES = ['redis', 'gdb', 'rds'] as const satisfies readonly EngineId[];
export const REQUESTERS = ['1000000000000001', '1000000000000011', '1000000000000012'] as const;

/** A request of a history: minutes after the start of time are its publish time. */
export interface Ask {
  readonly requesterUid: string;
  readonly action: 'grant' | 'revoke';
  /** Empty: the whole role (revoke only). */
  readonly engines: readonly EngineId[];
  readonly minute: number;
  /** Minutes from the start at which the grant ends. */
  readonly until: number | null;
}

export const START = Date.parse('2026-11-23T10:00:00.000Z');
export const timeOf = (minute: number): number => START + minute * 60_000;

/** Any history: equal grants, races within the same minute, ends before and after now. */
export const asks = (requesters: readonly string[], maxLength: number): fc.Arbitrary<Ask[]> =>
  fc.array(
    fc
      .record({
        requesterUid: fc.constantFrom(...requesters),
        action: fc.constantFrom('grant' as const, 'grant' as const, 'revoke' as const),
        engines: fc.subarray([...ENGINES], { minLength: 0 }),
        minute: fc.integer({ min: 0, max: 40 }),
        until: fc.option(fc.integer({ min: 500, max: 503 }), { freq: 3 }),
      })
      .map((ask) =>
        ask.action === 'grant'
          ? { ...ask, engines: ask.engines.length === 0 ? ['redis' as const] : ask.engines }
          : { ...ask, until: null },
      ),
    { minLength: 1, maxLength },
  );

/** Delivers a request to provision, in process: to an instance of its own, or to the one with that memory. */
export function deliver(at: Direct, ask: Ask, hook?: Hook, memory?: RecentWrites) {
  const { requesterUid, action, engines, minute, until } = ask;
  const body = JSON.stringify({
    requesterUid,
    action,
    ...(engines.length === 0 ? {} : { engines }),
    ...(until === null ? {} : { expiresAt: new Date(timeOf(until)).toISOString() }),
  });
  const delivery = {
    body,
    messageId: `${minute}-${body.length}`,
    publishedAt: millis(timeOf(minute)),
    topic: topicOf(requesterUid),
  };
  return provision(delivery, at.settings, at.provisionPorts(hook, memory));
}

/** What the sweep sends about a role that is due, and that has drifted. */
export const upkeep = (at: Direct, requesterUid: string) =>
  provision(
    {
      body: JSON.stringify({ upkeep: { role: `dms-cross-account-${requesterUid}`, repair: true } }),
      messageId: 'upkeep',
      publishedAt: at.clock.now(),
      topic: TOPICS.upkeep,
    },
    at.settings,
    at.provisionPorts(),
  );

/**
 * What a role grants: by its record, and by what is really attached and trusted. They must never differ when all
 * is quiet.
 */
export function granted(at: Direct, requesterUid: string): readonly string[] {
  const role = at.owner.ram.findRole(`dms-cross-account-${requesterUid}`);
  if (role === undefined) return [];
  const set = grantedBy(readRecord(role.tags, at.clock.now()), at.clock.now());
  const ids = documentIds(set);
  const names = role.attachments.map(({ policyName }) => policyName);
  const wanted = ids.length === 0 ? [] : [`DmsCrossAccountPolicy-${ids.join('-')}`];
  if (names.join() !== wanted.join())
    throw new Error(`${requesterUid}: the record says ${wanted.join()}, attached is ${names.join()}`);
  for (const name of names) {
    const version = at.owner.ram.findPolicy('Custom', name)?.versions.find(({ isDefault }) => isDefault);
    if (permissionDifferences(version?.document ?? '', permissionDocument(ids)).length > 0)
      throw new Error(`${name} has drifted`);
  }
  const open = role.trust.includes(`"${requesterUid}@dms.aliyuncs.com"`);
  if (open !== set.engines.length > 0) throw new Error(`${requesterUid}: trust is ${open ? 'open' : 'shut'}`);
  return set.engines;
}

/**
 * The reference: per engine the newest request decides; of the same minute, the revoke, then the earlier end. A grant that
 * names no end keeps the one that the engine has.
 */
export function reference(history: readonly Ask[], requesterUid: string, now: number): readonly string[] {
  return ENGINES.filter((engine) => {
    const about = history
      .filter(
        (ask) =>
          ask.requesterUid === requesterUid && (ask.engines.length === 0 || ask.engines.includes(engine)),
      )
      .toSorted(
        (a, b) =>
          a.minute - b.minute ||
          Number(a.action === 'revoke') - Number(b.action === 'revoke') ||
          (b.until ?? Infinity) - (a.until ?? Infinity),
      );
    let end: number | null = null;
    for (const { action, minute, until } of about) {
      const kept: number = end !== null && end > timeOf(minute) ? end : Infinity;
      end = action === 'revoke' ? null : until === null ? kept : timeOf(until);
    }
    return end !== null && end > now;
  }).sort();
}

/**
 * Whether two grants without an end stand around something else about the same engine: the one case where order
 * matters.
 */
export const repeatsAcross = (history: readonly Ask[]): boolean =>
  history.some((first) =>
    history.some(
      (again) =>
        isSameGrant(first, again) &&
        first.minute < again.minute &&
        history.some(
          (between) =>
            differs(between, first) && first.minute <= between.minute && between.minute <= again.minute,
        ),
    ),
  );

const isSameGrant = (a: Ask, b: Ask): boolean =>
  a.action === 'grant' &&
  b.action === 'grant' &&
  a.requesterUid === b.requesterUid &&
  a.until === null &&
  b.until === null &&
  meet(a, b);

const differs = (a: Ask, grant: Ask): boolean =>
  a.requesterUid === grant.requesterUid &&
  (a.action === 'revoke' || a.until !== grant.until) &&
  meet(a, grant);

const meet = (a: Ask, b: Ask): boolean =>
  a.engines.length === 0 || b.engines.length === 0 || a.engines.some((engine) => b.engines.includes(engine));
