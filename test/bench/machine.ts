import { readFileSync } from 'node:fs';
import { cpus, loadavg, totalmem } from 'node:os';
import { rounded } from './median.ts';

/** When a part was measured. */
export interface Run {
  /** Day, `2026-11-24`. */
  readonly measured: string;
  /** Average number of processes that wanted a core: in the minute before, and in the last one. */
  readonly loadBefore: number;
  readonly loadAfter: number;
}

/** Where and with what it was measured. */
export interface Machine {
  readonly processor: string;
  readonly cores: number;
  readonly memoryGb: number;
  readonly platform: string;
  readonly node: string;
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

export const today = (): string => new Date().toISOString().slice(0, 10);

export function machine(): Machine {
  return {
    processor: cpus()[0]?.model.trim() ?? 'unknown',
    cores: cpus().length,
    memoryGb: Math.round(totalmem() / 2 ** 30),
    platform: `${process.platform} ${process.arch}`,
    node: process.version,
    packages: Object.fromEntries(PACKAGES.map((name) => [name, versionOf(name)])),
  };
}

function versionOf(name: string): string {
  const { version }: { version: string } = JSON.parse(
    readFileSync(`node_modules/${name}/package.json`, 'utf8'),
  );
  return version;
}
