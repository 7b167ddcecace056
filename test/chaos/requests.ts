import { ALL_ENGINES } from '../../shared/catalogue/catalogue.ts';
import { CONNECTIONS, type EngineId, TRUST_ONLY_ENGINES } from '../../shared/catalogue/engine.ts';
import { MODIFYING } from '../kit/procedure.ts';
import type { Dice } from './dice.ts';

/** Instances that grants are for. */
export const INSTANCES = ['i-1', 'i-2', 'i-3'] as const;

export const USERS = ['alice', 'bob', 'carol'] as const;

/** A request of somebody who may ask, a while after what came before. */
export interface DrawnRequest {
  readonly requesterUid: string;
  readonly action: 'grant' | 'revoke' | 'verify';
  readonly access: 'register' | 'console';
  /** Engines, or RAM users; none: the whole role, or the whole account. */
  readonly what: readonly string[];
  readonly connections: readonly string[];
  /** The instances that an engine is for, by engine; none: all. */
  readonly instances: Readonly<Record<string, readonly string[]>>;
  readonly readOnly: boolean;
  /** Minutes from now at which a grant ends. */
  readonly ends: number | null;
  /** Minutes since what came before. */
  readonly after: number;
}

/** Any request that is understood: most about engines, a few about people. `engines`: those that it can be about. */
export function wishOf(
  dice: Dice,
  requesters: readonly [string, ...string[]],
  engines: readonly EngineId[] = ALL_ENGINES,
): DrawnRequest {
  const access = dice.chance(0.8) ? 'register' : 'console';
  const action = dice.chance(0.65) ? 'grant' : dice.chance(0.9) ? 'revoke' : 'verify';
  const registering = access === 'register';
  const wanted = registering && action === 'grant' ? 1 : 0;
  const few = dice.chance(0.7) ? dice.shuffled(engines).slice(0, 4) : engines;
  const what = registering ? dice.some(few, wanted) : dice.some(USERS);
  return {
    requesterUid: dice.pick(requesters),
    action,
    access,
    what,
    ...(registering && action === 'grant' ? scopeOf(dice, what) : WHOLE),
    connections: registering && dice.chance(0.3) ? dice.some(CONNECTIONS) : [],
    ends: action === 'grant' && dice.chance(0.25) ? dice.pick([2, 45]) : null,
    after: dice.pick([1, 1, 1, 30]),
  };
}

const WHOLE = { instances: {}, readOnly: false };

/** Half of all grants are as wide as the vendor documents them. */
function scopeOf(dice: Dice, engines: readonly string[]): Pick<DrawnRequest, 'instances' | 'readOnly'> {
  const canRead = !engines.some((id) => TRUST_ONLY_ENGINES.some((one) => one === id));
  if (dice.chance(0.5)) return WHOLE;
  if (canRead && dice.chance(0.4)) return { instances: {}, readOnly: true };
  const scoped = dice.some(engines.filter((id) => (MODIFYING[id]?.[1] ?? null) !== null));
  return {
    instances: Object.fromEntries(scoped.map((id) => [id, dice.some(INSTANCES, 1)])),
    readOnly: false,
  };
}

/** The request as it is published at `now`. */
export const bodyOf = (wish: DrawnRequest, now: number): object => ({
  requesterUid: wish.requesterUid,
  action: wish.action,
  access: wish.access,
  ...(wish.what.length === 0 ? {} : { [wish.access === 'register' ? 'engines' : 'users']: wish.what }),
  ...(wish.connections.length === 0 ? {} : { connections: wish.connections }),
  ...(Object.keys(wish.instances).length === 0 ? {} : { instances: wish.instances }),
  ...(wish.readOnly ? { readOnly: true } : {}),
  ...(wish.ends === null ? {} : { expiresAt: new Date(now + wish.ends * 60_000).toISOString() }),
});

export const tellWish = ({
  requesterUid,
  action,
  access,
  what,
  connections,
  ends,
  after,
  ...scope
}: DrawnRequest) =>
  [
    `${after} min later ${requesterUid}: ${action} ${access}`,
    [...what, ...connections].join(', ') || 'all',
    ...Object.entries(scope.instances).map(([id, ids]) => `${id} on ${ids.join(' ')}`),
    ...(scope.readOnly ? ['read-only'] : []),
    ...(ends === null ? [] : [`for ${ends} min`]),
  ].join(' ');

/** All but one, half or three quarters of a list, the shortest first. */
export function* without<T>(list: readonly T[]): Generator<readonly T[]> {
  for (const parts of [2, 4, list.length]) {
    const size = Math.ceil(list.length / parts);
    if (size === list.length) continue;
    for (let from = 0; from < list.length; from += size)
      yield list.filter((_, at) => at < from || at >= from + size);
  }
}
