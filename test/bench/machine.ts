import { readFileSync } from 'node:fs';
import { cpus, loadavg, totalmem } from 'node:os';
import { rounded } from './median.ts';

/** Where and with what it was measured. */
export interface Machine {
  /** Day, `2026-11-24`. */
  readonly measured: string;
  readonly processor: string;
  readonly cores: number;
  readonly memoryGb: number;
  readonly platform: string;
  readonly node: string;
  /** Average number of processes that wanted a core: in the minute before the run, and in its last. */
  readonly loadBefore: number;
  readonly loadAfter: number;
  readonly packages: Readonly<Record<string, string>>;
}

const PACKAGES = [
  '@alicloud/mns',
  '@alicloud/openapi-core',
  '@alicloud/ram20150501',
  '@alicloud/sts20150401',
  'zod',
] as const;

/** Load of the last minute. */
export const load = (): number => rounded(loadavg()[0] ?? Number.NaN);

export function machine(loadBefore: number): Machine {
  return {
    measured: new Date().toISOString().slice(0, 10),
    processor: cpus()[0]?.model.trim() ?? 'unknown',
    cores: cpus().length,
    memoryGb: Math.round(totalmem() / 2 ** 30),
    platform: `${process.platform} ${process.arch}`,
    node: process.version,
    loadBefore,
    loadAfter: load(),
    packages: Object.fromEntries(PACKAGES.map((name) => [name, versionOf(name)])),
  };
}

function versionOf(name: string): string {
  const { version }: { version: string } = JSON.parse(
    readFileSync(`node_modules/${name}/package.json`, 'utf8'),
  );
  return version;
}
