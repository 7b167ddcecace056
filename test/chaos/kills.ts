import type { Built } from './built.ts';

/** Death at the n-th call from now on, whoever makes it and under whichever session. */
export interface Kill {
  readonly call: number;
  readonly when: 'before' | 'after';
}

export const WHEN = ['before', 'after'] as const;

/** Orders kills, each counted from when the one before has struck. */
export function orderKills(built: Built, kills: readonly Kill[]): void {
  const { weather } = built.world;
  kills.forEach(({ call, when }, index) => {
    const matches = (): boolean => weather.killsPending <= kills.length - index;
    weather.killAt({ call, when, matches });
  });
}

export const tellKill = ({ call, when }: Kill): string =>
  `the instance that makes call ${call} is killed ${when} it takes effect`;
