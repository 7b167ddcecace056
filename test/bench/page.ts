import { chart } from './chart.ts';
import type { Figures } from './figures.ts';
import { PART_NAMES, PARTS } from './parts.ts';
import { reasons } from './reasons.ts';
import { said, table } from './table.ts';
import { archives, coldGrants, coldLoads, commands, crowds, loads, local, requests } from './tables.ts';
import { type Judged, judged } from './targets.ts';

/** docs/quality/performance.md and docs/quality/performance.svg, out of the figures of a run. */
export const pageOf = (figures: Figures): { readonly markdown: string; readonly svg: string } => ({
  markdown: `${sections(figures).join('\n\n')}\n`,
  svg: chart('Cold loads and cold grants, compared', [coldLoads(figures), coldGrants(figures)]),
});

function sections(figures: Figures): readonly string[] {
  const targets = judged(figures);
  return [
    '# Performance',
    'What a request costs in calls, and how long somebody waits for it. Made by `npm run bench -- --doc` out of one run ([its figures](performance.json)); do not edit.',
    '![Cold loads and cold grants, compared](performance.svg)',
    machineOf(figures),
    '## Targets',
    table(
      ['What', 'at most', 'measured', ''],
      targets.map((one) => [
        one.what,
        amount(one.most, one.unit),
        amount(one.measured, one.unit),
        verdict(one),
      ]),
    ),
    missesOf(targets),
    '## What a request costs',
    'Counts are exact and the same everywhere: the built functions in the local cloud, in virtual time. A round trip is the time that a request takes where every call takes L and nothing else takes any, divided by L. Calls include the reads of engines and the reply.',
    requests(figures),
    'Every call of a request about one engine, and why it is made:',
    reasons(figures),
    'With Terraform the role, one policy and its attachment are 8 calls, 5 deep, and a refresh 5 calls, by the source of its provider, counted and not measured. They prove nothing: no AssumeRole, no read of an engine, no look at who else is trusted.',
    '## Cold starts',
    'From the start of a process to a handler that is ready. *Unbundled* is the same handler on the product SDKs of RAM and STS, every package loaded from `node_modules`. Processor time is what matters where a function has a quarter of a core (`s.yaml`), and is hardly touched by what else the machine does.',
    loads(figures),
    archives(figures),
    '## Cold grants',
    'From the start of the first process to the published reply of a first grant, every call taking 20 ms. Ours are two cold processes, because who writes does not prove: provision, and verify, which provision wakes as it begins ([how](../explain/architecture.md#waking-verify)) and which takes the outcome when both are ready; *not woken* is the same with verify started by the outcome. The time that the platform takes itself is in no figure. The obvious implementation (`test/bench/baseline/obvious.ts`) calls the unbundled product SDKs one after the other, for the same writes and the same proof: divided in two as ours, or in one process that may both write and prove.',
    table(
      ['', 'ours, ms', 'not woken, ms', 'obvious, in two, ms', 'ratio', 'obvious, in one, ms', 'ratio'],
      Object.entries(figures.coldGrant).map(([name, one]) => [
        name === 'one' ? 'one engine' : 'nine engines',
        one.oursMs,
        one.unwokenMs,
        one.obviousMs,
        one.ratio,
        one.obviousInOneMs,
        one.ratioToOne,
      ]),
    ),
    '## Crowds and sweeps',
    'The built functions under the rates that the vendor publishes, in virtual time: 20 ms a call for the crowd, 50 ms for the sweep. The floor is what the rates alone make it take. What the crowd takes beyond it are the pauses of the platform: an event over the limit of the one writer is tried again after 0.5, 1, 2, 4 s and so on, and the writer waits for none ([distribution](reliability.md)).',
    crowds(figures),
    '## Many accounts',
    `\`verify --all --accounts --html\` over ${said(figures.fleet.accounts)} accounts of ${said(figures.fleet.rolesEach)} roles, of which the slowest takes ${said(figures.fleet.slowestAccountSeconds)} virtual seconds: ${said(figures.fleet.seconds)} s for all, ${said(figures.fleet.peakRssMb)} MB at the most, with the heap that Node.js gives itself in 256 MB; where it finds more, it lets more garbage lie. What an account takes is given (11 ms a role, the slowest twice that, 100 ms to enter); the command that asks is measured, its page included.`,
    '## A process that stays',
    `${said(figures.soak.calls)} calls within ${said(figures.soak.minutes)} virtual minutes, half of the core's and half of the queue's client, over connections that are kept open: ${said(figures.soak.lost)} answers were lost, ${said(figures.soak.duplicates)} messages were sent twice.`,
    '## The local cloud',
    local(figures),
    '## Memory',
    'Of a process in which nothing but one function runs, with the heap that Node.js gives itself in 256 MB, each call taking 20 ms. Growth is of what objects take, at rest and without garbage; what the process has beside that comes and goes.',
    table(
      ['', 'peak in 100, MB', 'peak in 1,000, MB', 'growth, MB'],
      Object.entries(figures.memory).map(([name, one]) => [
        name,
        one.peakMb,
        one.peakAfter1000Mb,
        one.growthMb,
      ]),
    ),
    '## Command line',
    commands(figures),
    '## What makes it fast',
    EARNED,
    '## When each was measured',
    'The load is the average number of processes that wanted a core, in the minute before and in the last one. Counts, sizes and virtual times are the same whatever the machine does.',
    runsOf(figures),
    '## What this does not say',
    'Nothing was run against the real cloud. What RAM takes for a call, what Function Compute takes to start an instance and to pass an outcome on, and what a TLS connection takes are not in any figure; the proportions of calls, round trips and code are.',
  ];
}

function machineOf({ machine: m }: Figures): string {
  const packages = Object.entries(m.packages).map(([name, version]) => `${name} ${version}`);
  return `Measured with Node.js ${m.node} on ${m.cores} cores of ${m.processor}, ${m.memoryGb} GB, ${m.platform}; ${packages.join(', ')}. Times are medians, runs of what is compared taking turns. [When](#when-each-was-measured), and how busy the machine was, stands at the end.`;
}

function runsOf({ runs, machine: { cores } }: Figures): string {
  const rows = PART_NAMES.map((name) => {
    const { measured, loadBefore, loadAfter } = runs[name];
    return [`\`${name}\``, PARTS[name].what, measured, loadBefore, loadAfter];
  });
  const shared = PART_NAMES.filter((name) => !PARTS[name].exact && runs[name].loadBefore > cores);
  const note =
    shared.length === 0
      ? 'No time was taken while more processes wanted a core than there are.'
      : `The machine was shared during ${shared.join(', ')}: times taken then are longer than on one of its own, and ratios less sure.`;
  return `${table(['part', '', 'day', 'load before', 'load after'], rows)}\n\n${note}`;
}

const amount = (value: number, unit: string): string => `${said(value)} ${unit}`.trim();

const verdict = ({ met }: Judged): string => (met ? 'met' : '**missed**');

function missesOf(targets: readonly Judged[]): string {
  const missed = targets.filter(({ met }) => !met);
  if (missed.length === 0) return `All ${targets.length} are met.`;
  const names = missed.map(
    ({ what, most, measured, unit }) => `- ${what}: ${amount(measured, unit)}, not ${amount(most, unit)}`,
  );
  return `${targets.length - missed.length} of ${targets.length} are met. Missed:\n\n${names.join('\n')}`;
}

const EARNED = `Each is one idea in one place, with the figure that it earned beside it.

- **Everything that can be read is read at once**, with a guess at the policy that will be needed: \`shared/reconcile/observe.ts\`, \`gather.ts\`. A first grant is 7 round trips for 27 calls.
- **What was just written is not read again**, unless somebody else may have written it since: \`shared/reconcile/recent-writes.ts\`.
- **The role is read while a replaced policy is taken off** (\`shared/reconcile/carry-out.ts\`), and **an instance guesses by the last record that it has seen of a role** (\`last-records.ts\`): an engine more is 7 round trips, and was 9. An instance that has not seen the role takes 8: which policy it needs is known when the record has been read, and nothing is written before it is known whose that policy is.
- **Dead modules are left out of the bundles**: \`scripts/bundles/dead-modules.ts\`, [why that is safe](../decisions/0009-dead-modules.md).
- **Modules are compiled as they are first read** (\`scripts/bundles/eager-modules.ts\`), [not read twice](../decisions/0019-no-code-cache.md): a tenth of the processor time that loading takes.
- **Classes and functions keep no names** in the bundles (\`scripts/bundles/functions.ts\`): a tenth of the processor time that loading takes.
- **provision wakes verify** (\`functions/provision/wake.ts\`), [which gets ready meanwhile](../decisions/0017-waking-verify.md): before it loads what reads an event, and verify compiles both SDKs until the outcome comes. Each function on a quarter of a processor, those two took a cold grant from 0.88 s to 0.77.
- **Schemas are made with the small form of zod** (\`events/zod.ts\`; a rule in \`biome.json\` holds it), [half as dear to make](../decisions/0020-small-schemas.md): interpreted and not compiled, as a cold function parses a dozen times; what of zod is not used is left out.
- **What most instances never need is made at its first use** (\`events/at-first-use.ts\`): a quarter of what [both](../decisions/0020-small-schemas.md) took off the load of provision, which is now 32 ms of a processor over a bare start of Node.js, and was 43.
- **The queue's SDK is loaded by the first call** (\`shared/alicloud/mns-call.ts\`): a third of the instructions that it took to load intake. A caller who is refused is refused without it.
- **One core for every API** instead of an SDK for each product ([decision](../decisions/0001-one-core-for-every-api.md)); it and the queue's SDK keep their connections open, [each its own](../../shared/alicloud/own-agent.ts).
- **Calls that have a low rate take turns**: attachments (\`shared/reconcile/rate-limited-writer.ts\`), the sweep (\`pacer.ts\`).`;
