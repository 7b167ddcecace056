import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { benchBurst } from '../../bench/burst.ts';
import type { Figures } from '../../bench/figures.ts';
import { benchRequests } from '../../bench/grants.ts';
import { pageOf } from '../../bench/page.ts';
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
    const { grant, repeat, addEngine, revoke } = measured;
    expect({ grant, repeat, addEngine, revoke }, run).toEqual(await benchRequests());
  });

  it('links to files that are there', () => {
    const { markdown } = pageOf(measured);
    const links = [...markdown.matchAll(/\]\(([^)]+)\)/g)].map(([, link]) => `docs/quality/${link}`);
    const paths = [...markdown.matchAll(/`((?:shared|scripts|test)\/[\w./-]+)`/g)].map(
      ([, path]) => path ?? '',
    );
    for (const path of [...links, ...paths]) expect(readFileSync(path).length, path).toBeGreaterThan(0);
  });
});

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
const cold = { oursMs: 100, obviousMs: 1_000, obviousInOneMs: 800, ratio: 0.1, ratioToOne: 0.125 };
const memory = { peakMb: 10, peakAfter1000Mb: 11, growthMb: -0.0001 };
const fine: Figures = {
  machine: {
    measured: '2026-01-02',
    processor: 'A <fast> one',
    cores: 4,
    memoryGb: 8,
    platform: 'linux x64',
    node: 'v20.0.0',
    loadBefore: 0.1,
    loadAfter: 1,
    packages: { zod: '4.0.0' },
  },
  grant: sizes,
  repeat: sizes,
  addEngine: sizes,
  revoke: sizes,
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
  memory: { intake: memory, provision: memory, verify: memory },
  cli: { bareNodeMs: 40, helpMs: 80, policyMs: 90 },
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

  it('takes a figure that is not there for a miss', () => {
    const lost: Figures = { ...fine, sweep: { ...fine.sweep, peakRssMb: null } };
    expect(
      judged(lost)
        .filter(({ met }) => !met)
        .map(({ what }) => what),
    ).toEqual(['sweep, peak memory']);
  });

  it('says when the machine was shared', () => {
    const shared: Figures = { ...fine, machine: { ...fine.machine, loadBefore: 9 } };
    expect(pageOf(shared).markdown).toContain('the machine was shared');
    expect(pageOf(fine).markdown).not.toContain('the machine was shared');
  });
});

it('a crowd of first grants has no call refused for its rate, however fast RAM answers', async () => {
  const { verified, rejected } = await benchBurst(40, 5);
  expect({ verified, rejected }).toEqual({ verified: 40, rejected: 0 });
});
