import { spawn } from 'node:child_process';
import { main as build } from './build.ts';
import { deploymentFaults, deploymentNotes, plannedFaults } from './deployment/check.ts';
import { optionFaults } from './deployment/options.ts';
import { completed, type Environment, templateOf } from './deployment/variables.ts';

/**
 * `npm run deploy`: builds, checks everything that can be checked without a network, and calls `s deploy`. With
 * `--preview` it calls `s preview` instead, which writes what would be deployed and reaches nothing. Options are passed on.
 */
export async function main(options: readonly string[]): Promise<number> {
  const root = process.cwd();
  // Before anything is built, then with what was built.
  const planned = [...optionFaults(options), ...plannedFaults(root, process.env)];
  if (planned.length > 0) return refused(planned);
  for (const note of deploymentNotes(root, process.env)) process.stderr.write(`note: ${note}\n`);
  await build([]);
  const faults = deploymentFaults(root, process.env);
  if (faults.length > 0) return refused(faults);
  const preview = options.includes('--preview');
  const passed = options.filter((option) => option !== '--preview');
  return run(
    [preview ? 'preview' : 'deploy', '-t', templateOf(process.env), ...passed],
    completed(process.env),
  );
}

function refused(faults: readonly string[]): 2 {
  process.stderr.write(`not deployed:\n${faults.map((fault) => `  ${fault}`).join('\n')}\n`);
  return 2;
}

/** Runs Serverless Devs, found as npm finds it, and answers its exit code. */
function run(command: readonly string[], env: Environment): Promise<number> {
  return new Promise((resolve) => {
    const child = spawn('s', command, { stdio: 'inherit', env });
    child.once('error', (error) => {
      const code = 'code' in error ? error.code : error.message;
      process.stderr.write(
        `Serverless Devs (s) cannot be started (${code}): run npm ci, then npm run deploy\n`,
      );
      resolve(1);
    });
    child.once('close', (code) => resolve(code ?? 1));
  });
}
