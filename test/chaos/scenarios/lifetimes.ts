import { DAY, HOUR } from '../../kit/time.ts';
import { Dice } from '../dice.ts';
import { Roles } from '../lifetimes/roles.ts';
import { Sweeps } from '../lifetimes/sweeps.ts';
import { scenario } from '../scenario.ts';

interface Case {
  readonly seed: number;
  readonly roles: number;
  readonly days: number;
  /** Whether most roles are due for review at once, more than one sweep may narrow. */
  readonly alike: boolean;
}

const ROLES = 200;
/** Words about some role, and sweeps, in one day. */
const WORDS = 30;
const SWEEPS = 2;
/** Of so few days, each has fewer roles. */
const FEW = 30;
/** The first days are those of roles that come to be narrowed at once: told after a day, and over after another. */
const ALIKE = 3;

export const lifetimes = scenario<Case>({
  id: 'lifetimes',
  promise:
    'days and years of random requests, extensions, confirmations and deaths of functions: every notice is told once, no access outlives its end by more than a sweep, and nothing is narrowed that was confirmed or not yet told of',
  where: 'in process',
  unit: `days of ${ROLES} roles`,
  full: 365,
  short: 10,
  seconds: 115,
  *cases(seed, runs) {
    const roles = runs < FEW ? ROLES / 4 : ROLES;
    yield { seed, roles, days: Math.min(ALIKE, runs), alike: true };
    if (runs > ALIKE) yield { seed, roles, days: runs - ALIKE, alike: false };
  },
  async attempt({ seed, roles: count, days, alike }) {
    const dice = new Dice(seed, 'lifetimes');
    const roles = await Roles.of(count, alike, dice);
    const sweeps = new Sweeps(roles, dice);
    for (let part = 0; part < days * SWEEPS && sweeps.wrong.length === 0; part += 1) {
      const end = roles.at.clock.now() + DAY / SWEEPS + dice.int(-1, 1) * HOUR;
      const words = Math.round((WORDS * count) / ROLES / SWEEPS);
      const pause = (end - roles.at.clock.now()) / (words + 1);
      for (let word = 0; word < words; word += 1) {
        roles.at.clock.advance(Math.floor(pause));
        await roles.speak();
      }
      roles.at.clock.advance(Math.max(0, Math.floor(end - roles.at.clock.now())));
      await sweeps.sweep();
    }
    const note = `${sweeps.narrowed} roles narrowed`;
    return { runs: days, wrong: sweeps.wrong, figure: sweeps.notices, note };
  },
  tell: ({ seed, roles, days, alike }) => [
    `${days} days of ${roles} roles${alike ? ' that are reviewed at once' : ''}, by seed ${seed}`,
  ],
  *smaller(one) {
    for (const days of [7, 30, 100]) if (days < one.days) yield { ...one, days };
    for (const roles of [5, 20, 60]) if (roles < one.roles) yield { ...one, roles };
  },
  worst: (figure) => `${figure} notices, each told once`,
});
