import type { Figures } from './figures.ts';
import type { Sizes } from './grants.ts';
import { rounded } from './median.ts';
import { said, table } from './table.ts';

/** The tables of docs/quality/performance.md. */

export function requests(figures: Figures): string {
  const kinds: readonly (readonly [string, Sizes])[] = [
    ['first grant', figures.grant],
    ['the same again', figures.repeat],
    ['one engine more', figures.addEngine],
    ['closing the role', figures.revoke],
  ];
  const rows = kinds.flatMap(([name, sizes]) =>
    Object.entries(sizes).map(([size, f]) => [
      `${name}, ${size}`,
      f.roundTrips,
      f.calls,
      f.writes,
      f.provisionCalls,
      f.verifyCalls,
      f.probes,
    ]),
  );
  return table(['', 'round trips', 'calls', 'writes', 'by provision', 'by verify', 'reads of engines'], rows);
}

export const coldLoads = ({ coldLoad: c }: Figures) => ({
  title: 'Cold load',
  unit: 'ms',
  bars: [
    { name: 'bare Node.js', value: c.bareNodeMs, ours: false },
    { name: 'intake', value: c.intakeMs, ours: true },
    { name: 'provision', value: c.provisionMs, ours: true },
    { name: 'provision, unbundled', value: c.unbundledProvisionMs, ours: false },
    { name: 'verify', value: c.verifyMs, ours: true },
    { name: 'verify, unbundled', value: c.unbundledVerifyMs, ours: false },
  ],
});

export const coldGrants = ({ coldGrant: c }: Figures) => ({
  title: 'Cold grant at 20 ms a call',
  unit: 'ms',
  bars: [
    { name: 'one engine, ours', value: c.one.oursMs, ours: true },
    { name: 'one engine, obvious, in two', value: c.one.obviousMs, ours: false },
    { name: 'one engine, obvious, in one', value: c.one.obviousInOneMs, ours: false },
    { name: 'nine engines, ours', value: c.nine.oursMs, ours: true },
    { name: 'nine engines, obvious, in two', value: c.nine.obviousMs, ours: false },
    { name: 'nine engines, obvious, in one', value: c.nine.obviousInOneMs, ours: false },
  ],
});

export function loads({ coldLoad: c }: Figures): string {
  const { processor: p } = c;
  const row = (name: string, ms: number, processorMs: number) => [
    name,
    ms,
    rounded(ms - c.bareNodeMs),
    processorMs,
    rounded(processorMs - p.bareNodeMs),
  ];
  return table(
    ['', 'ms', 'over bare Node.js', 'of a processor, ms', 'over bare Node.js'],
    [
      row('bare Node.js', c.bareNodeMs, p.bareNodeMs),
      row('intake', c.intakeMs, p.intakeMs),
      row('provision', c.provisionMs, p.provisionMs),
      row('provision, unbundled', c.unbundledProvisionMs, p.unbundledProvisionMs),
      row('verify', c.verifyMs, p.verifyMs),
      row('verify, unbundled', c.unbundledVerifyMs, p.unbundledVerifyMs),
    ],
  );
}

export function archives({ archiveKb }: Figures): string {
  const each = Object.entries(archiveKb).map(([name, kb]) => `${name} ${kb} KB`);
  return `What is uploaded, as an archive: ${each.join(', ')}.`;
}

export function crowds({ burst, sweep }: Figures): string {
  return table(
    ['', 'seconds', 'floor, seconds', 'refused calls', 'calls for each'],
    [
      [
        `${said(burst.grants)} first grants at once, one writer`,
        rounded(burst.seconds),
        rounded(burst.quotaFloorSeconds),
        burst.rejected,
        rounded(burst.callsPerGrant),
      ],
      [
        `sweep over ${said(sweep.roles)} roles`,
        rounded(sweep.seconds),
        sweep.quotaFloorSeconds,
        sweep.throttled,
        sweep.callsPerRole,
      ],
    ],
  );
}

export function commands({ cli }: Figures): string {
  const over = (ms: number) => rounded(ms - cli.bareNodeMs);
  return table(
    ['', 'ms', 'over bare Node.js, ms'],
    [
      ['`dms-handshake --help`', cli.helpMs, over(cli.helpMs)],
      ['`npx dms-handshake policy --engines all --json`', cli.policyMs, over(cli.policyMs)],
    ],
  );
}

export function local({ cloud, growth }: Figures): string {
  const compared = table(
    ['calls in a second, of those of dynalite', 'one connection', '32 connections'],
    [
      ['an object read by its name: GetRole, GetItem', cloud.read.one, cloud.read.many],
      ['one written: SendMessage, PutItem', cloud.write.one, cloud.write.many],
    ],
  );
  return `Beside the package dynalite, which plays DynamoDB, in one run: both answer from memory, ours also checks signatures and policies. It takes ${said(cloud.start)} times as long to start.

${compared}

After ${said(growth.calls)} calls it holds ${said(growth.rssMb)} MB in memory, ${said(growth.ratio)} times what it held after the first hundredth of them.`;
}
