import type { BuildOptions, Metafile } from 'esbuild';

export const FUNCTIONS: readonly ['intake', 'provision', 'verify'];
export function bundleFunction(name: string, folder: string, options?: BuildOptions): Promise<Metafile>;
