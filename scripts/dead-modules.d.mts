import type { Plugin } from 'esbuild';

export const DEAD_MODULES: Readonly<Record<string, string>>;
export const withoutDeadModules: Plugin;
