/**
 * `npm run deploy`: builds, checks everything that can be checked without a network, and calls `s deploy`. With
 * `--preview` it calls `s preview` instead, which writes what would be deployed and reaches nothing. Options are passed on.
 */
import { spawn } from 'node:child_process';
import { mkdir, rm } from 'node:fs/promises';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('../', import.meta.url));
const options = process.argv.slice(2);
const preview = options.includes('--preview');

process.chdir(root);
const check = await checker();
// Before anything is built, then with what was built.
refuse([...check.optionFaults(options), ...check.plannedFaults(root, process.env)]);
for (const note of check.deploymentNotes(root, process.env)) process.stderr.write(`note: ${note}\n`);
await import('./build.mjs');
refuse(check.deploymentFaults(root, process.env));
const passed = options.filter((option) => option !== '--preview');
process.exitCode = await run(
  [preview ? 'preview' : 'deploy', '-t', check.templateOf(process.env), ...passed],
  check.completed(process.env),
);

function refuse(faults) {
  if (faults.length === 0) return;
  process.stderr.write(`not deployed:\n${faults.map((fault) => `  ${fault}`).join('\n')}\n`);
  process.exit(2);
}

/** The check is TypeScript, so it is bundled first: Node.js 20 does not read it. */
async function checker() {
  // Inside the project, so that the packages left out of the bundle are found.
  const folder = `${root}node_modules/.cache/deploy-${process.pid}`;
  await mkdir(folder, { recursive: true });
  try {
    const outfile = `${folder}/check.mjs`;
    await build({
      entryPoints: [`${root}scripts/deployment/index.ts`],
      outfile,
      bundle: true,
      platform: 'node',
      target: 'node20',
      format: 'esm',
      packages: 'external',
      logLevel: 'warning',
    });
    return await import(pathToFileURL(outfile).href);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Runs Serverless Devs, found as npm finds it, and answers its exit code. */
function run(command, env) {
  return new Promise((resolve) => {
    const child = spawn('s', command, { cwd: root, stdio: 'inherit', env });
    child.once('error', ({ code }) => {
      process.stderr.write(
        `Serverless Devs (s) cannot be started (${code}): run npm ci, then npm run deploy\n`,
      );
      resolve(1);
    });
    child.once('close', (code) => resolve(code ?? 1));
  });
}
