import type { WeatherCall } from '../../local/cloud/weather.ts';
import { type Built, PROVISION, VERIFY } from './built.ts';

/** Death at the n-th call from now on, whoever makes it. A function that probes under another role's session dies itself. */
export interface Kill {
  readonly call: number;
  readonly when: 'before' | 'after';
}

export const WHEN = ['before', 'after'] as const;

/** Orders kills, each counted from when the one before has struck. */
export function orderKills(built: Built, kills: readonly Kill[]): void {
  const { world, host, owner } = built;
  const functions = new Set([PROVISION, VERIFY].map((name) => host.find(owner.uid, name)));
  kills.forEach(({ call, when }, index) => {
    let counted = 0;
    const matches = ({ accessKeyId }: WeatherCall): boolean => {
      if (world.weather.killsPending > kills.length - index) return false;
      counted += 1;
      const holder = world.sts.session(accessKeyId)?.principal;
      const probing = holder?.type === 'role' && holder.roleName.startsWith('dms-cross-account-');
      if (counted === call && probing)
        for (const { spec, session } of functions)
          if (spec.functionName === VERIFY) world.weather.kill(session.credentials()?.accessKeyId ?? '');
      return true;
    };
    world.weather.killAt({ call, when, matches });
  });
}

export const tellKill = ({ call, when }: Kill): string =>
  `the instance that makes call ${call} is killed ${when} it takes effect`;
