import { execFileSync } from 'node:child_process';

const build = (...options: readonly string[]) =>
  execFileSync(process.execPath, ['scripts/run.mjs', 'build', ...options], { stdio: 'inherit' });

/** For this run, `dist/` is built with source maps; what is deployed is built again after it. */
export function setup(): () => void {
  build('--maps');
  return () => build();
}
