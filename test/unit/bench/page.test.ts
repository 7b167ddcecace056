import { readFileSync } from 'node:fs';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { benchBurst } from '../../bench/burst.ts';
import type { Figures } from '../../bench/figures.ts';
import { benchRequests } from '../../bench/grants.ts';
import { main, withFound } from '../../bench/main.ts';
import { measureParts } from '../../bench/measure.ts';
import { pageOf } from '../../bench/page.ts';
import { PARTS } from '../../bench/parts.ts';
import { unused } from '../../bench/reasons.ts';
import { judged } from '../../bench/targets.ts';

/** docs/quality/performance.md, and what of it can be known for certain. */

const measured: Figures = JSON.parse(readFileSync('docs/quality/performance.json', 'utf8'));
const run = 'run npm run bench -- --recount';

describe('docs/quality/performance.md', () => {
  it('and its chart are what the figures beside it say', () => {
    const { markdown, svg } = pageOf(measured);
    expect(markdown, run).toBe(readFileSync('docs/quality/performance.md', 'utf8'));
    expect(svg, run).toBe(readFileSync('docs/quality/performance.svg', 'utf8'));
  });

  it('counts calls, writes and round trips as the local cloud counts them now', async () => {
    const { grant, repeat, addEngine, revoke, callsOf } = measured;
    expect({ grant, repeat, addEngine, revoke, callsOf }, run).toEqual(await benchRequests());
  });

  it('links to files that are there', () => {
    const { markdown } = pageOf(measured);
    const links = [...markdown.matchAll(/\]\(([^)#][^)#]*)(?:#[^)]*)?\)/g)].map(
      ([, link]) => `docs/quality/${link}`,
    );
    const paths = [...markdown.matchAll(/`((?:shared|scripts|test)\/[\w./-]+)`/g)].map(
      ([, path]) => path ?? '',
    );
    expect([links.length, paths.length].map((count) => count > 3)).toEqual([true, true]);
    for (const path of [...links, ...paths]) expect(readFileSync(path).length, path).toBeGreaterThan(0);
  });
});

/** All parts measured on one day. */
const runsOn = (measured: string, loadBefore: number): Figures['runs'] => {
  const run = { measured, loadBefore, loadAfter: 1 };
  return {
    requests: run,
    archives: run,
    coldLoad: run,
    cli: run,
    coldGrant: run,
    sweep: run,
    burst: run,
    soak: run,
    fleet: run,
    memory: run,
    cloud: run,
    growth: run,
  };
};

/** Figures that meet every target by far. */
const request = { calls: 1, writes: 0, roundTrips: 1, provisionCalls: 1, verifyCalls: 1, probes: 1 };
const sizes = { one: request, nine: request };
const loads = {
  bareNodeMs: 40,
  intakeMs: 50,
  provisionMs: 60,
  verifyMs: 60,
  unbundledProvisionMs: 600,
  unbundledVerifyMs: 600,
};
const cold = {
  oursMs: 100,
  unwokenMs: 130,
  obviousMs: 1_000,
  obviousInOneMs: 800,
  ratio: 0.1,
  ratioToOne: 0.125,
};
const memory = { peakMb: 10, peakAfter1000Mb: 11, growthMb: -0.0001 };
const fine: Figures = {
  machine: {
    processor: 'A <fast> one',
    cores: 4,
    memoryGb: 8,
    platform: 'linux x64',
    node: 'v20.0.0',
    packages: { zod: '4.0.0' },
  },
  runs: runsOn('2026-01-02', 0.1),
  grant: sizes,
  repeat: sizes,
  addEngine: sizes,
  revoke: sizes,
  callsOf: { grant: {}, repeat: {}, addEngine: {}, revoke: {} },
  archiveKb: { intake: 10, provision: 20, verify: 30 },
  coldLoad: { ...loads, processor: loads },
  coldGrant: {
    one: cold,
    nine: cold,
  },
  burst: {
    grants: 1_000,
    seconds: 100,
    quotaFloorSeconds: 99,
    ratio: 1.01,
    rejected: 0,
    verified: 1_000,
    callsPerGrant: 20,
  },
  sweep: {
    roles: 1_000,
    seconds: 11,
    quotaFloorSeconds: 10,
    callsPerRole: 3,
    policyReads: 20,
    distinctPolicies: 20,
    throttled: 0,
    peakRssMb: 90,
  },
  soak: { calls: 100_000, minutes: 30, lost: 0, duplicates: 0 },
  fleet: { accounts: 100, rolesEach: 1_000, seconds: 22.1, slowestAccountSeconds: 22, peakRssMb: 200 },
  memory: { intake: memory, provision: memory, verify: memory },
  cli: { bareNodeMs: 40, helpMs: 80, policyMs: 90 },
  cloud: { read: { one: 1.1, many: 0.9 }, write: { one: 1.1, many: 0.9 }, start: 1.2 },
  growth: { calls: 1_000_000, rssMbBefore: 100, rssMb: 110, ratio: 1.1 },
};

describe('the page', () => {
  it('says so where every target is met', () => {
    const { markdown, svg } = pageOf(fine);
    expect(judged(fine).filter(({ met }) => !met)).toEqual([]);
    expect(markdown).toMatch(/^All \d+ are met\.$/m);
    expect(markdown).not.toContain('missed');
    expect(markdown).toContain('| provision | 10 | 11 | 0 |');
    expect(markdown).toContain('4 cores of A <fast> one');
    expect(markdown).toContain('| `dms-handshake --help` | 80 | 40 |');
    expect(svg).toMatch(/^<svg [\s\S]*<\/svg>\n$/);
  });

  it('names each target that is missed, with both figures', () => {
    const slow: Figures = {
      ...fine,
      coldLoad: { ...fine.coldLoad, intakeMs: 140 },
      repeat: { ...sizes, nine: { ...request, writes: 2 } },
      memory: { ...fine.memory, verify: { ...memory, growthMb: 7 } },
    };
    const { markdown } = pageOf(slow);
    expect(markdown).toContain(
      [
        'are met. Missed:',
        '',
        '- the same request again: 2 writes, not 0 writes',
        '- cold load of intake over bare Node.js: 100 ms, not 60 ms',
        '- growth from 100 to 1,000 invocations, the largest function: 7 MB, not 5 MB',
        '',
      ].join('\n'),
    );
    expect(markdown.match(/\*\*missed\*\*/g)).toHaveLength(3);
  });

  it('has the reason of every call, and none of a call that nobody makes', () => {
    expect(unused(measured)).toEqual([]);
    const further = { ...measured.callsOf, grant: { 'verify ram GetUser': 1 } };
    expect(() => pageOf({ ...measured, callsOf: further })).toThrow('verify ram GetUser is called');
  });

  it('takes a figure that is not there for a miss', () => {
    const lost: Figures = { ...fine, sweep: { ...fine.sweep, peakRssMb: null } };
    expect(
      judged(lost)
        .filter(({ met }) => !met)
        .map(({ what }) => what),
    ).toEqual(['sweep, peak memory']);
  });

  it('says of each part when it was measured, and which were while the machine was shared', () => {
    const busy = { measured: '2026-01-03', loadBefore: 9, loadAfter: 1 };
    const shared: Figures = { ...fine, runs: { ...fine.runs, memory: busy, soak: busy } };
    const { markdown } = pageOf(shared);
    expect(markdown).toContain('The machine was shared during memory: times');
    expect(markdown).toContain('| `memory` | memory over 1,000 invocations | 2026-01-03 | 9 | 1 |');
    expect(markdown).toContain('| `cli` | the command line | 2026-01-02 | 0.1 | 1 |');
    expect(pageOf(fine).markdown).not.toContain('was shared');
  });
});

describe('figures of some parts', () => {
  const run = { measured: '2026-01-04', loadBefore: 0.2, loadAfter: 0.3 };
  const newCli = { bareNodeMs: 30, helpMs: 60, policyMs: 70 };

  it('take the place of the old ones, which keep their day', () => {
    const found = { measured: { cli: newCli }, runs: { cli: run }, failed: [] };
    const both = withFound(fine, found, fine.machine);
    expect(both).toEqual({ ...fine, cli: newCli, runs: { ...fine.runs, cli: run } });
  });

  it('are refused where they are times of another machine', () => {
    const found = { measured: { cli: newCli }, runs: { cli: run }, failed: [] };
    expect(() => withFound(fine, found, { ...fine.machine, cores: 2 })).toThrow(
      /^coldLoad, coldGrant, sweep, cloud, growth, memory were measured on another machine \(A <fast> one\)/,
    );
  });

  it('are taken from any machine where they are counts', () => {
    const found = { measured: { soak: fine.soak }, runs: { soak: run }, failed: [] };
    const both = withFound(fine, found, { ...fine.machine, cores: 2 });
    expect(both.machine).toEqual(fine.machine);
    expect(both.runs.soak).toEqual(run);
  });
});

describe('npm run bench', () => {
  it('knows the parts that it can measure alone, and refuses any other with their names', async () => {
    const [said, complained] = [vi.spyOn(process.stdout, 'write'), vi.spyOn(process.stderr, 'write')];
    for (const spy of [said, complained]) spy.mockReturnValue(true);
    onTestFinished(() => {
      vi.restoreAllMocks();
    });
    expect(await main(['--only', 'speed'])).toBe(2);
    expect(complained.mock.calls.join('')).toBe('--only speed: there is no such part\n');
    expect(said.mock.calls.join('')).toContain('coldGrant    cold grants');
  });

  it('tells each figure of a part, and measures the others where one fails', async () => {
    const lines: string[] = [];
    vi.spyOn(PARTS.archives, 'measure').mockRejectedValueOnce(new Error('no dist'));
    vi.spyOn(PARTS.soak, 'measure').mockResolvedValueOnce({ soak: fine.soak });
    onTestFinished(() => {
      vi.restoreAllMocks();
    });
    const found = await measureParts(['archives', 'soak'], 1, (line) => lines.push(line));
    expect(found).toMatchObject({ measured: { soak: fine.soak }, failed: ['archives'] });
    expect(Object.keys(found.runs)).toEqual(['soak']);
    expect(lines).toContain('  archives failed: no dist');
    expect(lines).toContain('  soak.duplicates 0');
  });
});

it('a crowd of first grants has no call refused for its rate, however fast RAM answers', async () => {
  const { verified, rejected } = await benchBurst(40, 5);
  expect({ verified, rejected }).toEqual({ verified: 40, rejected: 0 });
});
