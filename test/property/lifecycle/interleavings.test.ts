import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import { randomStream } from '../../../local/cloud/weather.ts';
import { REQUESTER } from '../../kit/accounts.ts';
import { ALL_CASES } from '../../kit/cases.ts';
import { type Direct, direct } from '../../kit/direct.ts';
import type { Hook } from '../../kit/direct-api.ts';
import { type Ask, deliver, granted } from './model.ts';

/** Orders that are tried of one pair of requests; in `npm test` some of them, drawn from a seed of its own. */
const MOST = ALL_CASES ? Number.POSITIVE_INFINITY : 120;

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

/** Is asked at each step for its state: the world, all that each writer had heard, and who could go on. */
type Branch = (step: number, ready: number, state: () => string) => void;

/**
 * Runs two requests at once, one call at a time, in the order that `choices` gives (which writer goes on); when it is
 * used up, the first writer does. Calls that are made side by side count as one step: they are released together. Where a
 * writer reads while it writes, it is answered first, and the write is a step of its own: so whatever the other does may
 * come in between, and the reading is as old as it can be.
 */
async function race(
  at: Direct,
  asks: readonly [Ask, Ask],
  choices: readonly number[],
  branch: Branch,
): Promise<void> {
  const waiting = ([0, 1] as const).map(() => ({
    read: [] as (() => void)[],
    write: [] as (() => void)[],
    heard: '',
  }));
  const running = [true, true];
  const hookOf =
    (writer: 0 | 1): Hook =>
    ({ action, kind }) =>
      new Promise((resolve) => {
        const own = waiting[writer];
        own?.[kind].push(() =>
          resolve((answer) => {
            own.heard = digest([own.heard, action, answer]);
          }),
        );
      });
  const ends = ([0, 1] as const).map((writer) =>
    deliver(at, asks[writer], hookOf(writer)).finally(() => {
      running[writer] = false;
    }),
  );
  let step = 0;
  while (running[0] || running[1]) {
    await settle();
    const ready = waiting
      .map(({ read, write }) => (read.length > 0 ? read : write))
      .filter((calls) => calls.length > 0);
    const calls = ready[Math.min(choices[step] ?? 0, ready.length - 1)];
    if (calls === undefined) continue;
    const seen = waiting.map(({ read, write, heard }) => [heard, read.length, write.length]);
    branch(step, ready.length, () => digest([worldOf(at), seen]));
    step += 1;
    for (const go of calls.splice(0)) go();
  }
  await Promise.all(ends);
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
 * Every order of the calls of two writers, up to `MOST`, in a random order of branches. An order that comes to a state that was seen before (the same
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
  const start = await direct();
  start.clock.advance(60 * 60_000);
  for (const ask of before) await deliver(start, ask);
  const random = randomStream(1, 'interleavings');
  const next = () => stack.splice(Math.floor(random() * stack.length), 1).pop();
  for (let prefix = next(); prefix !== undefined && runs < MOST; prefix = next()) {
    const at = await start.fork();
    let known = false;
    await race(at, asks, prefix, (step, ready, state) => {
      if (known || step < prefix.length) return;
      const here = state();
      known = seen.has(here);
      if (known) return;
      seen.add(here);
      if (ready === 2) stack.push([...prefix, ...Array<number>(step - prefix.length).fill(0), 1]);
    });
    runs += 1;
    judge(granted(at, REQUESTER));
  }
  return { runs, states: seen.size };
}

it('two writers, different engines: every order of their calls ends in both', async () => {
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
});

it('two writers, the same engine: every order ends in one of the two results, whole', async () => {
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
});
