import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { type Direct, direct, type Hook } from '../../helpers/direct.ts';
import { type Ask, deliver, granted } from './model.ts';

const REQUESTER = '1000000000000001';

const grant = (minute: number, ...engines: Ask['engines'][number][]): Ask => ({
  requesterUid: REQUESTER,
  action: 'grant',
  engines,
  minute,
  until: null,
});
const revoke = (minute: number, ...engines: Ask['engines'][number][]): Ask => ({
  ...grant(minute, ...engines),
  action: 'revoke',
});

/** One run: how many writers could go on at each step, and what was true then (the world, and all that each had heard). */
interface Run {
  readonly ready: number[];
  readonly states: string[];
}

/**
 * Runs two requests at once, one call at a time, in the order that `choices` gives (which writer goes on); when it is
 * used up, the first writer does. Calls that are made side by side count as one step: they are released together.
 */
async function race(at: Direct, asks: readonly [Ask, Ask], choices: readonly number[]): Promise<Run> {
  const waiting: [(() => void)[], (() => void)[]] = [[], []];
  const heard: [string[], string[]] = [[], []];
  const running = [true, true];
  const hookOf =
    (writer: 0 | 1): Hook =>
    ({ action }) =>
      new Promise((resolve) =>
        waiting[writer].push(() => resolve((answer) => heard[writer].push(action, JSON.stringify(answer)))),
      );
  const ends = ([0, 1] as const).map((writer) =>
    deliver(at, asks[writer], hookOf(writer)).finally(() => {
      running[writer] = false;
    }),
  );
  const run: Run = { ready: [], states: [] };
  while (running[0] || running[1]) {
    await settle();
    const ready = ([0, 1] as const).filter((writer) => waiting[writer].length > 0);
    if (ready.length === 0) continue;
    const wanted = choices[run.ready.length] ?? 0;
    const writer = ready[Math.min(wanted, ready.length - 1)] ?? 0;
    run.ready.push(ready.length);
    run.states.push(digest([worldOf(at), heard, ready]));
    for (const go of waiting[writer].splice(0)) go();
  }
  await Promise.all(ends);
  return run;
}

/** Lets everything that can run without another call run. */
const settle = () => new Promise((resolve) => setImmediate(resolve));

const digest = (value: unknown): string => createHash('sha1').update(JSON.stringify(value)).digest('base64');

function worldOf(at: Direct): unknown {
  const role = at.owner.ram.findRole(`dms-cross-account-${REQUESTER}`);
  const policies = [...at.owner.ram.policies.values()].map(({ name, versions }) => [name, versions.length]);
  return [
    role?.trust,
    [...(role?.tags ?? [])].sort(),
    role?.attachments.map(({ policyName }) => policyName),
    policies,
  ];
}

/**
 * Every order of the calls of two writers, depth first. An order that comes to a state that was seen before (the same
 * world, the same answers heard by each) is not branched again: all that can follow has been tried from there.
 */
async function everyOrder(
  before: readonly Ask[],
  asks: readonly [Ask, Ask],
  judge: (end: readonly string[]) => void,
): Promise<{ runs: number; states: number }> {
  const seen = new Set<string>();
  const stack: number[][] = [[]];
  let runs = 0;
  for (let prefix = stack.pop(); prefix !== undefined; prefix = stack.pop()) {
    const at = await direct();
    at.clock.advance(60 * 60_000);
    for (const ask of before) await deliver(at, ask);
    const { ready, states } = await race(at, asks, prefix);
    runs += 1;
    judge(granted(at, REQUESTER));
    for (let step = prefix.length; step < ready.length; step += 1) {
      const state = states[step] ?? '';
      if (seen.has(state)) break;
      seen.add(state);
      if (ready[step] === 2) stack.push([...prefix, ...Array<number>(step - prefix.length).fill(0), 1]);
    }
  }
  return { runs, states: seen.size };
}

test('two writers, different engines: every order of their calls ends in both', async () => {
  const counts = {
    grantGrant: await everyOrder([grant(1, 'rds')], [grant(2, 'redis'), grant(3, 'gdb')], (end) =>
      expect(end).toEqual(['gdb', 'rds', 'redis']),
    ),
    grantRevoke: await everyOrder([grant(1, 'gdb')], [grant(2, 'redis'), revoke(3, 'gdb')], (end) =>
      expect(end).toEqual(['redis']),
    ),
    change: await everyOrder([grant(1, 'gdb', 'rds')], [revoke(2, 'gdb'), revoke(3, 'rds')], (end) =>
      expect(end).toEqual([]),
    ),
  };
  process.stdout.write(`orders tried: ${JSON.stringify(counts)}\n`);
  expect(Math.min(...Object.values(counts).map(({ runs }) => runs))).toBeGreaterThan(20);
}, 120_000);

test('two writers, the same engine: every order ends in one of the two results, whole', async () => {
  const ends = new Set<string>();
  const orders = await everyOrder(
    [grant(1, 'gdb', 'rds')],
    [revoke(2, 'gdb'), grant(3, 'gdb', 'redis')],
    (end) => {
      ends.add(end.join());
      expect(['gdb,rds,redis', 'rds,redis']).toContain(end.join());
    },
  );
  process.stdout.write(`orders tried: ${JSON.stringify(orders)}, ends: ${[...ends].join(' | ')}\n`);
}, 120_000);
