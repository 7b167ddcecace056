import { describe, expect, it } from 'vitest';
import { trailEvents, WRITES } from '../../../cli/history/from-trail.ts';
import { millis } from '../../../shared/runtime/millis.ts';
import type { Trail, TrailFault, TrailSearch } from '../../../shared/trail-port.ts';
import { REQUESTER } from '../../kit/accounts.ts';
import { direct } from '../../kit/direct.ts';
import { ROLE } from '../../kit/roles.ts';
import { sweeper } from '../../kit/sweeper.ts';
import { DAY, HOUR } from '../../kit/time.ts';

const POLICY = 'DmsCrossAccountPolicy-redis';

/** A world in which provision has granted and somebody has changed the role by hand. */
async function written() {
  const at = await direct(false);
  const since = at.clock.now();
  at.clock.advance(HOUR);
  await sweeper(at).request({ requesterUid: REQUESTER, engines: ['redis'] });
  at.clock.advance(HOUR);
  await at.byHand('UpdateRole', { RoleName: ROLE, NewDescription: 'x' });
  await at.byHand('CreateRole', { RoleName: 'payroll', AssumeRolePolicyDocument: await trustOf(at) });
  await at.byHand('DeleteRole', { RoleName: 'nobody' }).catch(() => undefined);
  const events = (asked: object = {}) =>
    trailEvents(at.trail(), { since, ...asked }, at.clock.now(), millis(at.clock.now() + DAY));
  return { at, events };
}

const trustOf = async (at: Awaited<ReturnType<typeof direct>>) => at.owner.ram.findRole(ROLE)?.trust ?? '';

const failing = (fault: TrailFault | null, late = 0): Trail => ({
  read: async ({ to }) => ({ reached: millis(to - late), fault }),
});
const readWith = (trail: Trail) => trailEvents(trail, { since: 0 }, millis(DAY), millis(DAY));

describe('a history from ActionTrail', () => {
  it('has who wrote which role or policy of ours, when, and no others', async () => {
    const { events } = await written();
    const found = await events();
    expect(found.map(({ status, before, after }) => [status, before, after])).toEqual(
      found.map(() => ['written', null, null]),
    );
    const calls = found.map(({ write }) => `${write?.call} of ${write?.target}`);
    expect(calls).toEqual(
      expect.arrayContaining([
        `CreateRole of ${ROLE}`,
        `CreatePolicy of ${POLICY}`,
        `AttachPolicyToRole ${POLICY} of ${ROLE}`,
      ]),
    );
    expect(found.at(-1)).toMatchObject({
      requesterUid: REQUESTER,
      access: 'register',
      write: { call: 'UpdateRole', target: ROLE, by: 'by-hand' },
    });
    expect(found[0]?.write?.by).toMatch(/^dms-handshake-provision:/);
    expect(calls.join()).not.toMatch(/payroll|nobody/);
  });

  it('is narrowed by requester and time', async () => {
    const { at, events } = await written();
    expect(await events({ requester: '1000000000000099' })).toEqual([]);
    expect((await events({ since: at.clock.now() - HOUR / 2 })).length).toBe(1);
  });

  it('has the role of a call about tags', async () => {
    const { at, events } = await written();
    await at.byHand('TagResources', {
      ResourceType: 'role',
      ResourceNames: JSON.stringify([ROLE, 'payroll']),
      Tag: JSON.stringify([{ Key: 'team', Value: 'dba' }]),
    });
    expect((await events()).at(-1)?.write).toEqual({ call: 'TagResources', target: ROLE, by: 'by-hand' });
  });

  it('asks for every call that writes, of the last 90 days at the most', async () => {
    const asked: TrailSearch[] = [];
    const trail: Trail = {
      async read(search) {
        asked.push(search);
        return { reached: search.to, fault: null };
      },
    };
    const [now, until] = [millis(200 * DAY), millis(201 * DAY)];
    await trailEvents(trail, { since: 0 }, now, until);
    expect(asked).toEqual(WRITES.map((name) => ({ name, from: 110 * DAY, to: now, until })));
  });

  const LESS = 'the functions write no logs, and ActionTrail';
  it.each<[what: string, trail: Trail, words: string]>([
    [
      'without the right',
      failing({ code: 'NoPermission', isDenied: true, text: 'NoPermission (HTTP 403)' }),
      `${LESS} refuses: NoPermission (HTTP 403); the right actiontrail:LookupEvents is missing, which deploy/rights/dms-handshake-operator.json has`,
    ],
    [
      'that fails',
      failing({ code: 'throttled', isDenied: false, text: 'too many' }),
      `${LESS} could not be read to the end: too many; try a later --since`,
    ],
    [
      'that is cut off',
      failing(null, 1),
      `${LESS} could not be read to the end: the time was up; try a later --since`,
    ],
  ])('from one %s is refused, with the way out', async (_what, trail, words) => {
    await expect(readWith(trail)).rejects.toMatchObject({ exitCode: 1, message: words });
  });

  it('of one engine is refused, with the way out', async () => {
    await expect(
      trailEvents(failing(null), { since: 0, engine: 'redis' }, millis(DAY), millis(DAY)),
    ).rejects.toMatchObject({
      exitCode: 1,
      message: `${LESS} does not know which engines a write was about: leave --engine out, or deploy with LOG_PROJECT`,
    });
  });
});
